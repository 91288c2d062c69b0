#pragma once
// A list → the frontier, in chunks: rows are collected and handed on together, so that the database works in groups and
// memory does not grow with the list. The list is read on the thread that calls; a second one adds the chunk before.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "frontier/seed_list.h"
#include "frontier/types.h"
#include "list/list.h"

namespace wswp::api {

/// Adds a chunk in list order; may throw frontier::Unavailable and frontier::CrawlRemoved. Called on a thread of its
/// own, one chunk after another.
using AddChunk = std::function<void(const frontier::SeedList& seeds, frontier::AddSummary& summary)>;

struct IngestLimits {
  std::optional<std::int64_t> max_urls;   // valid rows; then the rest of the list is left alone
  std::size_t first_chunk_rows = 31'250;  // few, so that the adding begins soon; each next one has four times as many,
  std::size_t chunk_rows = 500'000;       // up to this
  std::size_t chunk_bytes = std::size_t{32} * 1024 * 1024;  // of URLs
};

/// What has been done so far, also after an exception.
struct IngestSummary {
  std::int64_t read = 0, invalid = 0;
  frontier::AddSummary added;
  std::vector<list::InvalidRow> invalid_rows;  // the first kShownInvalidRows
};
inline constexpr std::size_t kShownInvalidRows = 10;

/// Error: the list is broken; what came before is added.
Result<> ingest(list::ByteSource& source, const IngestLimits& limits, const AddChunk& add, IngestSummary& summary);

}  // namespace wswp::api
