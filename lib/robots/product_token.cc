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

}  // namespace

std::string product_token(std::string_view user_agent) {
  return std::string(leading_token(user_agent));
}

bool names_token(std::string_view user_agent_value, std::string_view token) {
  return !token.empty() && equal_ignoring_case(leading_token(user_agent_value), token);
}

}  // namespace wswp::robots
