#pragma once
// What the tests of lib/list share: a sink that keeps everything, and one call that reads a list held in memory.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "list/list.h"

namespace wswp::list {

struct CollectingSink final : RowSink {
  bool on_url(const Row& row) override {
    urls.push_back(row.url.href());
    lines.push_back(row.line);
    texts.emplace_back(row.text);
    return urls.size() + invalid.size() < limit;
  }
  bool on_invalid(const InvalidRow& row) override {
    invalid.push_back(row);
    return urls.size() + invalid.size() < limit;
  }

  std::size_t limit = static_cast<std::size_t>(-1);
  std::vector<std::string> urls;
  std::vector<std::uint64_t> lines;
  std::vector<std::string> texts;
  std::vector<InvalidRow> invalid;
};

/// The outcome of one read_list().
struct Reading {
  CollectingSink rows;
  Summary summary;
  std::string error;
};

/// Reads `list`, which arrives in pieces of `piece` bytes.
inline Reading read_all(std::string_view list, Format format = Format::kAuto,
                        std::size_t piece = std::string_view::npos) {
  Reading reading;
  MemorySource source(list, piece);
  const Result<Summary> result = read_list(source, format, reading.rows);
  if (result) {
    reading.summary = *result;
  } else {
    reading.error = result.message();
  }
  return reading;
}

/// Gives `bytes` and then breaks.
class BreakingSource final : public ByteSource {
 public:
  explicit BreakingSource(std::string_view bytes) : bytes_(bytes) {}
  Result<std::string_view> read() override {
    if (bytes_.empty()) return Error{"the peer hung up"};
    return std::exchange(bytes_, {});
  }

 private:
  std::string_view bytes_;
};

}  // namespace wswp::list
