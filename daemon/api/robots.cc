// GET /v1/robots?url=: whether the rules that are kept of a host let a URL be fetched, and which of them decides.
// POST /v1/robots?url=: the same by the text of a robots.txt, which is the body.

#include <algorithm>

#include <fmt/format.h>

#include "crawl/robots_gate.h"
#include "daemon/api/json.h"
#include "daemon/api/resources.h"
#include "daemon/api/url_parameter.h"
#include "robots/explain.h"
#include "robots/product_token.h"

namespace wswp::api {
namespace {

Json group_json(robots::GroupKind group) {
  switch (group) {
    case robots::GroupKind::kOwn:
      return "own";
    case robots::GroupKind::kStar:
      return "*";
    case robots::GroupKind::kNone:
      break;
  }
  return {};
}

Json line_json(const robots::SourceLine& line) {
  if (line.number == 0) return {};
  return {{"line", line.number}, {"text", line.text}};
}

Json record_json(const frontier::RobotsRecord& record) {
  return {{"status", record.status == 0 ? Json() : Json(record.status)},
          {"fetched_at", time_or_null(record.fetched_at)},
          {"expires_at", time_or_null(record.expires_at)},
          {"crawl_delay", seconds_or_null(record.crawl_delay_ms)},
          {"unreachable_since", time_or_null(record.unreachable_since)},
          {"failures", record.failures},
          {"sitemaps", sitemaps_json(record)}};
}

/// The rule is written as it is compared: its percent-encoding is normalised.
Json stored_verdict(const crawl::RobotsGate& gate, std::string_view target) {
  if (gate.closed())
    return {
        {"allowed", false}, {"reason", "unreachable"}, {"group", nullptr}, {"user_agent", nullptr}, {"rule", nullptr}};
  const robots::Rules& rules = gate.rules();
  const robots::Verdict verdict = rules.verdict(target);
  const std::string text = fmt::format("{}: {}", verdict.allowed ? "Allow" : "Disallow", verdict.rule);
  return {{"allowed", verdict.allowed},
          {"reason", verdict.line == 0 ? "no_rule" : "rule"},
          {"group", group_json(rules.group())},
          {"user_agent", nullptr},
          {"rule", line_json({verdict.line, text})}};
}

Json text_verdict(std::string_view text, std::string_view agent, std::string_view target) {
  const robots::Explanation explanation = robots::explain(text, agent, target);
  return {{"allowed", explanation.allowed},
          {"reason", explanation.rule.number == 0 ? "no_rule" : "rule"},
          {"group", group_json(explanation.group)},
          {"user_agent", line_json(explanation.user_agent)},
          {"rule", line_json(explanation.rule)}};
}

Json head_json(const url::Url& url, std::string_view agent, bool obeyed) {
  return {{"url", url.href()},
          {"robots_txt", fmt::format("{}/robots.txt", url.origin())},
          {"agent", agent},
          {"obeyed", obeyed}};
}

std::string own_agent(const Context& context) {
  return robots::product_token(context.settings().fetch.user_agent);
}

class TextUpload final : public Upload {
 public:
  TextUpload(url::Url url, std::string agent, bool obeyed)
      : url_(std::move(url)), agent_(std::move(agent)), obeyed_(obeyed) {}

  void body(std::string_view piece) override {
    text_.append(piece.substr(0, std::min(piece.size(), robots::kFetchBytes - text_.size())));
  }

  Response finish() override {
    Json answer = head_json(url_, agent_, obeyed_);
    answer.update(text_verdict(text_, agent_, url_.target()));
    answer["record"] = nullptr;
    return json_response(answer);
  }

 private:
  const url::Url url_;
  const std::string agent_;
  const bool obeyed_;
  std::string text_;
};

}  // namespace

Answer get_robots(Context& context, const Request& request) {
  if (const auto known = request.query.only({"url"}); !known) return bad_request(known.message());
  const auto url = url_parameter(request.query);
  if (!url) return bad_request(url.message());
  const auto host = context.reports()->host(*url);
  const crawl::Policy policy{.product_token = own_agent(context)};
  const crawl::RobotsGate gate(policy, host ? host->robots : std::nullopt, context.clock().wall_ms());
  if (!gate.record()) {
    return error_response(404, "unknown_robots", fmt::format("{}/robots.txt has not been asked for", url->origin()));
  }
  Json answer = head_json(*url, policy.product_token, context.settings().politeness.robots);
  answer.update(stored_verdict(gate, url->target()));
  answer["record"] = record_json(*host->robots);
  return json_response(answer);
}

Answer judge_robots(Context& context, const Request& request) {
  if (const auto known = request.query.only({"url", "agent"}); !known) return bad_request(known.message());
  auto url = url_parameter(request.query);
  if (!url) return bad_request(url.message());
  const auto given = request.query.text("agent");
  std::string agent = given ? std::string(robots::product_token(*given)) : own_agent(context);
  if (agent.empty()) return bad_request(R"(agent: not a product token, which is letters, "-" and "_")");
  return std::make_unique<TextUpload>(std::move(*url), std::move(agent), context.settings().politeness.robots);
}

}  // namespace wswp::api
