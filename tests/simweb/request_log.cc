#include "simweb/request_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>

#include "base/log.h"

namespace wswp::simweb {
namespace {

constexpr std::size_t kFlushBytes = 262144;

template <class Number>
void append_number(std::string& out, Number number) {
  char digits[24];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.append(std::begin(digits), end);
}

}  // namespace

void LogBuffer::write(const LogLine& line) {
  const std::lock_guard lock(mutex_);
  append_number(text_, line.mono_us);
  text_.append("\t").append(line.host).append("\t").append(line.method).append("\t").append(line.target).append("\t");
  append_number(text_, line.connection);
  text_ += '\t';
  if (line.fault.empty())
    append_number(text_, line.status);
  else
    text_ += line.fault;
  text_.append("\t").append(line.user_agent).append("\n");
  if (text_.size() >= kFlushBytes) flush_locked();
}

void LogBuffer::flush() {
  const std::lock_guard lock(mutex_);
  flush_locked();
}

void LogBuffer::flush_locked() {
  std::string_view left = text_;
  while (!left.empty()) {
    const ssize_t written = ::write(fd_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      log::error("{}", errno_error("writing the request log", "").message);
      break;
    }
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  text_.clear();
}

Result<std::unique_ptr<RequestLog>> RequestLog::open(const std::string& path) {
  auto log = std::make_unique<RequestLog>();
  if (path.empty()) return log;
  log->file_ = FileDescriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644));
  if (!log->file_) return errno_error("opening", path);
  return log;
}

LogBuffer* RequestLog::add_buffer() {
  if (!file_) return nullptr;
  return buffers_.emplace_back(std::make_unique<LogBuffer>(file_.get())).get();
}

void RequestLog::flush() {
  for (const auto& buffer : buffers_) buffer->flush();
}

}  // namespace wswp::simweb
