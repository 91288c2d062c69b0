#include "cli/text.h"

#include <gtest/gtest.h>

#include <clocale>

namespace wswp::cli {
namespace {

class Text : public ::testing::Test {
 protected:
  void SetUp() override { std::setlocale(LC_CTYPE, "C.UTF-8"); }
};

TEST_F(Text, ThousandsAreGrouped) {
  EXPECT_EQ(thousands(0), "0");
  EXPECT_EQ(thousands(999), "999");
  EXPECT_EQ(thousands(1000), "1,000");
  EXPECT_EQ(thousands(1234567), "1,234,567");
}

TEST_F(Text, BytesGrowUnits) {
  EXPECT_EQ(human_bytes(0), "0 B");
  EXPECT_EQ(human_bytes(1023), "1023 B");
  EXPECT_EQ(human_bytes(18432), "18.0 KiB");
  EXPECT_EQ(human_bytes(1024 * 1024 - 1), "1.0 MiB");
  EXPECT_EQ(human_bytes(5368709120), "5.0 GiB");
}

TEST_F(Text, DurationsGrowUnits) {
  EXPECT_EQ(human_duration(-3), "0.0 s");
  EXPECT_EQ(human_duration(4.25), "4.2 s");
  EXPECT_EQ(human_duration(59.4), "59 s");
  EXPECT_EQ(human_duration(59.6), "1m 00s");
  EXPECT_EQ(human_duration(125), "2m 05s");
  EXPECT_EQ(human_duration(3599), "59m 59s");
  EXPECT_EQ(human_duration(3600), "1h 00m");
  EXPECT_EQ(human_duration(3725), "1h 02m");
  EXPECT_EQ(human_duration(273600), "3d 04h");
}

TEST_F(Text, PercentageIsHundredOnlyWhenAllIsDone) {
  EXPECT_EQ(percentage(0, 0), "0.0 %");
  EXPECT_EQ(percentage(401, 1000), "40.1 %");
  EXPECT_EQ(percentage(999999, 1000000), "99.9 %");
  EXPECT_EQ(percentage(7, 7), "100.0 %");
}

TEST_F(Text, PrintableDefusesControlCharactersAndBrokenUtf8) {
  EXPECT_EQ(printable("Zürich 東京"), "Zürich 東京");
  EXPECT_EQ(printable("a\033[2Jb\nc"), "a?[2Jb?c");
  EXPECT_EQ(printable("a\xff\xc3"), "a??");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a?b");
}

TEST_F(Text, ControlCharactersAreReplacedOrEscaped) {
  const std::string text = "a\x01\x1B\x7F\u0080\u009F\u00A0\u00C2z";
  EXPECT_EQ(without_controls(text), "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u00A0\u00C2z");
  EXPECT_EQ(without_controls_in_json("\"\x7F\u009B\u00A0\\u001b\"\n"), "\"\\u007f\\u009b\u00A0\\u001b\"\n");
  EXPECT_EQ(without_controls(""), "");
}

TEST_F(Text, CutCountsColumnsNotBytes) {
  EXPECT_EQ(display_width("東京"), 4U);
  EXPECT_EQ(cut("Zürich", 6, "…"), "Zürich");
  EXPECT_EQ(cut("Zürich", 4, "…"), "Zür…");
  EXPECT_EQ(cut("東京都", 5, "…"), "東京…");
  EXPECT_EQ(cut("東京都", 4, "…"), "東…");
  EXPECT_EQ(pad_left("ü", 3), "  ü");
  EXPECT_EQ(pad_right("ü", 3), "ü  ");
}

TEST_F(Text, PlainIsBare) {
  const Json object = {{"s", "x"}, {"n", nullptr}, {"i", 5}, {"b", true}};
  EXPECT_EQ(plain(object, "s"), "x");
  EXPECT_EQ(plain(object, "n"), "-");
  EXPECT_EQ(plain(object, "i"), "5");
  EXPECT_EQ(plain(object, "b"), "true");
  EXPECT_EQ(plain(object, "none"), "-");
  EXPECT_EQ(count(object, "i"), 5U);
  EXPECT_EQ(count(object, "s"), 0U);
}

}  // namespace
}  // namespace wswp::cli
