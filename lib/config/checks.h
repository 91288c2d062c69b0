#pragma once
// What a text in the configuration must look like beyond being a text. Each returns an Error that says what is wrong
// with it, to be put behind the name of the key. Also for the same values where they come from elsewhere, as flags and
// requests. Pure functions; any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wswp::config {

Result<> check_absolute_path(std::string_view path);
/// An absolute path that fits into sockaddr_un (unix(7)).
Result<> check_socket_path(std::string_view path);
/// Begins with a product token (RFC 9309 2.2.1) and is a legal value of the User-Agent field: printable ASCII.
Result<> check_user_agent(std::string_view user_agent);
/// Whether a user agent says how to reach whoever runs the crawler: with a URL or an e-mail address.
bool has_contact(std::string_view user_agent);
/// Empty, "name:port", "1.2.3.4:port" or "[v6]:port".
Result<> check_connect_to(std::string_view host_and_port);
/// "scheme://[user[:password]@]host[:port][/]" with one of curl's proxy schemes; see endpoint_of_proxy().
Result<> check_proxy(std::string_view url);
/// "1.2.3.4", "1.2.3.4:port", "v6", "[v6]" or "[v6]:port".
Result<> check_nameserver(std::string_view address);
/// A regular expression of RE2 (https://github.com/google/re2/wiki/Syntax).
Result<> check_link_regex(std::string_view regex);

/// "10 MiB", "512 KiB", "1GiB", "4096", "4096 B" → bytes. Whole numbers and binary units only.
Result<std::int64_t> parse_size(std::string_view text);
/// The reverse, with the largest unit that leaves a whole number: "10 MiB".
std::string format_size(std::int64_t bytes);

}  // namespace wswp::config
