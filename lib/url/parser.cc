// The states of the standard's parser (https://url.spec.whatwg.org/#url-parsing) that http and https can reach, as one
// function each. The fragment is cut off first: no state after it can change what stands before.

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "url/bytes.h"
#include "url/host.h"
#include "url/path.h"
#include "url/percent.h"
#include "url/url.h"

namespace wswp::url {

namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

bool is_slash(char c) {
  return c == '/' || c == '\\';
}
bool is_c0_or_space(char c) {
  return static_cast<std::uint8_t>(c) <= 0x20;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_c0_or_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_c0_or_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string without_tabs_and_newlines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (!is_a(c, kTabOrNewline)) out += c;
  return out;
}

/// The length of a leading "scheme" before ':', or 0.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_alpha(text[0])) return 0;
  std::size_t length = 1;
  while (length < text.size() && is_a(text[length], kSchemeByte)) ++length;
  return length < text.size() && text[length] == ':' ? length : 0;
}

/// `scheme` is compared without regard to case.
bool is_scheme(std::string_view scheme, std::string_view lower) {
  if (scheme.size() != lower.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if (to_lower(scheme[i]) != lower[i]) return false;
  return true;
}

}  // namespace

/// Builds one Url; lives for one call of parse_into().
class Parser {
 public:
  Parser(const Url* base, Url& out) : base_(base), url_(out), href_(out.href_) { clear(); }

  Problem run(std::string_view input) {
    const Problem problem = scheme_state(input);
    if (problem == Problem::kNone && href_.size() <= kMaxLength) return Problem::kNone;
    clear();
    return problem == Problem::kNone ? Problem::kTooLong : problem;
  }

  /// A target, or the base's origin and a target, that can be copied as it is, as most links are. False: it has to be
  /// parsed.
  bool take_target(std::string_view input) {
    const std::string_view origin = base_->origin();
    if (input.starts_with(origin)) input.remove_prefix(origin.size());
    if (!input.starts_with('/') || input.starts_with("//") || origin.size() + input.size() > kMaxLength) return false;
    const std::size_t path_end = std::min(input.find('?'), input.size());
    if (!is_canonical_path(input.substr(1, path_end - 1))) return false;
    if ((classes_of(input.substr(path_end)) & kEncodeInQuery) != 0) return false;
    take_from_base(origin.size());
    href_.append(input);
    return true;
  }

 private:
  void clear() {
    href_.clear();
    url_.scheme_end_ = url_.host_end_ = url_.origin_end_ = 0;
    url_.port_ = 0;
  }

  Problem scheme_state(std::string_view text) {
    const std::size_t length = scheme_length(text);
    if (length == 0) return base_ == nullptr ? Problem::kNoScheme : relative_state(text);
    const std::string_view scheme = text.substr(0, length);
    const bool https = is_scheme(scheme, "https");
    if (!https && !is_scheme(scheme, "http")) return Problem::kOtherScheme;
    text.remove_prefix(length + 1);
    const std::string_view canonical = https ? "https" : "http";
    if (base_ != nullptr && base_->scheme() == canonical && !text.starts_with("//")) return relative_state(text);
    return authority_state(canonical, text);
  }

  Problem relative_state(std::string_view text) {
    if (!text.empty() && is_slash(text[0])) {
      if (text.size() > 1 && is_slash(text[1])) return authority_state(base_->scheme(), text);
      take_from_base(base_->origin_end_);
      return path_state(text.substr(1));
    }
    if (text.empty()) {
      take_from_base(base_->href_.size());
      return Problem::kNone;
    }
    const std::size_t path_end = std::min(base_->href_.find('?', base_->origin_end_), base_->href_.size());
    if (text[0] == '?') {
      take_from_base(path_end);
      return query_state(text.substr(1));
    }
    take_from_base(base_->href_.rfind('/', path_end - 1));
    return path_state(text);
  }

  /// The first `length` bytes of the base, which reach at least to the end of its origin.
  void take_from_base(std::size_t length) {
    href_.assign(base_->href_, 0, length);
    url_.scheme_end_ = base_->scheme_end_;
    url_.host_end_ = base_->host_end_;
    url_.origin_end_ = base_->origin_end_;
    url_.port_ = base_->port_;
  }

  /// `text` is what follows "http:": any number of slashes, credentials, host, port and the rest.
  Problem authority_state(std::string_view scheme, std::string_view text) {
    while (!text.empty() && is_slash(text[0])) text.remove_prefix(1);
    std::size_t end = 0;
    while (end < text.size() && !is_a(text[end], kEndsAuthority)) ++end;
    std::string_view authority = text.substr(0, end);
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) authority.remove_prefix(at + 1);

    const std::size_t colon = port_colon(authority);
    url_.scheme_end_ = static_cast<std::uint32_t>(scheme.size());
    href_.append(scheme).append("://");
    const Problem problem = append_host(authority.substr(0, colon), href_);
    if (problem != Problem::kNone) return problem;
    if (href_.size() > kMaxLength) return Problem::kTooLong;
    url_.host_end_ = static_cast<std::uint32_t>(href_.size());
    if (!port_state(colon == authority.size() ? std::string_view() : authority.substr(colon + 1)))
      return Problem::kPort;
    url_.origin_end_ = static_cast<std::uint32_t>(href_.size());

    text.remove_prefix(end);
    if (text.empty() || text[0] == '?') {
      href_ += '/';
      return text.empty() ? Problem::kNone : query_state(text.substr(1));
    }
    return path_state(text.substr(1));
  }

  /// Where the ':' before the port stands, not one inside brackets; the size of `authority` where there is none.
  static std::size_t port_colon(std::string_view authority) {
    bool inside_brackets = false;
    for (std::size_t i = 0; i < authority.size(); ++i) {
      const char c = authority[i];
      if (c == ':' && !inside_brackets) return i;
      if (c == '[') inside_brackets = true;
      if (c == ']') inside_brackets = false;
    }
    return authority.size();
  }

  /// `digits` may be empty: "http://host:/" means the default port.
  bool port_state(std::string_view digits) {
    const std::uint16_t default_port = url_.scheme_end_ == 5 ? kHttpsPort : kHttpPort;
    url_.port_ = default_port;
    if (digits.empty()) return true;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), url_.port_);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) return false;
    if (url_.port_ != default_port) href_.append(":").append(std::to_string(url_.port_));
    return true;
  }

  /// `text` is what follows the '/' before its first segment: path and query.
  Problem path_state(std::string_view text) {
    const std::size_t question = text.find('?');
    append_path(text.substr(0, question), url_.origin_end_, href_);
    return question == std::string_view::npos ? Problem::kNone : query_state(text.substr(question + 1));
  }

  Problem query_state(std::string_view text) {
    href_ += '?';
    append_encoded(text, kEncodeInQuery, href_);
    return Problem::kNone;
  }

  const Url* base_;
  Url& url_;
  std::string& href_;
};

Problem parse_into(std::string_view input, const Url* base, Url& out) {
  Parser parser(base, out);
  if (base != nullptr && parser.take_target(input)) return Problem::kNone;
  input = trimmed(input);
  input = input.substr(0, input.find('#'));
  if ((classes_of(input) & kTabOrNewline) != 0) return parser.run(without_tabs_and_newlines(input));
  return parser.run(input);
}

}  // namespace wswp::url
