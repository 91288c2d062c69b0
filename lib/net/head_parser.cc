#include "net/head_parser.h"

#include <charconv>
#include <utility>

#include "base/ascii.h"

namespace wswp::net {
namespace {

enum class Repeated { kFirst, kLast, kJoin, kJoinLines };

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

void store(std::string& field, std::string_view value, Repeated repeated) {
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
  complete_ = at_first_field_ = bad_location_ = lengths_differ_ = transfer_coded_ = false;
  size_ = 0;
  unfinished_ = nullptr;
  for (std::string* field : {&content_type_, &location_, &retry_after_, &cache_control_, &x_robots_tag_, &link_,
                             &refresh_, &expires_, &date_, &age_, &length_}) {
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
  if (size_ > kMaxHead) return State::kMalformed;
  if (complete_) return State::kMore;
  if (line.starts_with("HTTP/")) {
    start_response(line);
    at_first_field_ = true;
    return State::kMore;
  }
  const bool first_field = std::exchange(at_first_field_, false);
  if (line.empty() || line == "\r\n" || line == "\n") return end_of_head();
  if (line.front() == ' ' || line.front() == '\t') {
    if (first_field) return State::kMalformed;
    go_on(trim(line));
    return State::kMore;
  }
  unfinished_ = nullptr;
  if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    keep(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  }
  return State::kMore;
}

HeadParser::State HeadParser::end_of_head() {
  if (status_ < 200) return State::kMore;
  if (lengths_differ_ && !transfer_coded_) return State::kMalformed;
  complete_ = true;
  return State::kComplete;
}

void HeadParser::keep(std::string_view name, std::string_view value) {
  const auto take = [&](std::string_view wanted, std::string& field, Repeated repeated) {
    if (!equal_ignoring_case(name, wanted)) return;
    if (repeated == Repeated::kFirst && !field.empty()) return;
    store(field, value, repeated);
    unfinished_ = &field;
  };
  switch (name.size()) {  // most lines are dismissed by their length
    case 3:
      take("age", age_, Repeated::kFirst);
      break;
    case 4:
      take("date", date_, Repeated::kFirst);
      take("link", link_, Repeated::kJoin);
      break;
    case 7:
      take("expires", expires_, Repeated::kFirst);
      take("refresh", refresh_, Repeated::kFirst);
      break;
    case 8:
      if (equal_ignoring_case(name, "location")) keep_location(value);
      break;
    case 11:
      take("retry-after", retry_after_, Repeated::kLast);
      break;
    case 12:
      take("content-type", content_type_, Repeated::kJoin);
      take("x-robots-tag", x_robots_tag_, Repeated::kJoinLines);
      break;
    case 13:
      take("cache-control", cache_control_, Repeated::kJoin);
      break;
    case 14:
      if (equal_ignoring_case(name, "content-length")) keep_length(value);
      break;
    case 17:
      transfer_coded_ = transfer_coded_ || equal_ignoring_case(name, "transfer-encoding");
      break;
    default:
      break;
  }
}

void HeadParser::keep_location(std::string_view value) {
  if (location_.empty()) {
    bad_location_ = bad_location_ || value.size() > kMaxValue;
    store(location_, value, Repeated::kFirst);
    unfinished_ = &location_;
  } else {
    bad_location_ = bad_location_ || value != location_;
  }
}

/// The same length many times is one (RFC 9110 8.6).
void HeadParser::keep_length(std::string_view value) {
  for (bool last = false; !last;) {
    const auto comma = value.find(',');
    last = comma == std::string_view::npos;
    const std::string_view length = trim(value.substr(0, comma));
    lengths_differ_ = lengths_differ_ || (!length_.empty() && length_ != length);
    if (length_.empty()) store(length_, length, Repeated::kFirst);
    value.remove_prefix(last ? value.size() : comma + 1);
  }
}

void HeadParser::go_on(std::string_view value) {
  if (unfinished_ == nullptr) return;
  if (unfinished_->size() + 1 + value.size() > kMaxValue) {
    bad_location_ = bad_location_ || unfinished_ == &location_;
    unfinished_->clear();
    unfinished_ = nullptr;
    return;
  }
  if (!unfinished_->empty()) unfinished_->append(1, ' ');
  unfinished_->append(value);
}

ResponseHead HeadParser::head() const {
  return {complete_ ? status_ : 0, bad_location_, content_type_, location_, retry_after_, cache_control_,
          x_robots_tag_,           link_,         refresh_,      expires_,  date_,        age_};
}

}  // namespace wswp::net
