#pragma once
// A disk in memory, with one directory, that forgets at a power cut what nobody synced: changes of files since their
// last sync, and creations and deletions since the last sync of the directory. Belongs to one thread.
//
// Life: load(); files change; the power goes, at the change that arm() chose or by cut(); survivors(); load() again,
// when nobody uses a file of it any more. Once the power is off every change fails; reads still answer, as the memory
// of a machine that is about to be forgotten.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/dice.h"
#include "survival.h"

namespace wswp::power {

/// Names and contents.
using Files = std::map<std::string, std::string>;

class Disk {
 public:
  struct File {
    std::string name;
    std::string bytes;   // what is read
    std::string synced;  // what no power cut takes away
    std::vector<Change> unsynced;
  };
  using FilePtr = std::shared_ptr<File>;

  /// A machine that has just been switched on: everything is on disk.
  void load(const Files& files);
  /// The power goes in place of the `changes`-th change from now on, 1 for the next; of this file, if one is named. A
  /// write of bytes that are there already is no change: it would be as good as done.
  void arm(std::size_t changes, std::string name = "") {
    fuse_ = changes;
    fuse_name_ = std::move(name);
  }
  void cut() { off_ = true; }
  bool is_off() const { return off_; }
  /// From now on syncs are answered and not done, as by a disk that lies about its cache.
  void lie(bool lying) { lying_ = lying; }
  /// What may be found after a power cut now.
  Files survivors(Dice& dice) const;

  // ---- what a file system offers
  /// Null: there is none.
  FilePtr find(const std::string& name) const;
  // Changes; null or false: the power is off.
  FilePtr create(const std::string& name);
  bool remove(const std::string& name);
  bool write(File& file, std::size_t offset, std::string_view bytes);
  bool truncate(File& file, std::size_t size);
  bool sync(File& file);
  bool sync_directory();

 private:
  /// Counts a change; false: there is no power for it.
  bool powered(const std::string& name);
  void enter(const std::string& name, FilePtr file);

  std::map<std::string, FilePtr> entries_, synced_entries_;
  /// The states of a name since the directory was synced; null: no such file.
  std::map<std::string, std::vector<FilePtr>> unsynced_entries_;
  std::optional<std::size_t> fuse_;
  std::string fuse_name_;  // empty: any
  bool off_ = false;
  bool lying_ = false;
};

}  // namespace wswp::power
