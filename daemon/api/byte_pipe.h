#pragma once
// A bounded pipe of bytes between two threads, one that writes and one that reads. A slow reader slows the writer.
// write() and finish() belong to the writer, read() to the reader; close_reader() and fail() may come from anywhere.

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wswp::api {

class BytePipe {
 public:
  /// About how many bytes may wait, at least 1; one write may go beyond.
  explicit BytePipe(std::size_t capacity) : capacity_(capacity) {}

  /// Blocks while the pipe is full. False: nobody reads any more, or it was failed; the bytes are dropped.
  bool write(std::string_view bytes);
  /// No more will come.
  void finish();

  /// Blocks until there is something, and replaces `bytes` by all there is; empty: the end. After fail(), the error,
  /// once what was written before has been read.
  Result<> read(std::string& bytes);
  /// Nothing more will be read: writes return at once.
  void close_reader();

  /// Breaks the pipe for both ends. The first one counts.
  void fail(Error error);

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable readable_, writable_;
  std::string waiting_;  // all below: under mutex_
  bool finished_ = false;
  bool reader_closed_ = false;
  std::optional<Error> error_;
};

}  // namespace wswp::api
