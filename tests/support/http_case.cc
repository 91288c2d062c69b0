#include "support/http_case.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace wswp::test {
namespace {

std::string text_of(const Row& row, const CsvRow* actual) {
  const auto optional = [actual](const auto& wanted, const char* column) {
    if (wanted) return fmt::format("{}", *wanted);
    return actual == nullptr ? std::string("?") : actual->at(column);
  };
  return fmt::format("{} {} error={} title={} to={} bytes={} type={} http={} truncated={} attempts={}", row.outcome,
                     row.status == 0 ? "" : std::to_string(row.status), row.error, row.title, row.redirect_to,
                     optional(row.bytes, "bytes"), optional(row.content_type, "content_type"),
                     optional(row.http_version, "http_version"), row.truncated ? "1" : "0", row.attempts);
}

std::string text_of(const CsvRow& row) {
  return fmt::format("{} {} error={} title={} to={} bytes={} type={} http={} truncated={} attempts={}",
                     row.at("outcome"), row.at("status"), row.at("error"), row.at("title"), row.at("redirect_to"),
                     row.at("bytes"), row.at("content_type"), row.at("http_version"), row.at("truncated"),
                     row.at("attempts"));
}

void expect_row(const std::map<std::string, CsvRow>& rows, const std::string& url, const Row& wanted) {
  const auto found = rows.find(url);
  if (found == rows.end()) {
    ADD_FAILURE() << url << " has no row; expected " << text_of(wanted, nullptr);
    return;
  }
  EXPECT_EQ(text_of(found->second), text_of(wanted, &found->second)) << url;
}

/// "/" once an attempt, or what the case says.
std::vector<std::string> repeated(const std::vector<std::string>& targets, int times) {
  if (targets.size() > 1) return targets;
  std::vector<std::string> all;
  for (int i = 0; i < times; ++i) all.insert(all.end(), targets.begin(), targets.end());
  return all;
}

void expect_clean_requests(const ScriptedServer& server, std::size_t least) {
  for (const ScriptedRequest& asked : server.asked(least)) {
    for (const char* field : {"\r\nAuthorization:", "\r\nCookie:", "\r\nReferer:"})
      EXPECT_EQ(asked.head.find(field), std::string::npos) << asked.head;
  }
}

}  // namespace

void expect_cases(const std::vector<HttpCase>& cases, const Config& changes) {
  ScriptedServer server;
  std::string list;
  std::map<std::string, Row> wanted;
  for (const HttpCase& each : cases) {
    const std::string host = each.name + ".test";
    server.answer(host + "/", each.reply);
    for (const auto& [place, reply] : each.others) server.answer(place, reply);
    list += fmt::format("http://{}/\n", host);
    EXPECT_TRUE(wanted.emplace(fmt::format("http://{}/", host), each.row).second) << each.name << " comes twice";
    wanted.insert(each.also.begin(), each.also.end());
  }
  Config config = changes;
  config.merge(Config{{"fetch.retries", "1"},
                      {"fetch.connect_timeout", "20.0"},
                      {"fetch.timeout", "20.0"},
                      {"politeness.delay", "0"},
                      {"traps.max_url_length", "0"}});
  Daemon daemon(crawl_config(server.authority(), config));
  daemon.start();
  daemon.add(list);
  daemon.wait_until_done();
  const auto rows = daemon.results();
  for (const auto& [url, row] : wanted) expect_row(rows, url, row);
  for (const auto& [url, row] : rows) EXPECT_TRUE(wanted.contains(url)) << url << " is unexplained: " << text_of(row);
  for (const HttpCase& each : cases)
    EXPECT_EQ(server.targets(each.name + ".test"), repeated(each.asked, each.row.attempts)) << each.name;
  expect_clean_requests(server, cases.size());
}

}  // namespace wswp::test
