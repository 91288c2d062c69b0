// GET /v1/results, GET /v1/crawls/{name}/results: one line of JSON per URL with an outcome, streamed. A thread reads
// the rows into a pipe at the pace of the client.

#include <array>
#include <cstring>
#include <exception>
#include <stop_token>
#include <thread>

#include <fmt/format.h>

#include "base/log.h"
#include "daemon/api/byte_pipe.h"
#include "daemon/api/json.h"
#include "daemon/api/resources.h"

namespace wswp::api {
namespace {

constexpr std::size_t kPipeBytes = std::size_t{256} * 1024;
constexpr std::size_t kPieceBytes = std::size_t{32} * 1024;  // rows are written in pieces of about this

struct Selection {
  std::optional<std::string> crawl;
  std::optional<frontier::UrlState> outcome;
};

class ResultStream final : public BodyStream {
 public:
  ResultStream(std::unique_ptr<frontier::Reports> reports, Selection selection, std::stop_source& stopping)
      : reports_(std::move(reports)),
        selection_(std::move(selection)),
        on_stop_(stopping.get_token(), Break{&pipe_}),
        thread_([this] { produce(); }) {}

  ~ResultStream() override {
    pipe_.close_reader();
    thread_.join();
  }
  ResultStream(const ResultStream&) = delete;
  ResultStream& operator=(const ResultStream&) = delete;

  Result<std::size_t> read(std::span<char> out) override {
    if (taken_ == piece_.size()) {
      taken_ = 0;
      if (auto read = pipe_.read(piece_); !read) return read.error();
    }
    const std::size_t n = std::min(out.size(), piece_.size() - taken_);
    std::memcpy(out.data(), piece_.data() + taken_, n);
    taken_ += n;
    return n;
  }

 private:
  struct Break {
    BytePipe* pipe;
    void operator()() const { pipe->fail(Error{"the daemon stops"}); }
  };

  void produce() {
    try {
      std::string lines;
      reports_->results(selection_.crawl, selection_.outcome, [&](const frontier::ResultRow& row) {
        lines += to_line(result_json(row));
        if (lines.size() < kPieceBytes) return true;
        const bool wanted = pipe_.write(lines);
        lines.clear();
        return wanted;
      });
      pipe_.write(lines);
      pipe_.finish();
    } catch (const std::exception& e) {
      log::error("results broke off: {}", e.what());
      pipe_.fail(Error{e.what()});
    }
  }

  const std::unique_ptr<frontier::Reports> reports_;
  const Selection selection_;
  BytePipe pipe_{kPipeBytes};
  std::string piece_;
  std::size_t taken_ = 0;
  std::stop_callback<Break> on_stop_;
  std::thread thread_;  // last: it uses all the others
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
  Selection selection;
  if (const auto name = request.query.text("outcome")) {
    selection.outcome = outcome_of(*name);
    if (!selection.outcome)
      return bad_request(fmt::format("outcome: \"{}\" is none of fetched, failed, disallowed, skipped", *name));
  }
  if (!request.parameters.empty()) {
    selection.crawl = request.parameters[0];
    if (!context.find_crawl(*selection.crawl)) return no_such_crawl(*selection.crawl);
  }
  Response response;
  response.content_type = "application/x-ndjson";
  response.stream = std::make_unique<ResultStream>(context.reports(), std::move(selection), context.stopping());
  return response;
}

}  // namespace wswp::api
