#pragma once
// CSV as wswpctl and simweb write it (RFC 4180), read back and compared row by row.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wswp::test {

/// Column → text.
using CsvRow = std::map<std::string, std::string>;

/// The rows below the header, by the value of column `key`. A key that occurs twice is a failure of the test.
std::map<std::string, CsvRow> read_csv(std::string_view text, const std::string& key);

struct CsvComparison {
  std::vector<std::string> columns;
  /// Compared only where the expected row's "outcome" is "fetched".
  std::vector<std::string> columns_of_fetched;
  /// What else is said of a key whose rows differ.
  std::function<std::string(const std::string& key)> explain;
};

/// Fails the test with both rows for every key that is missing, surplus or different (the first twenty).
void expect_equal_rows(const std::map<std::string, CsvRow>& actual, const std::map<std::string, CsvRow>& expected,
                       const CsvComparison& comparison);

}  // namespace wswp::test
