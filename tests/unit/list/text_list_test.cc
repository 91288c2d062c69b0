// Plain lists: a URL or a bare name a line.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collecting_sink.h"

namespace wswp::list {
namespace {

using testing::ElementsAre;

TEST(TextList, UrlsAndBareNames) {
  const Reading r = read_all("example.com\nhttps://Example.org:443/a\nexample.net/path?q\nhttp://localhost:8080/\n");
  EXPECT_EQ(r.error, "");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://example.com/", "https://example.org/a", "http://example.net/path?q",
                                       "http://localhost:8080/"));
  EXPECT_THAT(r.rows.lines, ElementsAre(1U, 2U, 3U, 4U));
  EXPECT_EQ(r.summary.read, 4U);
  EXPECT_EQ(r.summary.invalid, 0U);
  EXPECT_FALSE(r.summary.stopped);
}

TEST(TextList, BlankLinesAndCommentsAreSkippedAndCounted) {
  const Reading r = read_all("# my sites\r\n\r\n  example.com \r\n\t\n#x.com\nexample.org");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://example.com/", "http://example.org/"));
  EXPECT_THAT(r.rows.lines, ElementsAre(3U, 6U));
  EXPECT_THAT(r.rows.texts, ElementsAre("example.com", "example.org"));
  EXPECT_EQ(r.summary.read, 2U);
}

TEST(TextList, AnEmptyListIsFine) {
  for (const char* list : {"", "\n", "\xEF\xBB\xBF", "# nothing\n", " \r\n"}) {
    const Reading r = read_all(list);
    EXPECT_EQ(r.error, "") << list;
    EXPECT_EQ(r.summary.read, 0U) << list;
  }
}

TEST(TextList, CommasInUrlsAreNoColumns) {
  const Reading r = read_all("http://example.com/a,b\nhttp://example.com/a,b,c\nexample.org\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://example.com/a,b", "http://example.com/a,b,c", "http://example.org/"));
  EXPECT_THAT(read_all("http://example.com/a,b").rows.urls, ElementsAre("http://example.com/a,b"));
  EXPECT_THAT(read_all("example.com/a,b\n").rows.urls, ElementsAre("http://example.com/a,b"));
  EXPECT_THAT(read_all("http://a.example/1,2\nhttp://b.example/3,4\n", Format::kText).rows.urls,
              ElementsAre("http://a.example/1,2", "http://b.example/3,4"));
}

TEST(TextList, InvalidRowsAreReportedWithTheirLine) {
  const Reading r = read_all("example.com\nlocalhost\n\nno way\n");
  ASSERT_EQ(r.rows.invalid.size(), 2U);
  EXPECT_EQ(r.rows.invalid[0].line, 2U);
  EXPECT_EQ(r.rows.invalid[0].text, "localhost");
  EXPECT_EQ(r.rows.invalid[0].reason, "not a domain name: no dot");
  EXPECT_EQ(r.rows.invalid[1].line, 4U);
  EXPECT_EQ(r.rows.invalid[1].reason, "not a domain name: it has a blank");
  EXPECT_EQ(r.summary.read, 3U);
  EXPECT_EQ(r.summary.invalid, 2U);
}

TEST(TextList, TheSinkMayStop) {
  Reading r;
  r.rows.limit = 2;
  MemorySource source("a.com\nb\nc.com\n");
  const Result<Summary> result = read_list(source, Format::kAuto, r.rows);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->stopped);
  EXPECT_EQ(result->read, 2U);
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/"));
}

TEST(TextList, ALineLongerThanTheLimitIsOneInvalidRow) {
  const std::string longest = "example.com/" + std::string(kMaxLine - 12, 'a');
  const Reading r =
      read_all("a.com\n" + longest + "\r\n" + longest + "a\n" + std::string(5 * kMaxLine, 'b') + "\nb.com\n",
               Format::kAuto, 1000);
  EXPECT_EQ(r.error, "");
  ASSERT_EQ(r.rows.invalid.size(), 3U);
  // The longest line is read, and is too long for a URL.
  EXPECT_EQ(r.rows.invalid[0].reason, "not a domain name: it is too long");
  EXPECT_EQ(r.rows.invalid[1].reason, "the line is longer than 64 KiB");
  EXPECT_EQ(r.rows.invalid[2].text, std::string(kMaxReportedText, 'b'));
  EXPECT_EQ(r.rows.invalid[2].line, 4U);
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  EXPECT_THAT(r.rows.lines, ElementsAre(1U, 5U));
}

TEST(TextList, ReportedTextIsShortValidUtf8) {
  std::string line(kMaxReportedText - 1, 'a');
  const Reading r = read_all(line + "\u00FC tail\n\xFF\xC3\xED\xA0\x80 x\n");
  ASSERT_EQ(r.rows.invalid.size(), 2U);
  EXPECT_EQ(r.rows.invalid[0].text, line) << "no half characters";
  EXPECT_EQ(r.rows.invalid[1].text, "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD x");
}

TEST(TextList, BinaryGarbageIsInvalidRows) {
  std::string garbage;
  for (unsigned i = 0; i < 100'000; ++i) garbage += static_cast<char>((i * 2654435761U) >> 13U);
  for (const Format format : {Format::kAuto, Format::kText, Format::kCsv}) {
    const Reading r = read_all(garbage, format, 777);
    EXPECT_EQ(r.error, "");
    EXPECT_GT(r.summary.invalid, 0U);
  }
  const Reading r = read_all(std::string("\0a.com\nb.\0com\n", 13));
  EXPECT_EQ(r.summary.invalid, 2U);
  EXPECT_EQ(r.rows.invalid[0].reason, "not a domain name: it has a control character");
}

TEST(TextList, EveryPieceSizeGivesTheSameRows) {
  const std::string list = "\xEF\xBB\xBF# c\r\nexample.com\r\n\r\nhttp://a.example/ü\nbad\nlast.example";
  const Reading whole = read_all(list);
  EXPECT_EQ(whole.rows.urls.size(), 3U);
  for (std::size_t piece = 1; piece < list.size(); ++piece) {
    const Reading r = read_all(list, Format::kAuto, piece);
    EXPECT_EQ(r.rows.urls, whole.rows.urls) << piece;
    EXPECT_EQ(r.rows.lines, whole.rows.lines) << piece;
    EXPECT_EQ(r.summary.invalid, 1U) << piece;
  }
}

TEST(TextList, ABrokenSourceIsAnErrorAfterItsRows) {
  CollectingSink rows;
  BreakingSource source("a.com\nb.com\nc.c");
  const Result<Summary> result = read_list(source, Format::kAuto, rows);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.message(), "the peer hung up (after line 2)");
  EXPECT_THAT(rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
}

TEST(TextList, Utf16AndOtherArchivesAndPagesAreErrors) {
  EXPECT_EQ(read_all(std::string("\xFF\xFE"
                                 "a\0.\0",
                                 6))
                .error,
            "the list is UTF-16: save it as UTF-8");
  EXPECT_THAT(read_all("BZh91AY&SY").error, testing::HasSubstr("unpack it"));
  EXPECT_EQ(read_all("\n<!DOCTYPE html><p>404").error, "this is an HTML page, not a list");
}

}  // namespace
}  // namespace wswp::list
