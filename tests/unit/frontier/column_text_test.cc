#include "frontier/column_text.h"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

using namespace std::string_view_literals;

std::string column(std::string_view text, std::size_t max_size = 100) {
  return std::string(ColumnText(text, max_size).view());
}

TEST(ColumnText, LeavesWellFormedTextAsItIs) {
  EXPECT_EQ(column(""), "");
  EXPECT_EQ(column("text/html"), "text/html");
  EXPECT_EQ(column("gr\u00FC\u00DFe \U0001F600"), "gr\u00FC\u00DFe \U0001F600");
}

TEST(ColumnText, ReplacesWhatIsIllFormedAndNul) {
  EXPECT_EQ(column("a\xE9\xFF z"), "a\uFFFD\uFFFD z");
  EXPECT_EQ(column("\xE2\x82z\xF0\x9F"), "\uFFFDz\uFFFD");
  EXPECT_EQ(column("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate";
  EXPECT_EQ(column("a\0b"sv), "a\uFFFDb");
}

TEST(ColumnText, CutsBetweenCharacters) {
  EXPECT_EQ(column("abcd", 3), "abc");
  EXPECT_EQ(column("ab\u20AC", 4), "ab");
  EXPECT_EQ(column("ab\u20AC", 5), "ab\u20AC");
  EXPECT_EQ(column("\xFF\xFF\xFF", 5), "\uFFFD");
  EXPECT_EQ(column("\u20AC", 2), "");
}

// Texts that no column may hold as they stand.
std::vector<std::string> hostile_texts() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return {bytes, "\xE9\xFF\x1B[2J", std::string(100'000, '\xE2'), "\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80",
          "cut \xF0\x9F"};
}

class ColumnsTest : public FrontierTest {
 protected:
  /// Every text of every table and view, by "table.column".
  std::vector<std::pair<std::string, std::string>> all_texts() {
    store::Database database(path_, store::Mode::kReadOnly, 1024);
    store::Statement columns(database,
                             "select s.name, c.name from sqlite_schema s, pragma_table_info(s.name) c "
                             "where s.type in ('table', 'view')");
    std::vector<std::pair<std::string, std::string>> names;
    columns.bind();
    while (columns.step()) names.emplace_back(columns.text(0), columns.text(1));
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto& [table, name] : names) {
      const std::string sql = "select " + name + " from " + table + " where typeof(" + name + ") = 'text'";
      store::Statement statement(database, sql.c_str());
      statement.bind();
      while (statement.step()) texts.emplace_back(table + "." + name, statement.text(0));
    }
    return texts;
  }
};

bool is_strict_utf8(const std::string& text) {
  try {
    return !nlohmann::json(text).dump().empty();  // which throws where it is not
  } catch (const nlohmann::json::type_error&) {
    return false;
  }
}

TEST_F(ColumnsTest, WhateverAStrangerSaysEveryColumnIsUtf8AndBounded) {
  std::size_t host = 0;
  for (const std::string& hostile : hostile_texts()) {
    add(crawl_, {"http://h" + std::to_string(++host) + ".test/"});
    VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
    Outcome& outcome = *report.urls[0].outcome;
    outcome.state = UrlState::kFailed;
    for (std::string* text : {&outcome.error, &outcome.content_type, &outcome.encoding, &outcome.title,
                              &outcome.redirect_to, &outcome.remote_ip, &outcome.http_version}) {
      *text = hostile;
    }
    report.urls[0].aliases = {"/" + hostile};
    report.robots = RobotsRecord{.status = 200, .rules = hostile};
    record(report, kStart);
  }
  std::map<std::string, std::size_t> seen;
  for (const auto& [name, text] : all_texts()) {
    ++seen[name];
    EXPECT_TRUE(is_strict_utf8(text)) << name;
    EXPECT_EQ(text.find('\0'), std::string::npos) << name;
    EXPECT_LE(text.size(), column::kRules) << name;
  }
  for (const char* name : {"results.error", "results.content_type", "results.encoding", "results.title",
                           "results.redirect_to", "results.remote_ip", "results.http_version", "host_state.rules"}) {
    EXPECT_EQ(seen[name], host) << name;
  }
  EXPECT_EQ(query("select max(length(cast(encoding as blob))) <= 64 and max(length(cast(title as blob))) <= 500 "
                  "from results"),
            1);
}

}  // namespace
}  // namespace wswp::frontier
