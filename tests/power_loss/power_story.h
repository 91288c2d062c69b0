#pragma once
// One seed: a crawl whose power is cut one to three times, also while it starts and recovers; what is found after each
// cut; and the crawl to its end. Belongs to one thread; one at a time, as the VFS is the process's.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "crawl_script.h"
#include "power_cut_vfs.h"
#include "timeline.h"

namespace wswp::power {

struct StoryOptions {
  bool lying_disk = false;  // that answers syncs and does not do them
  bool never_sync = false;  // connections that do not ask for syncs
};

/// What is wrong with what a power cut left.
struct Finding {
  enum class Kind : std::uint8_t {
    kUnreadable,   // cannot be opened, read or migrated
    kUnsound,      // the integrity check or an invariant of schema/README.md has something to say
    kNoSuchState,  // the database was never like that: a commit is missing, and a later one is there
    kLost,         // a commit is missing that was on disk
    kBehaviour     // the crawl does not go on as it should
  };
  Kind kind;
  std::string text;
};

class PowerStory {
 public:
  /// `migrated`: the files of a database without crawls; most stories begin with it, some with an empty directory.
  PowerStory(PowerCutVfs& vfs, const Files& migrated, std::uint64_t seed, const StoryOptions& options);
  ~PowerStory();
  PowerStory(const PowerStory&) = delete;
  PowerStory& operator=(const PowerStory&) = delete;

  /// Runs to the first finding.
  std::vector<Finding> run();

  /// The database of the files that run() takes and leaves.
  static const std::string& path();

 private:
  void found(Finding::Kind kind, std::string text) { findings_.push_back({kind, std::move(text)}); }
  void boot();
  /// A time with power, and the cut.
  void live(bool first);
  /// Some change that is near cuts the power, if it comes; else the plug is pulled in the end, when all is quiet.
  void arm();
  std::vector<Files> what_may_be_left();
  /// Compares what is on the disk with the timeline, and takes the timeline back to it.
  void inspect();
  void migrate();
  /// The file and the invariants.
  void check();
  void crawl_to_the_end();
  void note_commit();

  PowerCutVfs& vfs_;
  Dice dice_;
  const StoryOptions options_;
  const bool keeps_inspector_;
  Files files_;
  WallMs now_ = 1'700'000'000'000;
  Timeline timeline_;
  std::unique_ptr<Inspector> inspector_;
  bool watching_ = false;  // commits and syncs make the timeline
  std::vector<Finding> findings_;
};

}  // namespace wswp::power
