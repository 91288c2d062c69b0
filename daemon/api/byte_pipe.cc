#include "daemon/api/byte_pipe.h"

#include <utility>

namespace wswp::api {

bool BytePipe::write(std::string_view bytes) {
  std::unique_lock lock(mutex_);
  writable_.wait(lock, [this] { return waiting_.size() < capacity_ || reader_closed_ || error_; });
  if (reader_closed_ || error_) return false;
  waiting_ += bytes;
  lock.unlock();
  readable_.notify_one();
  return true;
}

void BytePipe::finish() {
  const std::lock_guard lock(mutex_);
  finished_ = true;
  readable_.notify_all();
}

Result<> BytePipe::read(std::string& bytes) {
  bytes.clear();
  std::unique_lock lock(mutex_);
  readable_.wait(lock, [this] { return !waiting_.empty() || finished_ || error_; });
  if (waiting_.empty() && error_) return *error_;
  std::swap(bytes, waiting_);
  lock.unlock();
  writable_.notify_one();
  return {};
}

void BytePipe::close_reader() {
  const std::lock_guard lock(mutex_);
  reader_closed_ = true;
  writable_.notify_all();
}

void BytePipe::fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (!error_ && !finished_) error_ = std::move(error);
  readable_.notify_all();
  writable_.notify_all();
}

}  // namespace wswp::api
