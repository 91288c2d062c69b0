#include "html/mime.h"

#include <algorithm>
#include <array>

#include "html/ascii.h"
#include "html/encoding_sniffer.h"

namespace wswp::html {

namespace {

// https://mimesniff.spec.whatwg.org/#http-token-code-point
bool is_token(std::string_view text) {
  constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [=](char c) {
    return is_alnum(c) || kSymbols.find(c) != std::string_view::npos;
  });
}

// Takes the value of a parameter off the front of `rest`, up to the ';' after it.
std::string take_value(std::string_view& rest) {
  std::string value;
  if (rest.empty() || rest.front() != '"') {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    value = trim_space(rest.substr(0, end));
    rest.remove_prefix(end);
    return value;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
    value += rest[i];
  }
  rest.remove_prefix(std::min(rest.find(';', std::min(i, rest.size())), rest.size()));
  return value;
}

// Starts of HTML before white space or '>'
// (https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type, which accepts a space or '>' only and
// thus misses "<html" at the end of a line).
constexpr std::array<std::string_view, 16> kHtmlStarts = {
    "<!doctype html", "<html", "<head",  "<script", "<iframe", "<h1",   "<div", "<font",
    "<table",         "<a",    "<style", "<title",  "<b",      "<body", "<br",  "<p"};

}  // namespace

MimeType parse_mime_type(std::string_view content_type) {
  MimeType mime;
  const std::size_t essence_end = std::min(content_type.find(';'), content_type.size());
  const std::string_view essence = trim_space(content_type.substr(0, essence_end));
  const std::size_t slash = essence.find('/');
  if (slash == std::string_view::npos || !is_token(essence.substr(0, slash)) || !is_token(essence.substr(slash + 1))) {
    return mime;
  }
  mime.essence = lower_copy(essence);
  std::string_view rest = content_type.substr(essence_end);
  while (!rest.empty()) {
    rest = skip_space(rest.substr(1));  // past the ';'
    const std::size_t name_end = std::min(rest.find_first_of(";="), rest.size());
    const std::string_view name = rest.substr(0, name_end);
    rest.remove_prefix(name_end);
    if (rest.empty() || rest.front() == ';') continue;
    rest.remove_prefix(1);  // the '='
    const std::string value = take_value(rest);
    if (mime.charset.empty() && equals_lower(name, "charset")) mime.charset = lower_copy(value);
  }
  return mime;
}

bool is_html(std::string_view content_type) {
  const std::string essence = parse_mime_type(content_type).essence;
  return essence == "text/html" || essence == "application/xhtml+xml";
}

bool looks_like_html(std::string_view head) {
  head.remove_prefix(find_byte_order_mark(head).size);
  head = skip_space(head);
  if (head.starts_with("<!--")) return true;
  return std::any_of(kHtmlStarts.begin(), kHtmlStarts.end(), [head](std::string_view start) {
    return head.size() > start.size() && starts_with_lower(head, start) &&
           (is_space(head[start.size()]) || head[start.size()] == '>');
  });
}

}  // namespace wswp::html
