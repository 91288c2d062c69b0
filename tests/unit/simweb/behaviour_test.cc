#include "simweb/behaviour.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "simweb/hash.h"

namespace wswp::simweb {
namespace {

TEST(Behaviour, EveryNameIsFoundWhereItStands) {
  std::set<std::string_view> seen;
  for (std::size_t axis = 0; axis < kAxes; ++axis) {
    const auto names = kind_names(static_cast<Axis>(axis));
    ASSERT_LE(names.size(), kMaxKinds);
    for (std::size_t kind = 0; kind < names.size(); ++kind) {
      const auto found = find_kind(names[kind]);
      ASSERT_TRUE(found.ok());
      EXPECT_EQ(static_cast<std::size_t>(found->axis), axis);
      EXPECT_EQ(found->kind, kind);
      EXPECT_TRUE(seen.insert(names[kind]).second) << names[kind];
    }
  }
}

TEST(Behaviour, TheLastNameOfAnAxisIsItsLastKind) {
  EXPECT_EQ(find_kind("host_reset")->kind, static_cast<std::size_t>(HostKind::kReset));
  EXPECT_EQ(find_kind("dns_truncated")->kind, static_cast<std::size_t>(DnsKind::kTruncated));
  EXPECT_EQ(find_kind("robots_stall")->kind, static_cast<std::size_t>(RobotsKind::kStall));
  EXPECT_EQ(find_kind("page_json")->kind, static_cast<std::size_t>(PageKind::kJson));
  EXPECT_EQ(find_kind("charset_shift_jis")->kind, static_cast<std::size_t>(CharsetKind::kShiftJis));
}

TEST(Mix, DrawsEachKindAsOftenAsItsShare) {
  Mix mix;
  ASSERT_TRUE(mix.set("page_404=10,page_503=0.5").ok());
  ASSERT_TRUE(mix.set("page_404=20").ok());
  constexpr int kDraws = 100'000;
  int not_found = 0;
  int unavailable = 0;
  int ok = 0;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const auto kind = mix.draw<PageKind>(mixed(7, i));
    if (kind == PageKind::kNotFound) ++not_found;
    if (kind == PageKind::kError503) ++unavailable;
    if (kind == PageKind::kOk) ++ok;
  }
  EXPECT_NEAR(not_found, kDraws * 0.2, kDraws * 0.01);
  EXPECT_NEAR(unavailable, kDraws * 0.005, kDraws * 0.001);
  EXPECT_EQ(ok + not_found + unavailable, kDraws);
}

TEST(Mix, RefusesUnknownNamesBadNumbersAndMoreThanAll) {
  Mix mix;
  for (const char* spec :
       {"page_999=1", "page_404", "page_404=x", "page_404=-1", "page_404=101", "page_404=60,page_410=50", "page_ok=50"})
    EXPECT_FALSE(mix.set(spec).ok()) << spec;
}

}  // namespace
}  // namespace wswp::simweb
