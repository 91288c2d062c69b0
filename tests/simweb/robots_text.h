#pragma once
// The rules a site's robots.txt states: their text, and what they mean for a request. The meaning is known from the
// kind and not read from the text, so that it can judge a parser. Pure; any thread.

#include <string>
#include <string_view>

#include "simweb/behaviour.h"

namespace wswp::simweb {

/// The product token of the groups of robots_agent_disallowed and robots_agent_allowed.
inline constexpr std::string_view kNamedAgent = "wswp";

enum class Rules : std::uint8_t {
  kAllowAll,
  kDisallowAll,
  kDisallowPrivate,  // /private/…
  kAgentDisallowed,  // kNamedAgent nothing, others everything
  kAgentAllowed,     // kNamedAgent everything but /private/, others nothing
};

/// What the text of robots.txt says where it is served with 200.
Rules rules_of(RobotsKind kind);

/// Whether `agent` (a product token) may request `target`.
bool allows(Rules rules, std::string_view agent, std::string_view target);

/// Appends the text. `crawl_delay` in seconds, as it shall be spelled.
void append_robots(std::string& out, RobotsKind kind, std::string_view crawl_delay);

}  // namespace wswp::simweb
