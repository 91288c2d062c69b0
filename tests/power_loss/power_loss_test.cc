// A power cut costs the newest commits at most, in order, and never the file. WSWP_SEED replays one seed, WSWP_SEEDS
// says how many are tried, WSWP_SOAK_SECONDS for how long.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "base/log.h"
#include "frontier/invariants.h"
#include "power_story.h"
#include "store/migrate.h"
#include "support/archive_file.h"
#include "support/temp_dir.h"

namespace wswp::power {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::uint64_t kSeeds = 200;  // with sanitizers a seed takes ten times as long
#else
constexpr std::uint64_t kSeeds = 2000;
#endif

std::optional<std::uint64_t> number_from_environment(const char* name) {
  const char* const text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

class PowerLossTest : public testing::Test {
 protected:
  PowerLossTest() {
    log::set_level(log::Level::kError);
    vfs_.boot({}, 1);
    EXPECT_TRUE(store::migrate(PowerStory::path()).ok());
    Dice dice(1);
    vfs_.disk().sync_directory();
    migrated_ = vfs_.disk().survivors(dice);
  }

  std::vector<Finding> tell(std::uint64_t seed, const StoryOptions& options = {}) {
    return PowerStory(vfs_, migrated_, seed, options).run();
  }

  /// How many of the first `seeds` seeds end in a finding of each kind.
  std::map<Finding::Kind, int> kinds(std::uint64_t seeds, const StoryOptions& options) {
    std::map<Finding::Kind, int> result;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      if (const std::vector<Finding> findings = tell(seed, options); !findings.empty()) ++result[findings[0].kind];
    }
    return result;
  }

  /// False: the power went.
  static bool migrates() {
    try {
      return store::migrate(PowerStory::path()).ok();
    } catch (const store::Failure&) {
      return false;
    }
  }

  /// Cuts the power at each change of a migration in turn, and migrates what may be left of it: of each cut so many
  /// outcomes. Returns how many changes a migration takes.
  std::size_t cut_migrations(const Files& before, std::size_t outcomes) {
    Dice dice(1);
    std::size_t change = 0;
    for (bool was_cut = true; was_cut;) {
      vfs_.boot(before, 1);
      vfs_.disk().arm(++change);
      const bool done = migrates();
      was_cut = vfs_.disk().is_off();
      EXPECT_TRUE(done || was_cut);
      std::vector<Files> left(outcomes);
      for (Files& files : left) files = vfs_.disk().survivors(dice);
      for (const Files& files : left) {
        vfs_.boot(files, 1);
        const Result<> migrated = store::migrate(PowerStory::path());
        EXPECT_TRUE(migrated.ok()) << "cut at change " << change << ": " << migrated.message();
        const auto violations = frontier::check_invariants(PowerStory::path());
        EXPECT_TRUE(violations && violations->empty()) << "cut at change " << change;
      }
    }
    return change - 1;
  }

  PowerCutVfs vfs_;
  Files migrated_;
};

TEST_F(PowerLossTest, CostsTheNewestCommitsAtMostAndNeverTheFile) {
  const auto one = number_from_environment("WSWP_SEED");
  const std::uint64_t first = one.value_or(1);
  const std::uint64_t count = number_from_environment("WSWP_SEEDS").value_or(one ? 1 : kSeeds);
  const std::chrono::seconds soak(number_from_environment("WSWP_SOAK_SECONDS").value_or(0));
  const auto begin = std::chrono::steady_clock::now();
  const auto more = [&](std::uint64_t seed) {
    return seed < first + count || (!one && std::chrono::steady_clock::now() - begin < soak);
  };
  std::uint64_t seed = first;
  for (; more(seed); ++seed) {
    for (const Finding& finding : tell(seed)) {
      ADD_FAILURE() << "seed " << seed << ": " << finding.text << "\nreplay: WSWP_SEED=" << seed
                    << " power_loss --gtest_filter='*CostsTheNewest*'";
    }
    if (HasFailure()) return;
  }
  RecordProperty("seeds", std::to_string(seed - first));
}

TEST_F(PowerLossTest, TheFirstStartMayBeCutShortAnywhere) {
  EXPECT_GT(cut_migrations({}, 20), 50U);
}

TEST_F(PowerLossTest, AnUpgradeMayBeCutShortAnywhere) {
  const test::TempDir directory;
  test::unpack_gzip(TEST_DATA_DIR "/wswp-0.1.0.db.gz", directory.file("wswp.db"));
  std::ifstream file(directory.file("wswp.db"), std::ios::binary);
  const Files before{{PowerStory::path(), std::string(std::istreambuf_iterator<char>(file), {})}};
  EXPECT_GT(cut_migrations(before, 5), 5U);
}

TEST_F(PowerLossTest, ALyingDiskIsNoticed) {
  std::map<Finding::Kind, int> noticed = kinds(100, {.lying_disk = true});
  EXPECT_GT(noticed[Finding::Kind::kLost], 0);
  EXPECT_GT(noticed[Finding::Kind::kUnreadable], 0);
  EXPECT_GT(noticed[Finding::Kind::kNoSuchState], 0);
}

TEST_F(PowerLossTest, ConnectionsThatNeverSyncAreNoticed) {
  std::map<Finding::Kind, int> noticed = kinds(100, {.never_sync = true});
  EXPECT_GT(noticed[Finding::Kind::kUnreadable], 0);
  EXPECT_GT(noticed[Finding::Kind::kNoSuchState], 0);
}

}  // namespace
}  // namespace wswp::power
