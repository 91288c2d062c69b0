#include "daemon/api/json.h"

#include "robots/rules.h"

namespace wswp::api {
namespace {

Json status_or_null(int status) {
  return status == 0 ? Json() : Json(status);
}

}  // namespace

std::string to_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

Response json_response(const Json& json, unsigned status) {
  Response response;
  response.status = status;
  response.body = to_line(json);
  return response;
}

Json urls_json(const frontier::Crawl& crawl) {
  const frontier::Counters& counters = crawl.counters;
  return {{"total", counters.total},     {"pending", counters.pending}, {"in_flight", crawl.in_flight},
          {"fetched", counters.fetched}, {"failed", counters.failed},   {"disallowed", counters.disallowed},
          {"skipped", counters.skipped}};
}

Json outcome_json(const frontier::Outcome& outcome) {
  return {{"outcome", frontier::to_string(outcome.state)},
          {"status", status_or_null(outcome.status)},
          {"error", text_or_null(outcome.error)},
          {"content_type", text_or_null(outcome.content_type)},
          {"encoding", text_or_null(outcome.encoding)},
          {"bytes", outcome.bytes},
          {"truncated", outcome.truncated},
          {"title", text_or_null(outcome.title)},
          {"redirect_to", text_or_null(outcome.redirect_to)},
          {"remote_ip", text_or_null(outcome.remote_ip)},
          {"http_version", text_or_null(outcome.http_version)},
          {"elapsed_ms", outcome.elapsed_ms},
          {"fetched_at", time_or_null(outcome.fetched_at)}};
}

Json result_json(const frontier::ResultRow& row) {
  const frontier::Outcome& outcome = row.outcome;
  return {{"crawl", row.crawl},
          {"url", row.url},
          {"outcome", frontier::to_string(outcome.state)},
          {"status", status_or_null(outcome.status)},
          {"error", text_or_null(outcome.error)},
          {"content_type", text_or_null(outcome.content_type)},
          {"encoding", text_or_null(outcome.encoding)},
          {"bytes", outcome.bytes},
          {"truncated", outcome.truncated},
          {"title", text_or_null(outcome.title)},
          {"redirect_to", text_or_null(outcome.redirect_to)},
          {"depth", row.depth},
          {"attempts", row.attempts},
          {"remote_ip", text_or_null(outcome.remote_ip)},
          {"http_version", text_or_null(outcome.http_version)},
          {"elapsed_ms", outcome.elapsed_ms},
          {"fetched_at", time_or_null(outcome.fetched_at)}};
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}
Json time_or_null(WallMs time) {
  return time == 0 ? Json() : Json(iso8601(time));
}
Json seconds_or_null(std::int64_t milliseconds) {
  return milliseconds == 0 ? Json() : Json(static_cast<double>(milliseconds) / 1000);
}

Json sitemaps_json(const frontier::RobotsRecord& record) {
  const auto rules = robots::Rules::deserialize(record.rules);
  return rules ? Json(rules->sitemaps()) : Json::array();
}

}  // namespace wswp::api
