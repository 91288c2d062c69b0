#include "robots/product_token.h"

#include <algorithm>

#include "robots/ascii.h"

namespace wswp::robots {
namespace {

std::string_view leading_token(std::string_view text) {
  const auto* end =
      std::find_if_not(text.begin(), text.end(), [](char c) { return is_alpha(c) || c == '_' || c == '-'; });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// "mybot/2.1; …)" of "Mozilla/5.0 (compatible; mybot/2.1; …)"; empty for what is not of that form.
std::string_view after_compatible(std::string_view user_agent) {
  constexpr std::string_view kBrowser = "Mozilla/";
  constexpr std::string_view kCompatible = "compatible;";
  if (!starts_with_ignoring_case(user_agent, kBrowser)) return {};
  const std::string_view comment = user_agent.substr(std::min(user_agent.find('('), user_agent.size() - 1) + 1);
  return starts_with_ignoring_case(comment, kCompatible) ? trim(comment.substr(kCompatible.size()))
                                                         : std::string_view();
}

}  // namespace

std::string product_token(std::string_view user_agent) {
  const std::string_view token = leading_token(after_compatible(user_agent));
  return std::string(token.empty() ? leading_token(user_agent) : token);
}

bool names_token(std::string_view user_agent_value, std::string_view token) {
  return !token.empty() && equal_ignoring_case(leading_token(user_agent_value), token);
}

bool names_everyone(std::string_view user_agent_value) {
  return user_agent_value.starts_with('*') && (user_agent_value.size() == 1 || is_blank(user_agent_value[1]));
}

}  // namespace wswp::robots
