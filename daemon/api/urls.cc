// POST /v1/crawls/{name}/urls: the list is the body. The connection's thread writes it into a pipe; a thread of the
// upload reads it there, row by row, and adds chunk after chunk. The crawl is made, or changed, with the first chunk: a
// list that turns out to be none leaves nothing behind.

#include <exception>
#include <limits>
#include <stop_token>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "config/checks.h"
#include "daemon/api/byte_pipe.h"
#include "daemon/api/ingest.h"
#include "daemon/api/json.h"
#include "daemon/api/resources.h"

namespace wswp::api {
namespace {

constexpr std::size_t kPipeBytes = std::size_t{1024} * 1024;
constexpr std::int64_t kMaxDepth = 10'000;
constexpr std::int64_t kMaxUrlsPerHost = 1'000'000'000;
constexpr std::int64_t kMaxDelayMs = 86'400'000;

class PipeSource final : public list::ByteSource {
 public:
  explicit PipeSource(BytePipe& pipe) : pipe_(pipe) {}
  Result<std::string_view> read() override {
    if (auto read = pipe_.read(piece_); !read) return read.error();
    return std::string_view(piece_);
  }

 private:
  BytePipe& pipe_;
  std::string piece_;
};

struct AddOptions {
  std::string source;
  IngestLimits limits;
  frontier::CrawlPatch patch;
};

class ListUpload final : public Upload {
 public:
  ListUpload(Context& context, std::string crawl, AddOptions options)
      : context_(context),
        name_(std::move(crawl)),
        options_(std::move(options)),
        on_stop_(context.stopping().get_token(), Break{&pipe_}),
        thread_([this] { work(); }) {}

  ~ListUpload() override {
    if (!thread_.joinable()) return;
    pipe_.fail(Error{"the client went away"});
    thread_.join();
    log::warning("{} for crawl {} broke off: {}", options_.source, name_, added_before());
  }
  ListUpload(const ListUpload&) = delete;
  ListUpload& operator=(const ListUpload&) = delete;

  void body(std::string_view piece) override { pipe_.write(piece); }

  Response finish() override {
    pipe_.finish();
    thread_.join();
    try {
      if (exception_) std::rethrow_exception(exception_);
    } catch (const frontier::CrawlRemoved&) {
      return error_response(404, "no_such_crawl",
                            fmt::format("crawl \"{}\" has been removed meanwhile ({})", name_, added_before()));
    } catch (const frontier::Unavailable& e) {
      throw frontier::Unavailable(e.obstacle(), fmt::format("{} ({})", e.what(), added_before()));
    }
    if (!outcome_) return error_response(400, "bad_list", fmt::format("{} ({})", outcome_.message(), added_before()));
    log::info("{} for crawl {}: {} rows read, {} added, {} duplicate, {} invalid", options_.source, name_,
              summary_.read, summary_.added.added, summary_.added.duplicate, summary_.invalid);
    return json_response(summary_json());
  }

 private:
  struct Break {
    BytePipe* pipe;
    void operator()() const { pipe->fail(Error{"the daemon stops"}); }
  };

  void work() {
    PipeSource source(pipe_);
    std::optional<frontier::CrawlId> crawl;
    const auto open = [&] {
      if (!crawl) crawl = context_.open_crawl(name_, options_.patch).value().id;  // its name has been checked
      return *crawl;
    };
    const auto add = [&](const frontier::SeedList& seeds, frontier::AddSummary& summary) {
      context_.add(open(), seeds, summary);
    };
    try {
      outcome_ = ingest(source, options_.limits, add, summary_);
      if (outcome_ && context_.find_crawl(name_)) open();  // new options count also with a list without a valid row
    } catch (...) {
      exception_ = std::current_exception();
    }
    pipe_.close_reader();  // what may still come is dropped
  }

  std::string added_before() const {
    return fmt::format("{} rows read, {} added before that", summary_.read, summary_.added.added);
  }

  Json summary_json() const {
    Json rows = Json::array();
    for (const auto& row : summary_.invalid_rows)
      rows.push_back({{"line", row.line}, {"text", row.text}, {"reason", row.reason}});
    return {{"crawl", name_},
            {"read", summary_.read},
            {"added", summary_.added.added},
            {"duplicate", summary_.added.duplicate},
            {"invalid", summary_.invalid},
            {"invalid_rows", std::move(rows)}};
  }

  Context& context_;
  const std::string name_;
  const AddOptions options_;
  BytePipe pipe_{kPipeBytes};
  // Written by the thread, read when it has been joined.
  IngestSummary summary_;
  Result<> outcome_;
  std::exception_ptr exception_;
  std::stop_callback<Break> on_stop_;
  std::thread thread_;  // last: it uses all the others
};

Result<AddOptions> options_of(const Query& query) {
  if (auto known = query.only({"source", "max", "link_regex", "depth", "delay", "any_site", "max_urls_per_host"});
      !known)
    return known.error();
  AddOptions options;
  options.source = query.text("source").value_or("a list");
  options.patch.link_regex = query.text("link_regex");
  if (options.patch.link_regex) {
    if (auto check = config::check_link_regex(*options.patch.link_regex); !check)
      return Error{"link_regex: " + check.message()};
  }
  auto max = query.integer("max", 1, std::numeric_limits<std::int64_t>::max());
  if (!max) return max.error();
  auto depth = query.integer("depth", 0, kMaxDepth);
  if (!depth) return depth.error();
  auto per_host = query.integer("max_urls_per_host", 1, kMaxUrlsPerHost);
  if (!per_host) return per_host.error();
  auto delay = query.seconds("delay", kMaxDelayMs);
  if (!delay) return delay.error();
  auto any_site = query.flag("any_site");
  if (!any_site) return any_site.error();
  options.limits.max_urls = *max;
  options.patch.max_depth = *depth;
  options.patch.max_urls_per_host = *per_host;
  options.patch.delay_ms = *delay;
  if (*any_site) options.patch.same_site = !**any_site;
  return options;
}

}  // namespace

Answer add_urls(Context& context, const Request& request) {
  const std::string& name = request.parameters.at(0);
  if (const auto checked = frontier::check_crawl_name(name); !checked) return bad_request(checked.message());
  auto options = options_of(request.query);
  if (!options) return bad_request(options.message());
  return std::make_unique<ListUpload>(context, name, std::move(*options));
}

}  // namespace wswp::api
