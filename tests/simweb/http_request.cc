#include "simweb/http_request.h"

#include <strings.h>

#include <charconv>

namespace wswp::simweb {
namespace {

bool same(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && strncasecmp(text.data(), lower.data(), text.size()) == 0;
}

bool contains(std::string_view text, std::string_view lower) {
  for (std::size_t at = 0; at + lower.size() <= text.size(); ++at) {
    if (same(text.substr(at, lower.size()), lower)) return true;
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool parse_request_line(std::string_view line, HttpRequest& request) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || last <= first + 1) return false;
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  request.is_http_1_0 = version == "HTTP/1.0";
  request.keep_alive = !request.is_http_1_0;
  return version.starts_with("HTTP/1.");
}

bool parse_header(std::string_view line, HttpRequest& request) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (same(name, "host"))
    request.authority = value;
  else if (same(name, "user-agent"))
    request.user_agent = value;
  else if (same(name, "accept-encoding"))
    request.accepts_gzip = contains(value, "gzip");
  else if (same(name, "connection")) {
    if (contains(value, "close"))
      request.keep_alive = false;
    else if (contains(value, "keep-alive"))
      request.keep_alive = true;
  } else if (same(name, "content-length")) {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), request.body_bytes);
    return error == std::errc() && end == value.data() + value.size();
  }
  return true;
}

}  // namespace

ParseState parse_request(std::string_view bytes, HttpRequest& request, std::size_t& head_bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    return bytes.size() > kMaxHeadBytes ? ParseState::kBad : ParseState::kIncomplete;
  }
  if (end > kMaxHeadBytes) return ParseState::kBad;
  head_bytes = end + 4;
  request = HttpRequest{};
  std::string_view head = bytes.substr(0, end + 2);
  bool is_first = true;
  while (!head.empty()) {
    const std::size_t line_end = head.find("\r\n");
    const std::string_view line = head.substr(0, line_end);
    head.remove_prefix(line_end + 2);
    if (!(is_first ? parse_request_line(line, request) : parse_header(line, request))) return ParseState::kBad;
    is_first = false;
  }
  return request.target.starts_with("/") || request.target.starts_with("http://") ? ParseState::kComplete
                                                                                  : ParseState::kBad;
}

}  // namespace wswp::simweb
