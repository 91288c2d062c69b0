#pragma once
// Where the bytes of a list come from: a file, a request's body, an archive's member. Pulled, so that a slow consumer
// slows the producer and nothing piles up. A source belongs to one thread at a time.

#include <cstddef>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace wswp::list {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// The next bytes; an empty view at the end, and again after it. The view is valid until the next call. Error: the
  /// source broke; there is nothing more to read.
  virtual Result<std::string_view> read() = 0;
};

/// Bytes that are in memory already and stay there; given out in pieces of `piece` bytes.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes, std::size_t piece = std::string_view::npos)
      : rest_(bytes), piece_(piece) {}

  Result<std::string_view> read() override {
    const std::string_view next = rest_.substr(0, piece_);
    rest_.remove_prefix(next.size());
    return next;
  }

 private:
  std::string_view rest_;
  std::size_t piece_;
};

}  // namespace wswp::list
