#include "explanation.h"

#include <cstdint>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/file.h"
#include "http1_answers.h"
#include "support/rows.h"

namespace wswp::fuzz {
namespace {

using Row = std::map<std::string, std::string>;

constexpr std::size_t kLongestColumn = 64 * 1024;

const std::string& documentation() {
  static const std::string text = [] {
    auto read = read_file(ERRORS_MD);
    return read ? *read : "";
  }();
  return text;
}

/// "": nothing is wrong with it.
std::string wrong_error(const Row& row) {
  const std::string& outcome = row.at("outcome");
  const std::string& error = row.at("error");
  if (outcome == "fetched" || outcome == "disallowed") return error.empty() ? "" : outcome + " with error " + error;
  if (error == "internal" || error == "crashed") return "failed with " + error;
  const std::string documented = outcome == "failed" ? fmt::format("| `{}` |", error) : fmt::format("`{}`", error);
  if (error.empty() || documentation().find(documented) == std::string::npos) return outcome + " with error " + error;
  return "";
}

std::string wrong_status(const Row& row) {
  const std::string& status = row.at("status");
  if (status.empty()) return row.at("outcome") == "fetched" ? "fetched without a status" : "";
  if (status.size() != 3 || status < "100" || status > "999") return "status " + status;
  return "";
}

std::string wrong_text(const Row& row) {
  for (const auto& [column, text] : row) {
    if (!is_utf8(text)) return column + " is not UTF-8";
    if (text.find('\0') != std::string::npos) return column + " has a zero byte";
    if (text.size() > kLongestColumn) return fmt::format("{} has {} bytes", column, text.size());
  }
  return "";
}

std::string wrong_if_healthy(const Row& row) {
  const std::string host = host_of(row.at("url"));
  if (!is_healthy(host)) return "";
  const std::string title = healthy_title({host, target_of(row.at("url"))});
  if (row.at("outcome") == "fetched" && row.at("status") == "200" && row.at("title") == title) return "";
  return fmt::format("a healthy page is {} {} {}, with title \"{}\"", row.at("outcome"), row.at("status"),
                     row.at("error"), row.at("title"));
}

std::vector<Row> results(const std::string& database, const std::string& crawl) {
  const test::Rows read = test::query(database, fmt::format("select * from results where crawl = '{}'", crawl));
  std::vector<Row> rows;
  for (const auto& values : read.rows) {
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < values.size(); ++i) row[read.columns[i]] = values[i];
  }
  return rows;
}

}  // namespace

std::vector<Flaw> flaws_of(const std::string& database, const std::string& crawl, const std::vector<std::string>& urls,
                           bool may_time_out) {
  std::vector<Flaw> flaws;
  std::set<std::string> ended;
  for (const Row& row : results(database, crawl)) {
    const std::string& url = row.at("url");
    if (!ended.insert(url).second) flaws.push_back({url, "has two rows"});
    if (!may_time_out && row.at("error").ends_with("timeout")) flaws.push_back({url, "has waited for its time limit"});
    for (const auto& find : {wrong_error, wrong_status, wrong_text, wrong_if_healthy}) {
      if (std::string text = find(row); !text.empty()) flaws.push_back({url, std::move(text)});
    }
  }
  for (const std::string& url : urls) {
    if (!ended.contains(url)) flaws.push_back({url, "has no row"});
  }
  return flaws;
}

std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of(":/", begin) - begin);
}

std::string target_of(const std::string& url) {
  const std::size_t slash = url.find('/', url.find("://") + 3);
  return slash == std::string::npos ? "/" : url.substr(slash);
}

bool is_utf8(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xc2 ? 0
                               : first < 0xe0 ? 2
                               : first < 0xf0 ? 3
                               : first < 0xf5 ? 4
                                              : 0;
    if (length == 0 || length > text.size() - at) return false;
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(i) & 0xc0U) != 0x80) return false;
    }
    const bool too_long = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool no_character = (first == 0xed && byte(1) > 0x9f) || (first == 0xf4 && byte(1) > 0x8f);
    if (too_long || no_character) return false;
    at += length;
  }
  return true;
}

}  // namespace wswp::fuzz
