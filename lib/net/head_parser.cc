#include "net/head_parser.h"

#include <algorithm>
#include <charconv>

namespace wswp::net {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

enum class Repeated { kFirst, kLast, kJoin, kJoinLines };

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

void store(std::string& field, std::string_view value, Repeated repeated) {
  if (repeated == Repeated::kFirst && !field.empty()) return;
  if (repeated == Repeated::kLast || field.empty()) {
    field.assign(value.size() <= HeadParser::kMaxValue ? value : std::string_view());
  } else {
    const std::string_view glue = repeated == Repeated::kJoin ? ", " : "\n";
    if (field.size() + glue.size() + value.size() <= HeadParser::kMaxValue) field.append(glue).append(value);
  }
}

}  // namespace

void HeadParser::clear() {
  status_ = 0;
  complete_ = false;
  size_ = 0;
  for (std::string* field : {&content_type_, &location_, &retry_after_, &cache_control_, &x_robots_tag_, &link_,
                             &refresh_, &expires_, &date_, &age_}) {
    field->clear();
  }
}

void HeadParser::start_response(std::string_view status_line) {
  const std::size_t size = size_;
  clear();
  size_ = size;
  const auto space = status_line.find(' ');
  if (space == std::string_view::npos) return;
  const std::string_view code = status_line.substr(space + 1, 3);
  std::from_chars(code.data(), code.data() + code.size(), status_);
}

HeadParser::State HeadParser::feed(std::string_view line) {
  size_ += line.size();
  if (size_ > kMaxHead) return State::kTooLong;
  if (complete_) return State::kMore;
  if (line.starts_with("HTTP/")) {
    start_response(line);
    return State::kMore;
  }
  if (line.empty() || line == "\r\n" || line == "\n") {
    complete_ = status_ >= 200;
    return complete_ ? State::kComplete : State::kMore;
  }
  if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    keep(line.substr(0, colon), line.substr(colon + 1));
  }
  return State::kMore;
}

void HeadParser::keep(std::string_view name, std::string_view value) {
  const auto is = [name](std::string_view wanted) { return equal_ignoring_case(name, wanted); };
  switch (name.size()) {  // most lines are dismissed by their length
    case 3:
      if (is("age")) store(age_, trim(value), Repeated::kFirst);
      break;
    case 4:
      if (is("date")) store(date_, trim(value), Repeated::kFirst);
      if (is("link")) store(link_, trim(value), Repeated::kJoin);
      break;
    case 7:
      if (is("expires")) store(expires_, trim(value), Repeated::kFirst);
      if (is("refresh")) store(refresh_, trim(value), Repeated::kFirst);
      break;
    case 8:
      if (is("location")) store(location_, trim(value), Repeated::kFirst);
      break;
    case 11:
      if (is("retry-after")) store(retry_after_, trim(value), Repeated::kLast);
      break;
    case 12:
      if (is("content-type")) store(content_type_, trim(value), Repeated::kLast);
      if (is("x-robots-tag")) store(x_robots_tag_, trim(value), Repeated::kJoinLines);
      break;
    case 13:
      if (is("cache-control")) store(cache_control_, trim(value), Repeated::kJoin);
      break;
    default:
      break;
  }
}

ResponseHead HeadParser::head() const {
  return {status_,  content_type_, location_, retry_after_, cache_control_, x_robots_tag_, link_,
          refresh_, expires_,      date_,     age_};
}

}  // namespace wswp::net
