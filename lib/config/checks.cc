#include "config/checks.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <re2/re2.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace wswp::config {
namespace {

constexpr std::size_t kMaxSocketPath = sizeof(sockaddr_un::sun_path) - 1;
constexpr std::array<std::string_view, 6> kProxySchemes = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
constexpr std::string_view kProxyForm =
    "\"scheme://[user:password@]host[:port]\" with http, https, socks4, socks4a, socks5 or socks5h";
constexpr std::string_view kSizeForm = "a whole number of bytes or one with the unit B, KiB, MiB or GiB";

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

template <class Address>
bool is_address(int family, std::string_view text) {
  Address address{};
  return ::inet_pton(family, std::string(text).c_str(), &address) == 1;
}
bool is_ipv4(std::string_view text) {
  return is_address<in_addr>(AF_INET, text);
}
bool is_ipv6(std::string_view text) {
  return is_address<in6_addr>(AF_INET6, text);
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

/// Letters, digits, '-', '_' and dots that separate non-empty labels; also covers IPv4.
bool is_host_name(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; });
}

struct Authority {
  std::string_view host;   // without brackets
  bool bracketed = false;  // so an IPv6 address
  std::optional<std::string_view> port;
};

/// "host", "host:port", "[v6]" or "[v6]:port"; nothing: brackets or colons are out of place. Parts are not yet checked.
std::optional<Authority> split_authority(std::string_view text) {
  Authority authority;
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    authority.host = text.substr(1, close - 1);
    authority.bracketed = true;
    rest = text.substr(close + 1);
  } else {
    const std::size_t colon = text.find(':');
    authority.host = text.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
  }
  if (rest.empty()) return authority;
  if (!rest.starts_with(':')) return std::nullopt;
  authority.port = rest.substr(1);
  return authority;
}

bool is_host(const Authority& authority) {
  return authority.bracketed ? is_ipv6(authority.host) : is_host_name(authority.host);
}

Error wrong(std::string_view expected, std::string_view text) {
  return Error{fmt::format("must be {}, not \"{}\"", expected, text)};
}

constexpr std::array<std::pair<std::string_view, unsigned>, 4> kUnits = {
    {{"GiB", 30}, {"MiB", 20}, {"KiB", 10}, {"B", 0}}};

}  // namespace

Result<> check_absolute_path(std::string_view path) {
  if (!path.starts_with('/') || path.find('\0') != std::string_view::npos) return wrong("an absolute path", path);
  return {};
}

Result<> check_socket_path(std::string_view path) {
  if (auto absolute = check_absolute_path(path); !absolute) return absolute;
  if (path.size() > kMaxSocketPath) {
    return Error{fmt::format("must be at most {} bytes, as the system allows for sockets; it has {}", kMaxSocketPath,
                             path.size())};
  }
  return {};
}

Result<> check_user_agent(std::string_view user_agent) {
  if (user_agent.empty()) return Error{"must not be empty"};
  if (!is_alpha(user_agent.front()) && user_agent.front() != '-' && user_agent.front() != '_') {
    return wrong("a name that begins with a product token of letters, '-' and '_', as \"wswp/1.0\"", user_agent);
  }
  if (!std::all_of(user_agent.begin(), user_agent.end(), [](char c) { return c >= ' ' && c <= '~'; })) {
    return Error{"must be printable ASCII"};
  }
  return {};
}

bool has_contact(std::string_view user_agent) {
  return user_agent.find("http://") != std::string_view::npos ||
         user_agent.find("https://") != std::string_view::npos || user_agent.find('@') != std::string_view::npos;
}

Result<> check_connect_to(std::string_view host_and_port) {
  if (host_and_port.empty()) return {};
  const auto authority = split_authority(host_and_port);
  if (!authority || !is_host(*authority) || !authority->port || !is_port(*authority->port)) {
    return wrong("\"host:port\" or empty", host_and_port);
  }
  return {};
}

Result<> check_proxy(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return wrong(kProxyForm, url);
  if (std::find(kProxySchemes.begin(), kProxySchemes.end(), url.substr(0, colon)) == kProxySchemes.end())
    return wrong(kProxyForm, url);
  std::string_view rest = url.substr(colon + 3);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  const auto authority = split_authority(rest);
  if (!authority || !is_host(*authority) || (authority->port && !is_port(*authority->port))) {
    return wrong(kProxyForm, url);
  }
  return {};
}

Result<> check_nameserver(std::string_view address) {
  if (is_ipv4(address) || is_ipv6(address)) return {};
  const auto authority = split_authority(address);
  const bool right = authority && (authority->bracketed ? is_ipv6(authority->host) : is_ipv4(authority->host)) &&
                     (!authority->port || is_port(*authority->port));
  if (!right) return wrong(R"(an IP address, "IPv4:port" or "[IPv6]:port")", address);
  return {};
}

Result<> check_link_regex(std::string_view regex) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 compiled(re2::StringPiece(regex.data(), regex.size()), options);
  if (!compiled.ok()) return Error{fmt::format("bad regular expression: {}", compiled.error())};
  return {};
}

Result<std::int64_t> parse_size(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return wrong(kSizeForm, text);
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  const auto* known = std::find_if(kUnits.begin(), kUnits.end(),
                                   [&](const auto& row) { return row.first == (unit.empty() ? "B" : unit); });
  if (known == kUnits.end() || number > (std::numeric_limits<std::int64_t>::max() >> known->second)) {
    return wrong(kSizeForm, text);
  }
  return number << known->second;
}

std::string format_size(std::int64_t bytes) {
  for (const auto& [unit, shift] : kUnits) {
    const std::int64_t scale = std::int64_t{1} << shift;
    if (bytes != 0 && bytes % scale == 0) return fmt::format("{} {}", bytes / scale, unit);
  }
  return fmt::format("{} B", bytes);
}

}  // namespace wswp::config
