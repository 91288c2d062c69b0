#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collecting_sink.h"
#include "list/csv.h"

namespace wswp::list {
namespace {

using testing::ElementsAre;

TEST(CsvFields, QuotesAndBlanks) {
  EXPECT_THAT(csv_fields("a, b ,c", ','), ElementsAre("a", "b", "c"));
  EXPECT_THAT(csv_fields("\"a,b\",\"c\"\"d\",\"\"", ','), ElementsAre("a,b", "c\"d", ""));
  EXPECT_THAT(csv_fields("", ','), ElementsAre(""));
  EXPECT_THAT(csv_fields(",", ','), ElementsAre("", ""));
  EXPECT_THAT(csv_fields("a\"b,c", ','), ElementsAre("a\"b", "c"));
  EXPECT_THAT(csv_fields("\"never closed,c", ','), ElementsAre("never closed,c"));
  EXPECT_THAT(csv_fields("a,b", kNoDelimiter), ElementsAre("a,b"));
}

TEST(CsvFields, OneFieldByNumber) {
  std::string scratch;
  EXPECT_EQ(csv_field("1,\"a\"\"b\",c", ',', 1, scratch), "a\"b");
  EXPECT_EQ(csv_field("1,2,3", ',', 2, scratch), "3");
  EXPECT_EQ(csv_field("1,2,3", ',', 3, scratch), std::nullopt);
}

TEST(CsvList, RankAndDomain) {
  const Reading r = read_all("1,google.com\r\n2,example.com/path\r\n3,\"quoted.org\"\r\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://google.com/", "http://example.com/path", "http://quoted.org/"));
  EXPECT_THAT(r.rows.texts, ElementsAre("google.com", "example.com/path", "quoted.org"));
}

TEST(CsvList, WithByteOrderMarkAndHeader) {
  const Reading r = read_all("\xEF\xBB\xBFrank,domain\n1,google.com\n2,example.com\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://google.com/", "http://example.com/"));
  EXPECT_THAT(r.rows.lines, ElementsAre(2U, 3U));
  EXPECT_EQ(r.summary.read, 2U);
}

TEST(CsvList, ColumnByHeader) {
  const Reading r = read_all(
      "GlobalRank,TldRank,Domain,TLD,RefSubNets,RefIPs,IDN_Domain,IDN_TLD\n"
      "1,1,google.com,com,1,2,google.com,com\n2,2,facebook.com,com,3,4,facebook.com,com\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://google.com/", "http://facebook.com/"));
  EXPECT_THAT(read_all("\"Root Domain\";\"Mail\"\n\"a.com\";\"b.com\"\n").rows.urls, ElementsAre("http://a.com/"));
  EXPECT_THAT(read_all("mail.server,Site\nb.com,a.com\n").rows.urls, ElementsAre("http://a.com/"));
  EXPECT_THAT(read_all("origin,rank\nhttps://a.com,1000\n").rows.urls, ElementsAre("https://a.com/"));
}

TEST(CsvList, ColumnByLooks) {
  EXPECT_THAT(read_all("a.com,1\nb.com,2\n").rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  EXPECT_THAT(read_all("1\t0.5\ta.com\n2\t1.5\tb.com\n").rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  EXPECT_THAT(read_all("x;http://a.com/1,2;y\nx;http://b.com/;z\n").rows.urls,
              ElementsAre("http://a.com/1,2", "http://b.com/"));
  EXPECT_THAT(read_all("http://a.com/,one\nhttp://b.com/,two\n").rows.urls,
              ElementsAre("http://a.com/", "http://b.com/"));
}

TEST(CsvList, AHeaderThatIsNotKnown) {
  const Reading r = read_all("Rang,Netzort\n1,a.com\n2,b.com\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  EXPECT_EQ(r.summary.invalid, 0U);
}

TEST(CsvList, DomainAlone) {
  EXPECT_THAT(read_all("domain\na.com\nb.com\n").rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  EXPECT_THAT(read_all("\"a.com\"\n\"b.com\"\n").rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  EXPECT_THAT(read_all("1,a.com\n2,b.com\nc.com\n").rows.urls,
              ElementsAre("http://a.com/", "http://b.com/", "http://c.com/"));
}

TEST(CsvList, EmptyAndMissingFieldsAreInvalid) {
  const Reading r = read_all("1,a.com,x\n2,,x\n3,\n4,b.com,x\n5\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  ASSERT_EQ(r.rows.invalid.size(), 3U);
  EXPECT_EQ(r.rows.invalid[0].text, "2,,x") << "the whole line, where the field says nothing";
  EXPECT_EQ(r.rows.invalid[0].reason, "not a domain name: empty");
  EXPECT_EQ(r.rows.invalid[1].line, 3U);
  EXPECT_EQ(r.rows.invalid[2].reason, "not a domain name: no dot");
}

TEST(CsvList, AFirstRowThatIsBrokenIsNoHeader) {
  const Reading r = read_all("1,localhost\n2,a.com\n3,b.com\n");
  EXPECT_EQ(r.rows.urls.size(), 2U);
  ASSERT_EQ(r.rows.invalid.size(), 1U);
  EXPECT_EQ(r.rows.invalid[0].text, "localhost");
}

TEST(CsvList, AStrayQuoteCostsOneRow) {
  const Reading r = read_all("1,a.com\n2,\"b.com\n3,c.com\n4,\"d com\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/", "http://c.com/"));
  EXPECT_EQ(r.summary.invalid, 1U);
}

TEST(CsvList, AQuotedCellOfSeveralLinesIsOneCell) {
  const std::string list =
      "domain,text\r\n"
      "a.com,\"first\r\nnot-a.site.com\r\n\r\n# no comment, \"\"quoted\"\"\r\nlast\" ,x\r\n"
      "b.com,\"one, line\"\r\n"
      "\"c.com\",\"\n\"\n"
      "d.com,\"never closed\ne.com,x\n";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, std::string_view::npos}) {
    const Reading r = read_all(list, Format::kAuto, piece);
    EXPECT_EQ(r.error, "");
    EXPECT_THAT(r.rows.urls,
                ElementsAre("http://a.com/", "http://b.com/", "http://c.com/", "http://d.com/", "http://e.com/"));
    EXPECT_THAT(r.rows.lines, ElementsAre(2U, 7U, 8U, 10U, 11U));
    EXPECT_EQ(r.summary.invalid, 0U);
  }
}

TEST(CsvList, LongCellsDoNotHideTheColumn) {
  std::string list;
  for (int i = 0; i < 30; ++i)
    list += std::to_string(i) + ",\"one\ntwo\nthree\nfour\",site" + std::to_string(i) + ".com\n";
  const Reading r = read_all(list);
  EXPECT_EQ(r.rows.urls.size(), 30U);
  EXPECT_EQ(r.summary.invalid, 0U);
}

TEST(CsvList, AQuoteThatIsClosedInsideAFieldIsStray) {
  const Reading r = read_all("1,\"a.com\n2,b.com\n3,\"c.com\n4,d.com\n");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/", "http://c.com/", "http://d.com/"));
  EXPECT_THAT(r.rows.lines, ElementsAre(1U, 2U, 3U, 4U));
}

TEST(CsvList, ACellOfMoreThanTheLongestLineIsOfSeveralRows) {
  std::string list = "1,a.com,\"\n";
  while (list.size() < kMaxLine + 100) list += "2,b.com,x\n";
  const Reading r = read_all(list + "3,c.com,\"\n4,d.com,x\n");
  EXPECT_EQ(r.rows.urls.front(), "http://a.com/");
  EXPECT_EQ(r.rows.urls[1], "http://b.com/");
  EXPECT_EQ(r.rows.urls.back(), "http://d.com/");
  EXPECT_EQ(r.rows.urls.size(), r.rows.lines.back());
}

TEST(CsvList, StrayQuotesAreReadInLinearTime) {
  std::string list;
  for (int i = 0; i < 300'000; ++i) list += i % 2 == 0 ? "1,\"a.com\n" : "2,b.com,\"\"\n";
  EXPECT_EQ(read_all(list, Format::kCsv).rows.urls.size(), 300'000U);
}

TEST(CsvList, ASourceThatBreaksInAQuotedCellGivesTheRowsBefore) {
  CollectingSink rows;
  BreakingSource source("1,a.com,x\n2,b.com,\"\nc");
  const Result<Summary> result = read_list(source, Format::kAuto, rows);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.message(), "the peer hung up (after line 2)");
  EXPECT_THAT(rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
}

}  // namespace
}  // namespace wswp::list
