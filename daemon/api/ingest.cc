#include "daemon/api/ingest.h"

namespace wswp::api {
namespace {

class Collector final : public list::RowSink {
 public:
  Collector(const IngestLimits& limits, const AddChunk& add, IngestSummary& summary)
      : limits_(limits), add_(add), summary_(summary) {}

  bool on_url(const list::Row& row) override {
    ++summary_.read;
    ++valid_;
    seeds_.push_back(row.url);
    bytes_ += row.url.href().size();
    if (seeds_.size() >= limits_.chunk_rows || bytes_ >= limits_.chunk_bytes) flush();
    return !limits_.max_urls || valid_ < *limits_.max_urls;
  }

  bool on_invalid(const list::InvalidRow& row) override {
    ++summary_.read;
    ++summary_.invalid;
    if (summary_.invalid_rows.size() < kShownInvalidRows) summary_.invalid_rows.push_back(row);
    return true;
  }

  void flush() {
    if (!seeds_.empty()) add_(seeds_, summary_.added);
    seeds_.clear();
    bytes_ = 0;
  }

 private:
  const IngestLimits& limits_;
  const AddChunk& add_;
  IngestSummary& summary_;
  std::vector<url::Url> seeds_;
  std::size_t bytes_ = 0;
  std::int64_t valid_ = 0;
};

}  // namespace

Result<> ingest(list::ByteSource& source, const IngestLimits& limits, const AddChunk& add, IngestSummary& summary) {
  Collector collector(limits, add, summary);
  const auto read = list::read_list(source, list::Format::kAuto, collector);
  collector.flush();
  if (!read) return read.error();
  return {};
}

}  // namespace wswp::api
