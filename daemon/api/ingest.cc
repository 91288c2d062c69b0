#include "daemon/api/ingest.h"

#include <algorithm>
#include <future>
#include <utility>

namespace wswp::api {
namespace {

/// Collects rows while those before them are being added.
class Collector final : public list::RowSink {
 public:
  Collector(const IngestLimits& limits, const AddChunk& add, IngestSummary& summary)
      : limits_(limits),
        add_(add),
        summary_(summary),
        chunk_rows_(std::min(limits.first_chunk_rows, limits.chunk_rows)) {}

  bool on_url(const list::Row& row) override {
    ++summary_.read;
    ++valid_;
    seeds_.add(row.url);
    if (seeds_.size() >= chunk_rows_ || seeds_.bytes() >= limits_.chunk_bytes) add_seeds();
    return !limits_.max_urls || valid_ < *limits_.max_urls;
  }

  bool on_invalid(const list::InvalidRow& row) override {
    ++summary_.read;
    ++summary_.invalid;
    if (summary_.invalid_rows.size() < kShownInvalidRows) summary_.invalid_rows.push_back(row);
    return true;
  }

  /// Adds what is left; returns when all is added.
  void finish() {
    if (!seeds_.empty()) add_seeds();
    await_adding();
  }

 private:
  void add_seeds() {
    seeds_.in_key_order();  // here, as the thread that adds has more to do than this one
    await_adding();
    std::swap(seeds_, adding_seeds_);
    seeds_.clear();
    chunk_rows_ = std::min(4 * chunk_rows_, limits_.chunk_rows);
    adding_ = std::async(std::launch::async, [this] { add_(adding_seeds_, summary_.added); });
  }

  /// Throws what the adding threw.
  void await_adding() {
    if (adding_.valid()) adding_.get();
  }

  const IngestLimits& limits_;
  const AddChunk& add_;
  IngestSummary& summary_;
  std::size_t chunk_rows_;  // of the present one
  std::int64_t valid_ = 0;
  frontier::SeedList seeds_, adding_seeds_;
  std::future<void> adding_;  // last: it is waited for before what it works on goes
};

}  // namespace

Result<> ingest(list::ByteSource& source, const IngestLimits& limits, const AddChunk& add, IngestSummary& summary) {
  Collector collector(limits, add, summary);
  const auto read = list::read_list(source, list::Format::kAuto, collector);
  collector.finish();
  if (!read) return read.error();
  return {};
}

}  // namespace wswp::api
