#include "list/dialect.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "list/ascii.h"
#include "list/record_reader.h"
#include "list/site.h"

namespace wswp::list {

namespace {

constexpr std::size_t kSampleRecords = 20;

using Fields = std::vector<std::string>;

/// The first records with content. A last line that `head` may have cut is left out, unless it is the only one.
std::vector<std::string> sample_records(std::string_view head, char delimiter) {
  const std::size_t last_end = head.rfind('\n');
  MemorySource source(head.substr(0, last_end));
  RecordReader records(source, delimiter);
  std::vector<std::string> sample;
  Record record;
  while (sample.size() < kSampleRecords && records.next(record).value())
    if (has_content(record.text)) sample.emplace_back(record.text);
  if (sample.empty() && last_end != std::string_view::npos) return sample_records(head.substr(last_end + 1), delimiter);
  return sample;
}

bool is_site_column(std::string_view name) {
  static constexpr std::array<std::string_view, 13> names = {
      "domain", "domain name", "domain_name", "root domain", "root_domain", "host", "hostname",
      "site",   "website",     "url",         "uri",         "origin",      "loc"};
  return std::any_of(names.begin(), names.end(),
                     [name](std::string_view known) { return equal_ignoring_case(name, known); });
}

std::optional<std::size_t> named_column(const Fields& header) {
  const auto found = std::find_if(header.begin(), header.end(), is_site_column);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

std::optional<std::size_t> first_site(const Fields& fields) {
  SiteParser parser;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (parser.parse(fields[i])) return i;
  return std::nullopt;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The column in which most lines have their first site; none where no line has one.
std::optional<std::size_t> column_by_looks(const std::vector<Fields>& lines) {
  std::vector<std::size_t> votes;
  for (const Fields& fields : lines) {
    const std::optional<std::size_t> column = first_site(fields);
    if (!column) continue;
    votes.resize(std::max(votes.size(), *column + 1));
    ++votes[*column];
  }
  if (votes.empty()) return std::nullopt;
  return static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

/// May the delimiters be part of the URLs in the first column, so that this is no CSV?
bool may_be_inside_urls(const std::vector<Fields>& lines) {
  const bool has_paths = std::any_of(lines.begin(), lines.end(), [](const Fields& fields) {
    return fields[0].find('/') != std::string::npos && first_site(fields) == std::size_t{0};
  });
  const bool regular = lines.size() > 1 && std::all_of(lines.begin(), lines.end(), [&lines](const Fields& fields) {
                         return fields.size() == lines[0].size();
                       });
  return has_paths && !regular;
}

/// The dialect with this delimiter, if the lines look like it. `certain`: the caller knows that it is CSV.
std::optional<Dialect> with_delimiter(std::string_view head, char delimiter, bool certain) {
  std::vector<Fields> lines;
  for (const std::string& record : sample_records(head, delimiter)) lines.push_back(csv_fields(record, delimiter));

  const auto several =
      std::count_if(lines.begin(), lines.end(), [](const Fields& fields) { return fields.size() > 1; });
  if (several == 0) return std::nullopt;
  if (const std::optional<std::size_t> column = named_column(lines[0]))
    if (lines[0].size() > 1) return Dialect{delimiter, *column, true};
  if (static_cast<std::size_t>(several) * 2 <= lines.size()) return std::nullopt;

  const std::optional<std::size_t> column = column_by_looks(lines);
  if (!column) return std::nullopt;
  if (*column == 0 && !certain && may_be_inside_urls(lines)) return std::nullopt;
  const bool header = lines.size() > 1 && !first_site(lines[0]) &&
                      !lines[0][*column < lines[0].size() ? *column : 0].empty() &&
                      std::none_of(lines[0].begin(), lines[0].end(), is_number);
  return Dialect{delimiter, *column, header};
}

}  // namespace

bool has_content(std::string_view line) {
  line = trimmed(line);
  return !line.empty() && line.front() != '#';
}

Dialect choose_dialect(std::string_view head, Format format) {
  if (format != Format::kText)
    for (const char delimiter : {'\t', ',', ';'})
      if (const std::optional<Dialect> dialect = with_delimiter(head, delimiter, format == Format::kCsv))
        return *dialect;
  const std::vector<std::string> lines = sample_records(head, kNoDelimiter);
  return {kNoDelimiter, 0, !lines.empty() && is_site_column(csv_fields(lines[0], kNoDelimiter)[0])};
}

}  // namespace wswp::list
