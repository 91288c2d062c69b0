#pragma once
// The request log: one line a request, at its arrival, with tabs between
//   mono_us  host  method  target  connection  status-or-fault  user-agent
// mono_us is CLOCK_MONOTONIC, which all processes of a machine share. Each thread writes its own LogBuffer; the lines
// of one buffer are in order, those of several are not.

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace wswp::simweb {

struct LogLine {
  std::int64_t mono_us = 0;
  std::string_view host;
  std::string_view method;
  std::string_view target;
  std::uint64_t connection = 0;
  int status = 0;
  std::string_view fault;  // instead of the status, where not empty
  std::string_view user_agent;
};

/// One thread writes; any thread may flush.
class LogBuffer {
 public:
  explicit LogBuffer(int fd) : fd_(fd) {}
  void write(const LogLine& line);
  void flush();

 private:
  void flush_locked();

  std::mutex mutex_;
  std::string text_;
  int fd_;
};

class RequestLog {
 public:
  /// Truncates or creates the file. An empty path: nothing is logged.
  static Result<std::unique_ptr<RequestLog>> open(const std::string& path);

  /// A buffer for one thread, null where nothing is logged. Before the threads start.
  LogBuffer* add_buffer();
  /// All that was logged before the call is in the file when it returns. Any thread.
  void flush();

 private:
  FileDescriptor file_;
  std::vector<std::unique_ptr<LogBuffer>> buffers_;
};

}  // namespace wswp::simweb
