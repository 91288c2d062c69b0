#include "list/site.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

#include "base/scheme.h"
#include "list/ascii.h"

namespace wswp::list {

namespace {

constexpr std::string_view kNotName = "not a domain name: ";
constexpr std::string_view kNotUrl = "not a URL: ";

// RFC 1035, section 2.3.4.
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxName = 253;

bool is_control(char c) {
  return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7F;
}
bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Letters, digits and hyphens are names of hosts (RFC 1123, section 2.1); '_' is found in many real ones.
bool is_name_character(char c) {
  return is_lower_or_digit(to_lower(c)) || c == '-' || c == '_' || c == '.';
}

/// An address, in the canonical form a Url has.
bool is_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What makes a network of the IPv4 address before it: "/24" (RFC 4632, section 3.1).
bool is_prefix_length(std::string_view text) {
  unsigned bits = 0;
  const char* const end = text.data() + text.size();
  if (!text.starts_with('/')) return false;
  const auto [stop, error] = std::from_chars(text.data() + 1, end, bits);
  return error == std::errc() && stop == end && bits <= 32;
}

/// What is wrong with a canonical host name for DNS; empty: nothing.
std::string_view name_problem(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.size() > kMaxName) return "longer than 253 characters";
  for (bool last = false; !last;) {
    const std::size_t dot = host.find('.');
    last = dot == std::string_view::npos;
    const std::string_view label = host.substr(0, dot);
    if (label.empty()) return "a label is empty";
    if (label.size() > kMaxLabel) return "a label is longer than 63 characters";
    host.remove_prefix(last ? host.size() : dot + 1);
  }
  return {};
}

}  // namespace

bool SiteParser::parse(std::string_view text) {
  if (names_scheme(text)) return parse_url(text);
  if (text.starts_with("//")) return fail(kNotUrl, "its scheme is missing: write http:// or https://");
  if (text.starts_with('/')) return fail(kNotUrl, "it is a path without a host");
  return parse_name(text);
}

bool SiteParser::parse_url(std::string_view text) {
  const url::Problem problem = url::parse_into(text, nullptr, url_);
  if (problem != url::Problem::kNone) return fail(kNotUrl, url::describe(problem));
  return check_host();
}

bool SiteParser::parse_name(std::string_view text) {
  const std::string_view authority = text.substr(0, text.find_first_of("/?#\\"));
  const std::string_view name = authority.substr(0, authority.find(':'));
  if (name.empty()) return fail(kNotName, "empty");
  if (std::any_of(authority.begin(), authority.end(), is_control)) return fail(kNotName, "it has a control character");
  if (authority.find('@') != std::string_view::npos) return fail(kNotName, "it has a '@'");
  if (name.find('[') != std::string_view::npos) return fail(kNotName, "it has a '['");

  http_.assign("http://").append(text);
  const url::Problem problem = url::parse_into(http_, nullptr, url_);
  if (problem == url::Problem::kHostCharacter) return check_characters(name) && fail(kNotName, url::describe(problem));
  if (problem != url::Problem::kNone) return fail(kNotName, url::describe(problem));
  if (!check_host()) return false;
  const std::string_view host = url_.host();
  const bool address = is_address(host);
  // Dots of the name itself: "12" has none, and yet is the address 0.0.0.12 to a browser.
  if ((address ? name : host).find('.') == std::string_view::npos) return fail(kNotName, "no dot");
  // "1.5" is an address too; in a list it is a number.
  if (address && !name.starts_with(host)) return fail(kNotName, "a number");
  if (address && is_prefix_length(text.substr(authority.size()))) return fail(kNotName, "a network, not an address");
  return true;
}

bool SiteParser::check_host() {
  const std::string_view host = url_.host();
  if (is_address(host)) return true;
  if (!check_characters(host)) return false;
  const std::string_view problem = name_problem(host);
  return problem.empty() || fail(kNotName, problem);
}

/// Fails with the first ASCII character that no name has.
bool SiteParser::check_characters(std::string_view name) {
  const auto* const bad = std::find_if(
      name.begin(), name.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x80 && !is_name_character(c); });
  return bad == name.end() || fail(kNotName, *bad == ' ' ? "it has a blank" : fmt::format("it has a '{}'", *bad));
}

bool SiteParser::fail(std::string_view kind, std::string_view why) {
  reason_.assign(kind).append(why);
  return false;
}

}  // namespace wswp::list
