#include "list/csv.h"

#include "list/ascii.h"

namespace wswp::list {

namespace {

/// The first closing quote of `text`, which follows an opening one; its size where there is none.
std::size_t closing_quote(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '"') continue;
    if (i + 1 == text.size() || text[i + 1] != '"') return i;
    ++i;
  }
  return text.size();
}

std::string_view with_single_quotes(std::string_view text, std::string& scratch) {
  if (text.find('"') == std::string_view::npos) return text;
  scratch.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    scratch += text[i];
    if (text[i] == '"') ++i;
  }
  return scratch;
}

std::size_t find_delimiter(std::string_view text, char delimiter) {
  return delimiter == kNoDelimiter ? std::string_view::npos : text.find(delimiter);
}

/// Takes the first field off `rest` as it stands, quotes included; false: that was the last.
bool take_field(std::string_view& rest, char delimiter, std::string_view& field) {
  std::size_t search = 0;
  if (rest.starts_with('"')) search = 1 + closing_quote(rest.substr(1));
  const std::size_t found =
      search >= rest.size() ? std::string_view::npos : find_delimiter(rest.substr(search), delimiter);
  if (found == std::string_view::npos) {
    field = rest;
    rest = {};
    return false;
  }
  field = rest.substr(0, search + found);
  rest.remove_prefix(search + found + 1);
  return true;
}

std::string_view unquoted(std::string_view field, std::string& scratch) {
  if (!field.starts_with('"')) return trimmed(field);
  field.remove_prefix(1);
  return trimmed(with_single_quotes(field.substr(0, closing_quote(field)), scratch));
}

}  // namespace

QuoteScanner::State QuoteScanner::feed(std::string_view line) {
  bool reaches_in = open_;
  if (!open_ && line.find('"') == std::string_view::npos) return State::kClosed;
  while (true) {
    if (!open_ && line.starts_with('"')) {
      open_ = true;
      line.remove_prefix(1);
    }
    if (open_) {
      const std::size_t close = closing_quote(line);
      if (close == line.size()) return State::kOpen;
      open_ = false;
      line.remove_prefix(close + 1);
      if (reaches_in && !trimmed(line).empty() && trimmed(line).front() != delimiter_) return State::kStray;
      reaches_in = false;
    }
    const std::size_t end = find_delimiter(line, delimiter_);
    if (end == std::string_view::npos) return State::kClosed;
    line.remove_prefix(end + 1);
  }
}

std::optional<std::string_view> csv_field(std::string_view record, char delimiter, std::size_t column,
                                          std::string& scratch) {
  std::string_view field;
  bool more = take_field(record, delimiter, field);
  for (; column > 0; --column) {
    if (!more) return std::nullopt;
    more = take_field(record, delimiter, field);
  }
  return unquoted(field, scratch);
}

std::vector<std::string> csv_fields(std::string_view record, char delimiter) {
  std::vector<std::string> fields;
  std::string scratch;
  for (bool more = true; more;) {
    std::string_view field;
    more = take_field(record, delimiter, field);
    fields.emplace_back(unquoted(field, scratch));
  }
  return fields;
}

}  // namespace wswp::list
