#pragma once
// The name under which a crawler looks for its group in robots.txt (RFC 9309 2.2.1). Pure.

#include <string>
#include <string_view>

namespace wswp::robots {

/// The letters, '_' and '-' that `user_agent` begins with: "wswp/1.0 (+https://example.org/)" → "wswp". One that
/// presents itself as a browser is known by what it is compatible as: "Mozilla/5.0 (compatible; mybot/2.1; …)" →
/// "mybot". Empty: it has no product token, and only the groups of "*" could ever apply.
std::string product_token(std::string_view user_agent);

/// Whether the value of a user-agent line names `token`: case does not matter, and what follows the line's own token
/// ("wswp/1.0", "wswp bot") is ignored.
bool names_token(std::string_view user_agent_value, std::string_view token);

/// Whether the value of a user-agent line names everyone: "*", also with more behind a blank.
bool names_everyone(std::string_view user_agent_value);

}  // namespace wswp::robots
