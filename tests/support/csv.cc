#include "support/csv.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace wswp::test {
namespace {

/// One record, up to and with its line end, off the front of `text`.
std::vector<std::string> take_record(std::string_view& text) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        fields.back() += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else if (c == '\n') {
      ++i;
      break;
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  text.remove_prefix(i);
  return fields;
}

std::string shown(const CsvRow& row, const std::set<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) text += fmt::format(" {}={}", column, row.at(column));
  return text;
}

}  // namespace

std::map<std::string, CsvRow> read_csv(std::string_view text, const std::string& key) {
  std::map<std::string, CsvRow> rows;
  const std::vector<std::string> header = take_record(text);
  while (!text.empty()) {
    std::vector<std::string> fields = take_record(text);
    if (fields.size() != header.size()) {
      ADD_FAILURE() << "a row of " << fields.size() << " fields under a header of " << header.size() << ": "
                    << fields.front();
      continue;
    }
    CsvRow row;
    for (std::size_t i = 0; i < header.size(); ++i) row.emplace(header[i], std::move(fields[i]));
    std::string name = row.at(key);
    if (!rows.emplace(name, std::move(row)).second) ADD_FAILURE() << "two rows with " << key << " " << name;
  }
  return rows;
}

void expect_equal_rows(const std::map<std::string, CsvRow>& actual, const std::map<std::string, CsvRow>& expected,
                       const CsvComparison& comparison) {
  constexpr int kShown = 20;
  int differences = 0;
  const auto report = [&](const std::string& key, const std::string& what) {
    if (++differences > kShown) return;
    ADD_FAILURE() << key << what << (comparison.explain ? "\n  " + comparison.explain(key) : "");
  };
  for (const auto& [key, wanted] : expected) {
    const auto found = actual.find(key);
    std::set<std::string> columns(comparison.columns.begin(), comparison.columns.end());
    if (wanted.at("outcome") == "fetched")
      columns.insert(comparison.columns_of_fetched.begin(), comparison.columns_of_fetched.end());
    if (found == actual.end()) {
      report(key, fmt::format(": missing\n  expected{}", shown(wanted, columns)));
      continue;
    }
    const bool equal = std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
      return found->second.at(column) == wanted.at(column);
    });
    if (!equal)
      report(key, fmt::format("\n  expected{}\n  actual  {}", shown(wanted, columns), shown(found->second, columns)));
  }
  for (const auto& [key, row] : actual) {
    if (!expected.contains(key)) report(key, ": not expected, outcome " + row.at("outcome"));
  }
  if (differences > kShown) ADD_FAILURE() << "and " << differences - kShown << " more rows differ";
}

}  // namespace wswp::test
