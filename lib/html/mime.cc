#include "html/mime.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/utf8.h"
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

// https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point, of a byte that stands for a code point.
bool is_quoted_token(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

constexpr std::string_view kHttpSpace = "\t\n\r ";  // https://fetch.spec.whatwg.org/#http-whitespace

std::string_view trim_http_space(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kHttpSpace);
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(begin, text.find_last_not_of(kHttpSpace) + 1 - begin);
}

// Where the quoted string that `text` begins with ends: behind its closing quote, or at the end.
std::size_t quoted_end(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return text.size();
}

// https://fetch.spec.whatwg.org/#collect-an-http-quoted-string: takes it off the front of `text`.
std::string take_quoted(std::string_view& text) {
  std::string_view quoted = text.substr(0, quoted_end(text));
  text.remove_prefix(quoted.size());
  std::string value;
  for (std::size_t i = 1; i < quoted.size() && quoted[i] != '"'; ++i) {
    if (quoted[i] == '\\' && i + 1 < quoted.size()) ++i;
    value += quoted[i];
  }
  return value;
}

// One value of the header; see MimeType.
struct ParsedType {
  std::string essence;
  std::optional<std::string> charset;
};

// Takes the next parameter, behind its ';', off the front of `rest`.
void take_parameter(std::string_view& rest, ParsedType& type) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kHttpSpace), rest.size()));
  const std::string_view name = rest.substr(0, rest.find_first_of(";="));
  rest.remove_prefix(name.size());
  if (!rest.starts_with('=')) return;
  rest.remove_prefix(1);
  std::string value;
  const bool quoted = rest.starts_with('"');
  if (quoted) value = take_quoted(rest);
  const std::string_view unquoted = rest.substr(0, rest.find(';'));
  rest.remove_prefix(unquoted.size());
  if (!quoted) value = trim_http_space(unquoted);
  if (type.charset || !equals_lower(name, "charset") || (!quoted && value.empty())) return;
  if (!std::all_of(value.begin(), value.end(), is_quoted_token)) return;
  std::string& charset = type.charset.emplace();
  for (const char c : value) append_utf8(static_cast<unsigned char>(to_lower(c)), charset);
}

// https://mimesniff.spec.whatwg.org/#parsing-a-mime-type; an empty essence: failure.
ParsedType parse(std::string_view value) {
  ParsedType type;
  const std::size_t essence_end = std::min(value.find(';'), value.size());
  const std::string_view essence = trim_http_space(value.substr(0, essence_end));
  const std::size_t slash = essence.find('/');
  if (slash == std::string_view::npos || !is_token(essence.substr(0, slash)) || !is_token(essence.substr(slash + 1))) {
    return type;
  }
  type.essence = lower_copy(essence);
  std::string_view rest = value.substr(essence_end);
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the ';'
    take_parameter(rest, type);
  }
  return type;
}

// https://fetch.spec.whatwg.org/#header-value-get-decode-and-split: takes the value before the next comma that is in no
// quoted string off the front of `values`, and that comma.
std::string_view take_value(std::string_view& values) {
  std::size_t end = 0;
  while (end < values.size() && values[end] != ',') {
    end += values[end] == '"' ? quoted_end(values.substr(end)) : 1;
  }
  const std::string_view value = values.substr(0, end);
  values.remove_prefix(std::min(end + 1, values.size()));
  return value;
}

constexpr std::string_view kAnyType = "*/*";
constexpr std::array<std::string_view, 2> kUnknownTypes = {"unknown/unknown", "application/unknown"};

// Starts of HTML before white space or '>'
// (https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type, which accepts a space or '>' only and
// thus misses "<html" at the end of a line).
constexpr std::array<std::string_view, 16> kHtmlStarts = {
    "<!doctype html", "<html", "<head",  "<script", "<iframe", "<h1",   "<div", "<font",
    "<table",         "<a",    "<style", "<title",  "<b",      "<body", "<br",  "<p"};

}  // namespace

MimeType extract_mime_type(std::string_view content_type) {
  ParsedType found;
  std::optional<std::string> charset;  // of the first of those of the same essence
  while (!content_type.empty()) {
    ParsedType type = parse(take_value(content_type));
    if (type.essence.empty() || type.essence == kAnyType) continue;
    if (type.essence != found.essence) charset = type.charset;
    if (!type.charset) type.charset = charset;
    found = std::move(type);
  }
  return {std::move(found.essence), std::move(found.charset).value_or("")};
}

bool is_html(std::string_view essence) {
  return essence == "text/html" || essence == "application/xhtml+xml";
}

bool is_unknown(std::string_view essence) {
  return essence.empty() || std::find(kUnknownTypes.begin(), kUnknownTypes.end(), essence) != kUnknownTypes.end();
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
