// GET /v1/results, GET /v1/crawls/{name}/results: one line of JSON per URL with an outcome, streamed. Rows are read a
// page at a time, when the client has taken those before: one that is slow, or reads no more, holds nothing.

#include <algorithm>
#include <cstring>
#include <exception>
#include <stop_token>

#include <fmt/format.h>

#include "base/log.h"
#include "daemon/api/json.h"
#include "daemon/api/resources.h"

namespace wswp::api {
namespace {

constexpr std::size_t kRowsAtOnce = 100;  // some 50 kB

class ResultStream final : public BodyStream {
 public:
  ResultStream(Context& context, frontier::ResultWalk walk) : context_(context), walk_(std::move(walk)) {}

  Result<std::size_t> read(std::span<char> out) override {
    try {
      if (taken_ == lines_.size()) fill();
    } catch (const std::exception& e) {
      log::warning("results broke off: {}", e.what());
      return Error{e.what()};
    }
    if (stop_.stop_requested()) return Error{"the daemon stops"};
    const std::size_t n = std::min(out.size(), lines_.size() - taken_);
    std::memcpy(out.data(), lines_.data() + taken_, n);
    taken_ += n;
    return n;
  }

 private:
  /// The next rows as lines; none: the end.
  void fill() {
    lines_.clear();
    taken_ = 0;
    while (lines_.empty() && !walk_.over() && !stop_.stop_requested()) {
      context_.long_reports().with([this](frontier::Reports& reports) {
        for (const auto& row : reports.next_results(walk_, kRowsAtOnce)) lines_ += to_line(result_json(row));
      });
    }
  }

  Context& context_;
  const std::stop_token stop_ = context_.stopping().get_token();
  frontier::ResultWalk walk_;
  std::string lines_;
  std::size_t taken_ = 0;
};

std::optional<frontier::UrlState> outcome_of(std::string_view name) {
  using frontier::UrlState;
  for (const UrlState state : {UrlState::kFetched, UrlState::kFailed, UrlState::kDisallowed, UrlState::kSkipped}) {
    if (frontier::to_string(state) == name) return state;
  }
  return std::nullopt;
}

}  // namespace

Answer get_results(Context& context, const Request& request) {
  std::optional<frontier::UrlState> outcome;
  if (const auto name = request.query.text("outcome")) {
    outcome = outcome_of(*name);
    if (!outcome)
      return bad_request(fmt::format("outcome: \"{}\" is none of fetched, failed, disallowed, skipped", *name));
  }
  std::optional<std::string> crawl;
  if (!request.parameters.empty()) {
    crawl = request.parameters[0];
    if (!context.find_crawl(*crawl)) return no_such_crawl(*crawl);
  }
  Response response;
  response.content_type = "application/x-ndjson";
  response.stream = std::make_unique<ResultStream>(
      context, context.long_reports().with([&](auto& reports) { return reports.walk_results(crawl, outcome); }));
  return response;
}

}  // namespace wswp::api
