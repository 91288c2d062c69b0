// Packed lists.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collecting_sink.h"
#include "list/detect.h"
#include "packed.h"

namespace wswp::list {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;

/// A list that does not pack well: its tail is far from its head also when packed.
std::string long_list(unsigned rows) {
  std::string list;
  for (unsigned i = 1; i <= rows; ++i)
    list += std::to_string(i) + ",site-" + std::to_string(i * 2654435761U) + ".example\n";
  return list;
}

TEST(Archive, Gzip) {
  const Reading r = read_all(gzip("1,a.com\n2,b.com\n3,c\n"));
  EXPECT_EQ(r.error, "");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  EXPECT_EQ(r.summary.invalid, 1U);
}

TEST(Archive, GzipOfNothingAndOfSeveralParts) {
  const Reading nothing = read_all(gzip(""));
  EXPECT_EQ(nothing.error, "");
  EXPECT_EQ(nothing.summary.read, 0U);
  EXPECT_THAT(read_all(gzip("a.com\nb.") + gzip("com\n")).rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
}

TEST(Archive, ZipInPiecesOfEverySize) {
  const std::string packed = zip({{"top-1m.csv", "1,a.com\n2,b.com\n"}});
  for (std::size_t piece = 1; piece < packed.size(); piece += 7) {
    const Reading r = read_all(packed, Format::kAuto, piece);
    EXPECT_EQ(r.error, "") << piece;
    EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/")) << piece;
  }
}

TEST(Archive, ZipOfSeveralListsEachWithItsOwnForm) {
  const Reading r = read_all(zip({{"a/", ""},
                                  {"a/one.csv", "rank,domain\n1,a.com\n"},
                                  {"README.md", "not.a.list\n"},
                                  {"__MACOSX/a/one.csv", "junk.com\n"},
                                  {".hidden.csv", "junk.com\n"},
                                  {"two.TXT", "b.com\nbad\n"},
                                  {"three.xml", "<urlset><url><loc>https://c.com/</loc></url></urlset>"},
                                  {"noextension", "d.com"}}));
  EXPECT_EQ(r.error, "");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/", "https://c.com/", "http://d.com/"));
  EXPECT_THAT(r.rows.lines, ElementsAre(2U, 3U, 5U, 6U)) << "counted on from list to list";
  ASSERT_EQ(r.rows.invalid.size(), 1U);
  EXPECT_EQ(r.rows.invalid[0].line, 4U);
}

TEST(Archive, ZipWithoutAList) {
  for (const std::string& packed : {zip({{"picture.png", "x"}}), zip({})})
    EXPECT_EQ(read_all(packed).error, "the zip archive holds no list (.csv, .tsv, .txt, .list, .lst or .xml)");
}

TEST(Archive, ACutGzipSaysHowFarItGot) {
  const std::string packed = gzip(long_list(20'000));
  const Reading r = read_all(packed.substr(0, packed.size() / 2));
  EXPECT_THAT(r.error, MatchesRegex("the gzip archive is corrupt: .* \\(after line [0-9]+\\)"));
  EXPECT_GT(r.rows.urls.size(), 1000U);
  EXPECT_THAT(r.error, HasSubstr("line " + std::to_string(r.rows.urls.size()) + ")"));
}

TEST(Archive, ACutZipSaysHowFarItGot) {
  const std::string packed = zip({{"list.csv", long_list(20'000)}});
  const Reading r = read_all(packed.substr(0, packed.size() / 2));
  EXPECT_THAT(r.error, MatchesRegex("the zip archive is corrupt: .* \\(after line [0-9]+\\)"));
  EXPECT_GT(r.rows.urls.size(), 1000U);
}

TEST(Archive, ADamagedZipIsAnError) {
  std::string packed = zip({{"list.csv", long_list(20'000)}});
  for (std::size_t i = packed.size() / 2; i < packed.size() / 2 + 64; ++i) packed[i] = static_cast<char>(~packed[i]);
  EXPECT_THAT(read_all(packed).error, HasSubstr("the zip archive is corrupt"));
}

TEST(Archive, GarbageAfterTheMagicBytesIsAnErrorOrNoRows) {
  for (const char* magic : {"\x1F\x8B", "PK\x03\x04"}) {
    const Reading r = read_all(std::string(magic) + std::string(1000, '\x55'));
    EXPECT_NE(r.error, "");
    EXPECT_TRUE(r.rows.urls.empty());
  }
}

TEST(Archive, ABrokenSourceIsReportedAsItIs) {
  const std::string packed = gzip(long_list(20'000));
  CollectingSink rows;
  BreakingSource source(std::string_view(packed).substr(0, packed.size() / 2));
  const Result<Summary> result = read_list(source, Format::kAuto, rows);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.message(), MatchesRegex("the peer hung up \\(after line [0-9]+\\)"));
}

TEST(Archive, TheSinkMayStopInside) {
  CollectingSink rows;
  rows.limit = 3;
  const std::string packed = zip({{"a.csv", long_list(10)}, {"b.csv", long_list(10)}});
  MemorySource source(packed);
  const Result<Summary> result = read_list(source, Format::kAuto, rows);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->stopped);
  EXPECT_EQ(rows.urls.size(), 3U);
}

TEST(Archive, NamesOfLists) {
  for (const char* name : {"a.csv", "A.CSV", "dir/a.txt", "a.tsv", "a.lst", "a.list", "a.xml", "top-1m", "a.b/c"})
    EXPECT_TRUE(is_list_name(name)) << name;
  for (const char* name : {"a.png", "a.csv.exe", ".a.csv", "dir/.csv", "__MACOSX/a.csv", "dir/", ""})
    EXPECT_FALSE(is_list_name(name)) << name;
}

}  // namespace
}  // namespace wswp::list
