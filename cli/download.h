#pragma once
// A list that is fetched over HTTP(S) while it is sent on: a thread of its own downloads into a pipe, which holds it
// back when the daemon is slower. The object belongs to one thread; SIGPIPE must be ignored.

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/file.h"
#include "base/result.h"

namespace wswp::cli {

class Download {
 public:
  /// Starts fetching `url` (http or https; redirects are followed to such only) and returns when its first bytes are
  /// there, or the error that came instead, without the URL.
  static Result<std::unique_ptr<Download>> start(const std::string& url);
  ~Download();
  Download(const Download&) = delete;
  Download& operator=(const Download&) = delete;

  /// As read(2), but a download that broke off is an error and not an end.
  Result<std::size_t> read(char* buffer, std::size_t size);
  /// Content-Length, if the server told.
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  Download() = default;
  void fetch(const std::string& url, int pipe);
  bool take(void* curl, int pipe, const char* data, std::size_t size);

  FileDescriptor reading_end_;
  std::thread thread_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool started_ = false;
  bool over_ = false;
  std::optional<Error> error_;
  std::optional<std::uint64_t> size_;  // set before started_, constant afterwards
};

}  // namespace wswp::cli
