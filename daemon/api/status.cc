// GET /v1/status: the daemon, its workers, and how far each crawl is.

#include <cmath>

#include "daemon/api/json.h"
#include "daemon/api/resources.h"
#include "wswp_version.h"

namespace wswp::api {
namespace {

double tenths(double value) {
  return std::round(value * 10) / 10;
}

Json worker_json(const daemon::ChildSlot& slot, int threads) {
  return {{"pid", slot.pid.load()},
          {"threads", threads},
          {"in_flight", slot.in_flight.load()},
          {"restarts", slot.restarts.load()}};
}

Json crawl_json(const frontier::Crawl& crawl, double rate) {
  const auto pending = static_cast<double>(crawl.counters.pending);
  return {{"name", crawl.name},         {"state", crawl.state()},
          {"urls", urls_json(crawl)},   {"bytes", crawl.counters.bytes},
          {"rate_per_s", tenths(rate)}, {"eta_s", rate > 0 ? Json(tenths(pending / rate)) : Json()}};
}

}  // namespace

Answer get_status(Context& context, const Request& request) {
  const auto only = request.query.text("crawl");
  const daemon::SharedPage& page = context.page();
  Json workers = Json::array();
  for (int i = 0; i < page.worker_count; ++i)
    workers.push_back(worker_json(page.workers.at(static_cast<std::size_t>(i)), context.settings().workers.threads));
  Json crawls = Json::array();
  for (const auto& crawl : context.crawls()) {
    if (!only || crawl.name == *only) crawls.push_back(crawl_json(crawl, context.progress().rate(crawl.id)));
  }
  if (only && crawls.empty()) return no_such_crawl(*only);
  const MonoMs uptime = context.clock().mono_ms() - page.started_ms;
  return json_response({{"version", kVersion},
                        {"state", page.stopping ? "stopping" : "running"},
                        {"uptime_s", tenths(static_cast<double>(uptime) / 1000)},
                        {"workers", std::move(workers)},
                        {"crawls", std::move(crawls)}});
}

}  // namespace wswp::api
