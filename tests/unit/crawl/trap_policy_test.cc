#include "crawl/trap_policy.h"

#include <gtest/gtest.h>

#include <string>

namespace wswp::crawl {
namespace {

constexpr int kYear = 2026;

url::Trap trap(const std::string& from, const std::string& target, const config::Traps& traps = {}) {
  return trap_of_redirect(*url::parse(from), *url::parse(target), TrapPolicy::from(traps), kYear);
}

TEST(TrapPolicy, DefaultsAreThoseOfTheSettings) {
  const TrapPolicy from_settings = TrapPolicy::from({});
  const TrapPolicy untouched;
  EXPECT_EQ(from_settings.drop_session_ids, untouched.drop_session_ids);
  EXPECT_EQ(from_settings.limits.session_ids, untouched.limits.session_ids);
  EXPECT_EQ(from_settings.limits.max_length, untouched.limits.max_length);
  EXPECT_EQ(from_settings.limits.max_years_ahead, untouched.limits.max_years_ahead);
  EXPECT_EQ(from_settings.limits.first_year, untouched.limits.first_year);
}

TEST(TrapPolicy, RedirectsIntoATrapAreCut) {
  EXPECT_EQ(trap("http://a.com/", "http://a.com/2031/05/"), url::Trap::kFarDate);
  EXPECT_EQ(trap("http://a.com/", "http://b.com/a/a/a/a/"), url::Trap::kRepeatedSegments);
  EXPECT_EQ(trap("http://a.com/", "https://a.com/"), url::Trap::kNone);
}

TEST(TrapPolicy, ARuleThatTheUrlItselfBreaksDoesNotKeepItsRedirectsBack) {
  const std::string longer = std::string(3000, 'x');
  EXPECT_EQ(trap("http://a.com/" + longer, "https://a.com/" + longer), url::Trap::kNone);
  EXPECT_EQ(trap("http://a.com/2031/05/", "https://a.com/a/a/a/a/"), url::Trap::kRepeatedSegments);
}

TEST(TrapPolicy, RedirectsKeepTheirSessionIdsUnlessSuchLinksAreSkipped) {
  EXPECT_EQ(trap("http://a.com/", "http://a.com/?PHPSESSID=1"), url::Trap::kNone);
  EXPECT_EQ(trap("http://a.com/", "http://a.com/?PHPSESSID=1", {.session_ids = config::SessionIds::kSkip}),
            url::Trap::kSessionId);
}

TEST(TrapPolicy, NoDateIsFarWhereNoYearsAheadAreGiven) {
  EXPECT_EQ(trap("http://a.com/", "http://a.com/1850/05/"), url::Trap::kFarDate);
  EXPECT_EQ(trap("http://a.com/", "http://a.com/1850/05/", {.max_years_ahead = 0}), url::Trap::kNone);
  EXPECT_EQ(trap("http://a.com/", "http://a.com/1850/05/", {.first_year = 0}), url::Trap::kNone);
}

}  // namespace
}  // namespace wswp::crawl
