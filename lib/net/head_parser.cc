#include "net/head_parser.h"

#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "net/blank.h"

namespace wswp::net {
namespace {

enum class Repeated { kFirst, kLast, kJoin, kJoinLines };

/// Of a line, whose end goes as well.
constexpr std::string_view trim_line(std::string_view text) {
  return trim(text, [](char c) { return is_blank(c) || c == '\r' || c == '\n'; });
}

/// False: it was too long to be kept.
bool store(std::string& field, std::string_view value, Repeated repeated) {
  if (repeated == Repeated::kLast || field.empty()) {
    field.assign(value.size() <= HeadParser::kMaxValue ? value : std::string_view());
    return value.size() <= HeadParser::kMaxValue;
  }
  const std::string_view glue = repeated == Repeated::kJoin ? ", " : "\n";
  if (field.size() + glue.size() + value.size() > HeadParser::kMaxValue) return false;
  field.append(glue).append(value);
  return true;
}

/// "HTTP/2 200 ": libcurl's line for the header of an HTTP/2 response.
bool is_status_of_http2(std::string_view line) {
  constexpr std::string_view kStart = "HTTP/2 ", kEnd = " \r\n";
  return line.size() == kStart.size() + 3 + kEnd.size() && line.starts_with(kStart) && line.ends_with(kEnd);
}

}  // namespace

void HeadParser::forget_fields() {
  status_ = 0;
  bad_location_ = false;
  unfinished_ = nullptr;
  framing_.clear();
  for (std::string* field : {&content_type_, &location_, &retry_after_, &cache_control_, &x_robots_tag_, &link_,
                             &refresh_, &expires_, &date_, &age_, &cookies_}) {
    field->clear();
  }
}

void HeadParser::clear(bool may_be_http2) {
  forget_fields();
  complete_ = false;
  may_be_http2_ = may_be_http2;
  at_ = At::kStatusLine;
  size_ = 0;
}

HeadParser::State HeadParser::start_response(std::string_view line) {
  forget_fields();
  at_ = At::kFirstField;
  const bool http1 = line.starts_with("HTTP/1");
  if (!http1 && !(may_be_http2_ && is_status_of_http2(line))) return State::kMalformed;
  if (const auto space = line.find(' '); space != std::string_view::npos) {
    const std::string_view code = line.substr(space + 1, 3);
    std::from_chars(code.data(), code.data() + code.size(), status_);
  }
  return State::kMore;
}

HeadParser::State HeadParser::feed(std::string_view line) {
  size_ += line.size();
  if (size_ > kMaxHead) return State::kMalformed;
  if (complete_) return State::kMore;
  if (at_ == At::kStatusLine) return start_response(line);
  const bool first_field = std::exchange(at_, At::kFields) == At::kFirstField;
  if (line.empty() || line == "\r\n" || line == "\n") return end_of_head();
  if (line.front() == ' ' || line.front() == '\t') {
    if (first_field) return State::kMalformed;
    go_on(trim_line(line));
    return State::kMore;
  }
  unfinished_ = nullptr;
  if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    keep(trim_line(line.substr(0, colon)), trim_line(line.substr(colon + 1)));
  }
  return State::kMore;
}

HeadParser::State HeadParser::end_of_head() {
  at_ = At::kStatusLine;
  if (status_ < 200) return State::kMore;
  const bool bodiless = status_ == 204 || status_ == 304;
  if (!bodiless && (framing_.folded || !framing_.sound())) return State::kMalformed;
  complete_ = true;
  return State::kComplete;
}

void HeadParser::keep(std::string_view name, std::string_view value) {
  const auto take = [&](std::string_view wanted, std::string& field, Repeated repeated) {
    if (!equal_ignoring_case(name, wanted)) return;
    if (repeated == Repeated::kFirst && !field.empty()) return;
    const bool kept = store(field, value, repeated);
    framing_.too_long = framing_.too_long || (!kept && framing_.has(&field));
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
    case 10:
      if (equal_ignoring_case(name, "set-cookie")) keep_cookie(value);
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
      take("content-length", framing_.lengths, Repeated::kJoin);
      break;
    case 16:
      take("content-encoding", framing_.content_codings, Repeated::kJoin);
      break;
    case 17:
      take("transfer-encoding", framing_.transfer_codings, Repeated::kJoin);
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

void HeadParser::keep_cookie(std::string_view value) {
  value = trim_line(value.substr(0, value.find(';')));
  if (value.find('=', 1) == std::string_view::npos) return;  // a name is never empty
  if (cookies_.size() + value.size() + 2 > kMaxValue) return;
  if (!cookies_.empty()) cookies_.append("; ");
  cookies_.append(value);
}

void HeadParser::go_on(std::string_view value) {
  if (unfinished_ == nullptr) return;
  if (unfinished_->size() + 1 + value.size() > kMaxValue) {
    bad_location_ = bad_location_ || unfinished_ == &location_;
    framing_.too_long = framing_.too_long || framing_.has(unfinished_);
    unfinished_->clear();
    unfinished_ = nullptr;
    return;
  }
  if (value.empty()) return;
  framing_.folded = framing_.folded || framing_.has(unfinished_);
  if (!unfinished_->empty()) unfinished_->append(1, ' ');
  unfinished_->append(value);
}

ResponseHead HeadParser::head() const {
  return {complete_ ? status_ : 0,
          bad_location_,
          content_type_,
          location_,
          retry_after_,
          cache_control_,
          x_robots_tag_,
          link_,
          refresh_,
          expires_,
          date_,
          age_,
          cookies_};
}

}  // namespace wswp::net
