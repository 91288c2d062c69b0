// GET /v1/urls?url=: all that is known of a URL and its host.

#include <fmt/format.h>

#include "daemon/api/json.h"
#include "daemon/api/resources.h"
#include "daemon/api/url_parameter.h"

namespace wswp::api {
namespace {

Json host_json(const frontier::HostInfo& host) {
  Json robots_status;
  if (host.robots && host.robots->status != 0) robots_status = host.robots->status;
  return {{"authority", host.authority},
          {"robots_status", std::move(robots_status)},
          {"crawl_delay", host.robots ? seconds_or_null(host.robots->crawl_delay_ms) : Json()},
          {"ready_at", time_or_null(host.ready_at)},
          {"pending", host.pending},
          {"failures", host.pace.failures},
          {"answer_s", seconds_or_null(host.pace.answer_ms)},
          {"sitemaps", host.robots ? sitemaps_json(*host.robots) : Json::array()}};
}

Json url_json(const frontier::UrlInfo& info) {
  return {{"crawl", info.crawl},
          {"state", frontier::to_string(info.state)},
          {"in_flight", info.in_flight},
          {"depth", info.depth},
          {"attempts", info.attempts},
          {"rank", info.rank},
          {"ready_at", time_or_null(info.ready_at)},
          {"result", info.outcome ? outcome_json(*info.outcome) : Json()}};
}

}  // namespace

Answer show_url(Context& context, const Request& request) {
  const auto url = url_parameter(request.query);
  if (!url) return bad_request(url.message());
  const auto reports = context.reports();
  const auto host = reports->host(*url);
  const auto known = reports->find(*url);
  if (!host && known.empty()) return error_response(404, "unknown_url", fmt::format("{} is not known", url->href()));
  Json crawls = Json::array();
  for (const auto& info : known) crawls.push_back(url_json(info));
  return json_response(
      {{"url", url->href()}, {"host", host ? host_json(*host) : Json()}, {"crawls", std::move(crawls)}});
}

}  // namespace wswp::api
