#pragma once
// A source whose first bytes can be looked at before they are read.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "list/byte_source.h"

namespace wswp::list {

class PeekSource final : public ByteSource {
 public:
  /// `inner` must outlive this and is read by nobody else from now on.
  explicit PeekSource(ByteSource& inner) : inner_(inner) {}

  /// The first `bytes` bytes of what is still to be read, or more; fewer only where there are no more. Valid until the
  /// next call of any function. Only before the first read(). Error: the source broke before it gave a byte; where it
  /// breaks later, read() reports it in its turn.
  Result<std::string_view> peek(std::size_t bytes);

  /// Leaves out the first `bytes` bytes; no more than were peeked.
  void skip(std::size_t bytes) { begin_ += bytes; }

  Result<std::string_view> read() override;

 private:
  ByteSource& inner_;
  std::string head_;
  std::size_t begin_ = 0;       // of what is unread in head_
  std::optional<Error> error_;  // what ended the source
};

}  // namespace wswp::list
