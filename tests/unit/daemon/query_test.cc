#include "daemon/api/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wswp::api {
namespace {

using testing::HasSubstr;

Query query(const std::string& value) {
  Query result;
  result.set("p", value);
  return result;
}

TEST(Query, MissingParametersAreNoError) {
  const Query none;
  EXPECT_FALSE(none.text("p"));
  EXPECT_FALSE(none.integer("p", 0, 9).value());
  EXPECT_FALSE(none.seconds("p", 1000).value());
  EXPECT_FALSE(none.flag("p").value());
}

TEST(Query, LastValueCounts) {
  Query twice;
  twice.set("p", "1");
  twice.set("p", "2");
  EXPECT_EQ(twice.text("p"), "2");
}

TEST(Query, IntegersWithinTheirRange) {
  EXPECT_EQ(query("0").integer("p", 0, 9).value(), 0);
  EXPECT_EQ(query("9").integer("p", 0, 9).value(), 9);
  for (const char* bad : {"", "-1", "10", "1.5", "x", "1x", " 1", "99999999999999999999"}) {
    const auto number = query(bad).integer("p", 0, 9);
    ASSERT_FALSE(number) << bad;
    EXPECT_THAT(number.message(), HasSubstr("p: \"" + std::string(bad) + "\""));
  }
}

TEST(Query, SecondsBecomeMilliseconds) {
  EXPECT_EQ(query("0").seconds("p", 5000).value(), 0);
  EXPECT_EQ(query("0.25").seconds("p", 5000).value(), 250);
  EXPECT_EQ(query("5").seconds("p", 5000).value(), 5000);
  for (const char* bad : {"", "-1", "5.001", "nan", "inf", "x", "1s"})
    EXPECT_FALSE(query(bad).seconds("p", 5000)) << bad;
}

TEST(Query, Flags) {
  EXPECT_EQ(query("1").flag("p").value(), true);
  EXPECT_EQ(query("true").flag("p").value(), true);
  EXPECT_EQ(query("0").flag("p").value(), false);
  EXPECT_FALSE(query("yes").flag("p"));
}

TEST(Query, UnknownParametersAreNamed) {
  EXPECT_TRUE(query("1").only({"q", "p"}));
  const auto unknown = query("1").only({"q"});
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.message(), HasSubstr("\"p\""));
}

}  // namespace
}  // namespace wswp::api
