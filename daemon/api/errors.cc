// GET /v1/errors, GET /v1/crawls/{name}/errors: failures grouped by error.

#include "daemon/api/json.h"
#include "daemon/api/resources.h"

namespace wswp::api {

Answer get_errors(Context& context, const Request& request) {
  std::optional<std::string> crawl;
  if (!request.parameters.empty()) {
    crawl = request.parameters[0];
    if (!context.find_crawl(*crawl)) return no_such_crawl(*crawl);
  }
  Json errors = Json::array();
  const auto groups = context.long_reports().with([&](auto& reports) { return reports.errors(crawl); });
  for (const auto& group : groups)
    errors.push_back({{"error", group.error}, {"count", group.count}, {"example", group.example}});
  return json_response({{"errors", std::move(errors)}});
}

}  // namespace wswp::api
