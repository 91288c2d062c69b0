#include "daemon/api/router.h"

#include <fmt/format.h>

namespace wswp::api {
namespace {

/// Takes the text up to the next '/' off the front.
std::string_view take_segment(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return segment;
}

}  // namespace

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  std::vector<std::string> parameters;
  if (path.ends_with('/') != pattern.ends_with('/')) return std::nullopt;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = take_segment(pattern);
    const std::string_view segment = take_segment(path);
    if (expected == "{}" && !segment.empty()) {
      parameters.emplace_back(segment);
    } else if (expected != segment) {
      return std::nullopt;
    }
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return parameters;
}

Answer Router::answer(Context& context, Request& request) const {
  std::string allowed;
  for (const Route& route : routes_) {
    auto parameters = match(route.pattern, request.path);
    if (!parameters) continue;
    if (route.method == request.method) {
      request.parameters = std::move(*parameters);
      return route.handler(context, request);
    }
    allowed += (allowed.empty() ? "" : ", ") + route.method;
  }
  if (allowed.empty()) return error_response(404, "not_found", fmt::format("there is nothing at {}", request.path));
  Response response = error_response(405, "method_not_allowed", fmt::format("{} takes {} only", request.path, allowed));
  response.allow = std::move(allowed);
  return response;
}

}  // namespace wswp::api
