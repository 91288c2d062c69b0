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

/// The one-member zip with the number of another method of compression (APPNOTE.TXT, 4.4.5).
std::string zip_with_method(std::string_view name, char method) {
  std::string packed = zip({{std::string(name), "a.com\n"}});
  packed.at(8) = method;
  return packed;
}

TEST(Archive, ZipMembersAreStoredOrDeflated) {
  const std::string stored = zip({{"list.txt", "a.com\n"}}, "store");
  ASSERT_EQ(stored.at(8), 0);
  const std::string deflated = zip({{"list.txt", "a.com\n"}}, "deflate");
  ASSERT_EQ(deflated.at(8), 8);
  for (const std::string& packed : {stored, deflated})
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::string_view::npos})
      EXPECT_THAT(read_all(packed, Format::kAuto, piece).rows.urls, ElementsAre("http://a.com/")) << piece;
}

TEST(Archive, OtherMethodsOfZipAreRefusedBeforeTheyTakeMemory) {
  // Deflate64, bzip2, LZMA, Zstandard, xz, PPMd.
  for (const char method : {'\x09', '\x0C', '\x0E', '\x5D', '\x5F', '\x62'}) {
    const Reading r = read_all(zip_with_method("list.txt", method));
    EXPECT_THAT(r.error, MatchesRegex("a list in the zip archive is compressed in a way that is not read "
                                      "\\(ZIP 2.0 \\(.*\\)\\): deflate or store it, or use gzip"))
        << int{method};
    EXPECT_TRUE(r.rows.urls.empty());
  }
}

TEST(Archive, AnotherMethodOfAMemberThatIsNoListDoesNotMatter) {
  std::string packed = zip({{"README.md", "read me"}, {"list.txt", "a.com\n"}}, "store");
  packed.at(8) = 14;
  EXPECT_THAT(read_all(packed).rows.urls, ElementsAre("http://a.com/"));
}

TEST(Archive, AGzipHeaderHasAnEnd) {
  // RFC 1952, section 2.3: with a name, which ends with a zero byte.
  std::string header("\x1F\x8B\x08\x08\0\0\0\0\0\x03", 10);
  header.append(4 * 1024 * 1024, 'n');
  for (const std::string& packed : {header, gzip("a.com\n") + header})
    EXPECT_THAT(read_all(packed, Format::kAuto, 64 * 1024).error,
                HasSubstr("the gzip archive is corrupt: a header is longer than 1 MiB"));
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

TEST(Archive, ASourceThatBreaksBetweenTwoPartsOfAGzipIsReported) {
  const std::string packed = gzip("a.com\n") + gzip("b.com\n").substr(0, 5);
  CollectingSink rows;
  BreakingSource source(packed);
  const Result<Summary> result = read_list(source, Format::kAuto, rows);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.message(), "the peer hung up (after line 1)");
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
