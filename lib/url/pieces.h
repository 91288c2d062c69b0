#pragma once
// The parts of a URL's target, one after the other. Pure, any thread.

#include <cstddef>
#include <string_view>

namespace wswp::url {

/// Path and query, without the '?', of what Url::target() gives.
struct Target {
  std::string_view path;
  std::string_view query;
};
inline Target split_target(std::string_view target) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return {target, {}};
  return {target.substr(0, question), target.substr(question + 1)};
}

/// Calls `visit` with each non-empty piece of `text` between separators, until it answers false. Whether it never did.
template <class Visit>
bool for_each_piece(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find(separator));
    text.remove_prefix(piece.size() + (piece.size() < text.size() ? 1 : 0));
    if (!piece.empty() && !visit(piece)) return false;
  }
  return true;
}

/// "name=value" of a query; without '=' it is all name.
struct Parameter {
  std::string_view name;
  std::string_view value;
};
inline Parameter split_parameter(std::string_view piece) {
  const std::size_t equals = piece.find('=');
  if (equals == std::string_view::npos) return {piece, {}};
  return {piece.substr(0, equals), piece.substr(equals + 1)};
}

}  // namespace wswp::url
