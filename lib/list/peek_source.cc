#include "list/peek_source.h"

namespace wswp::list {

Result<std::string_view> PeekSource::peek(std::size_t bytes) {
  while (!error_ && head_.size() - begin_ < bytes) {
    const Result<std::string_view> more = inner_.read();
    if (!more) {
      error_ = more.error();
    } else if (more->empty()) {
      break;
    } else {
      head_ += *more;
    }
  }
  if (error_ && begin_ == head_.size()) return *error_;
  return std::string_view(head_).substr(begin_);
}

Result<std::string_view> PeekSource::read() {
  if (begin_ == head_.size()) return error_ ? Result<std::string_view>(*error_) : inner_.read();
  const std::string_view rest = std::string_view(head_).substr(begin_);
  begin_ = head_.size();
  return rest;
}

}  // namespace wswp::list
