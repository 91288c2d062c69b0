#include "list/line_reader.h"

#include "list/list.h"

namespace wswp::list {

namespace {

void finish(Line& line, std::string_view text, bool too_long) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  line.too_long = too_long || text.size() > kMaxLine;
  line.text = text.substr(0, kMaxLine);
}

}  // namespace

Result<bool> LineReader::next(Line& line) {
  const std::size_t end = chunk_.find('\n');
  if (end == std::string_view::npos) return next_across_chunks(line);
  finish(line, chunk_.substr(0, end), false);
  chunk_.remove_prefix(end + 1);
  return true;
}

Result<bool> LineReader::next_across_chunks(Line& line) {
  kept_.clear();
  too_long_ = false;
  std::size_t end = std::string_view::npos;
  bool any = false;
  while (true) {
    any = any || !chunk_.empty();
    end = chunk_.find('\n');
    keep(chunk_.substr(0, end));
    if (end != std::string_view::npos) break;
    const Result<std::string_view> more = source_.read();
    if (!more) return more.error();
    chunk_ = *more;
    if (chunk_.empty()) break;
  }
  if (!any) return false;
  finish(line, kept_, too_long_);
  if (!chunk_.empty()) chunk_.remove_prefix(end + 1);
  return true;
}

/// One byte more than a line may have tells a line that is too long from one with "\r" at the very end.
void LineReader::keep(std::string_view part) {
  const std::size_t room = kMaxLine + 1 - kept_.size();
  if (part.size() > room) too_long_ = true;
  kept_ += part.substr(0, room);
}

}  // namespace wswp::list
