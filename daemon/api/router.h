#pragma once
// Which resource answers which method and path. Built once, then read by any thread.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/api/http.h"

namespace wswp::api {

class Context;

using Handler = std::function<Answer(Context&, const Request&)>;

struct Route {
  std::string method;
  std::string pattern;  // "/v1/crawls/{}/urls": {} stands for one segment that is not empty
  Handler handler;
};

class Router {
 public:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

  /// Fills request.parameters and asks the resource; 404 and 405 where there is none.
  Answer answer(Context& context, Request& request) const;

 private:
  std::vector<Route> routes_;
};

/// What the {} of `pattern` stand for in `path`; nothing where it does not match.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path);

}  // namespace wswp::api
