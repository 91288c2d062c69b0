#include "config/checks.h"

#include <re2/re2.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/endpoint.h"

namespace wswp::config {
namespace {

constexpr std::size_t kMaxSocketPath = sizeof(sockaddr_un::sun_path) - 1;
constexpr std::string_view kProxyForm =
    "\"scheme://[user:password@]host[:port]\" with http, https, socks4, socks4a, socks5 or socks5h, and with '/', '?', "
    "'#', '\\', '@' and blanks of user and password percent-encoded";
constexpr std::string_view kSizeForm = "a whole number of bytes or one with the unit B, KiB, MiB or GiB";

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
  if (host_and_port.empty() || endpoint_of_host_and_port(host_and_port)) return {};
  return wrong("\"host:port\" or empty", host_and_port);
}

Result<> check_proxy(std::string_view url) {
  if (endpoint_of_proxy(url)) return {};
  return wrong(kProxyForm, url);
}

Result<> check_nameserver(std::string_view address) {
  if (endpoint_of_name_server(address)) return {};
  return wrong(R"(an IP address, "IPv4:port" or "[IPv6]:port")", address);
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
