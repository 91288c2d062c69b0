#include "power_story.h"

#include <exception>
#include <utility>

#include <fmt/format.h>

#include "frontier/invariants.h"
#include "store/migrate.h"

namespace wswp::power {
namespace {

constexpr int kOutcomes = 2;           // of one power cut that are looked into; the story goes on with the last
constexpr WallMs kLifeMs = 3'600'000;  // from one start to the next

StateDigest digest_of(PowerCutVfs& vfs, const Files& files) {
  if (files.empty()) return 0;
  vfs.boot(files, 0);
  return Inspector(PowerStory::path(), store::Mode::kReadOnly).digest();
}

}  // namespace

const std::string& PowerStory::path() {
  static const std::string path = "/wswp.db";
  return path;
}

PowerStory::PowerStory(PowerCutVfs& vfs, const Files& migrated, std::uint64_t seed, const StoryOptions& options)
    : vfs_(vfs),
      dice_(seed),
      options_(options),
      keeps_inspector_(dice_.percent(85)),
      files_(dice_.percent(15) ? Files{} : migrated),
      timeline_(digest_of(vfs, files_)) {
  vfs_.on_write_end = [this] {
    if (watching_) note_commit();
  };
  vfs_.on_log_synced = [this] {
    if (watching_) timeline_.secured();
  };
}

PowerStory::~PowerStory() {
  inspector_.reset();
  vfs_.on_write_end = nullptr;
  vfs_.on_log_synced = nullptr;
}

std::vector<Finding> PowerStory::run() {
  const std::size_t cuts = dice_.percent(60) ? 1 : dice_.between(2, 3);
  for (std::size_t i = 0; i < cuts && findings_.empty(); ++i) {
    live(i == 0);
    const Timeline before = timeline_;
    if (!findings_.empty()) break;
    for (Files& files : what_may_be_left()) {
      timeline_ = before;
      files_ = std::move(files);
      inspect();
    }
  }
  if (findings_.empty()) crawl_to_the_end();
  return std::move(findings_);
}

void PowerStory::boot() {
  vfs_.boot(files_, dice_.next());
  vfs_.disk().lie(options_.lying_disk);
}

void PowerStory::note_commit() {
  watching_ = false;  // not the inspector itself, which may be the one to recover the log
  try {
    if (!inspector_) inspector_ = std::make_unique<Inspector>(path(), store::Mode::kReadOnly);
    if (const auto state = inspector_->changed()) timeline_.committed(*state);
  } catch (const std::exception& e) {  // must not pass through SQLite
    if (!vfs_.disk().is_off()) found(Finding::Kind::kUnreadable, fmt::format("after a commit: {}", e.what()));
  }
  if (!keeps_inspector_) inspector_.reset();
  watching_ = true;
}

void PowerStory::arm() {
  if (dice_.percent(60)) {
    vfs_.disk().arm(dice_.between(1, dice_.percent(50) ? 15 : 80));
  } else {  // a checkpoint writes pages of the file itself
    vfs_.disk().arm(dice_.between(1, 20), path());
  }
}

void PowerStory::live(bool first) {
  boot();
  Disk& disk = vfs_.disk();
  CrawlScript script(path(), dice_, now_ += kLifeMs, {.never_sync = options_.never_sync});
  const std::size_t steps = dice_.between(2, 24);
  const std::size_t armed = dice_.below(steps);
  watching_ = true;
  try {
    if (dice_.percent(first && !files_.empty() ? 5 : 35)) arm();
    script.start(dice_.percent(50) ? 1 : 3);
    for (std::size_t i = 0; i < steps && !disk.is_off(); ++i) {
      if (i == armed) arm();
      script.step();
    }
    if (dice_.percent(10)) {
      inspector_.reset();
      script.stop();
      const bool all_safe = disk.is_off() || timeline_.safe() == timeline_.newest();
      if (!all_safe && !options_.never_sync)
        found(Finding::Kind::kLost, "a stop has left commits that are not on disk");
    }
  } catch (const frontier::Unavailable& e) {
    if (!disk.is_off()) found(Finding::Kind::kBehaviour, fmt::format("with power: {}", e.what()));
  } catch (const std::exception& e) {
    found(Finding::Kind::kBehaviour, fmt::format("unexpected exception: {}", e.what()));
  }
  watching_ = false;
  disk.cut();
  inspector_.reset();
  script.stop();
}

std::vector<Files> PowerStory::what_may_be_left() {
  std::vector<Files> outcomes(kOutcomes);
  for (Files& files : outcomes) files = vfs_.disk().survivors(dice_);
  return outcomes;
}

void PowerStory::inspect() {
  try {
    boot();
    Inspector inspector(path(), store::Mode::kReadWrite);
    const StateDigest state = inspector.digest();
    if (!timeline_.go_back(state)) {
      const bool is_old = timeline_.knows(state);
      found(is_old ? Finding::Kind::kLost : Finding::Kind::kNoSuchState,
            is_old ? "commits are missing that were on disk" : "the database was never in the state that was found");
    }
    if (inspector.number("pragma user_version") < store::newest_schema()) migrate();
    check();
  } catch (const std::exception& e) {
    found(Finding::Kind::kUnreadable, e.what());
  }
}

void PowerStory::migrate() {
  if (const Result<> migrated = store::migrate(path()); !migrated) {
    found(Finding::Kind::kUnreadable, migrated.message());
  }
}

void PowerStory::check() {
  const auto violations = frontier::check_invariants(path());
  if (!violations) {
    found(Finding::Kind::kUnreadable, violations.message());
    return;
  }
  for (const frontier::Violation& violation : *violations) {
    found(Finding::Kind::kUnsound,
          fmt::format("not so: {} ({}, as {})", violation.rule, violation.count, violation.example));
  }
}

void PowerStory::crawl_to_the_end() {
  CrawlScript script(path(), dice_, now_ += kLifeMs, {.never_sync = options_.never_sync});
  try {
    boot();
    script.start(1);
    if (std::string problem = script.finish(); !problem.empty()) found(Finding::Kind::kBehaviour, std::move(problem));
    check();
  } catch (const std::exception& e) {
    found(Finding::Kind::kBehaviour, fmt::format("at the end: {}", e.what()));
  }
  script.stop();
}

}  // namespace wswp::power
