// GET /v1/urls?url=: all that is known of a URL and its host.

#include <fmt/format.h>

#include "daemon/api/json.h"
#include "daemon/api/resources.h"
#include "url/url.h"

namespace wswp::api {
namespace {

Json host_json(const frontier::HostInfo& host) {
  Json robots_status, crawl_delay;
  if (host.robots && host.robots->status != 0) robots_status = host.robots->status;
  if (host.robots && host.robots->crawl_delay_ms > 0)
    crawl_delay = static_cast<double>(host.robots->crawl_delay_ms) / 1000;
  return {{"authority", host.authority},
          {"robots_status", std::move(robots_status)},
          {"crawl_delay", std::move(crawl_delay)},
          {"ready_at", time_or_null(host.ready_at)},
          {"pending", host.pending}};
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

/// As in a list, a bare name stands for its root page.
Result<url::Url> parse(const std::string& text) {
  return url::parse(text.find("://") == std::string::npos ? "http://" + text : text);
}

}  // namespace

Answer show_url(Context& context, const Request& request) {
  const auto text = request.query.text("url");
  if (!text) return bad_request("the parameter \"url\" is missing");
  const auto url = parse(*text);
  if (!url) return bad_request(fmt::format("not a URL: {}", url.message()));
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
