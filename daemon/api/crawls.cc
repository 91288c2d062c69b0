// GET /v1/crawls, POST /v1/crawls/{name}/pause, …/resume, …/retry, DELETE /v1/crawls/{name}.

#include "daemon/api/json.h"
#include "daemon/api/resources.h"

namespace wswp::api {
namespace {

Json crawl_json(const frontier::Crawl& crawl, std::int64_t default_delay_ms) {
  const frontier::CrawlOptions& options = crawl.options;
  return {{"name", crawl.name},
          {"state", crawl.state()},
          {"created_at", time_or_null(crawl.created_at)},
          {"urls", urls_json(crawl)},
          {"options",
           {{"link_regex", options.link_regex},
            {"max_depth", options.max_depth},
            {"same_site", options.same_site},
            {"max_urls_per_host", options.max_urls_per_host},
            {"delay", static_cast<double>(options.delay_ms.value_or(default_delay_ms)) / 1000}}}};
}

Answer set_paused(Context& context, const std::string& name, bool paused) {
  if (!context.set_paused(name, paused)) return no_such_crawl(name);
  if (!paused) context.wake_workers();
  const auto crawl = context.find_crawl(name);
  if (!crawl) return no_such_crawl(name);
  return json_response({{"name", crawl->name}, {"state", crawl->state()}});
}

}  // namespace

Answer get_crawls(Context& context, const Request& /*request*/) {
  Json crawls = Json::array();
  for (const auto& crawl : context.crawls())
    crawls.push_back(crawl_json(crawl, context.settings().politeness.delay_ms));
  return json_response({{"crawls", std::move(crawls)}});
}

Answer retry_crawl(Context& context, const Request& request) {
  const std::string& name = request.parameters.at(0);
  const auto count = context.retry(name);
  if (!count) return no_such_crawl(name);
  return json_response({{"name", name}, {"retried", *count}});
}

Answer remove_crawl(Context& context, const Request& request) {
  const std::string& name = request.parameters.at(0);
  if (!context.remove(name)) return no_such_crawl(name);
  return json_response({{"name", name}, {"state", "removed"}});
}

Answer pause_crawl(Context& context, const Request& request) {
  return set_paused(context, request.parameters.at(0), true);
}

Answer resume_crawl(Context& context, const Request& request) {
  return set_paused(context, request.parameters.at(0), false);
}

}  // namespace wswp::api
