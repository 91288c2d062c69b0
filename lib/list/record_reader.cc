#include "list/record_reader.h"

#include <utility>

#include "list/dialect.h"
#include "list/list.h"

namespace wswp::list {

Result<bool> RecordReader::next(Record& record) {
  Line line;
  const Result<bool> more = next_line(line);
  if (!more || !*more) return more;
  record = {line.text, 1, line.too_long};
  if (delimiter_ == kNoDelimiter || line.too_long || !has_content(line.text)) return true;
  QuoteScanner scanner(delimiter_);
  if (scanner.feed(line.text) == QuoteScanner::State::kOpen) join(scanner, record);
  return true;
}

/// A view of text_ or of the reader's.
Result<bool> RecordReader::next_line(Line& line) {
  if (!ahead_.empty()) {
    text_ = std::move(ahead_.front().text);
    line = {text_, ahead_.front().too_long};
    ahead_.pop_front();
    return true;
  }
  if (broken_) return *broken_;
  if (ended_) return false;
  return lines_.next(line);
}

/// One line more into ahead_; false: there is none.
bool RecordReader::read_ahead() {
  if (ended_) return false;
  Line line;
  const Result<bool> more = lines_.next(line);
  if (!more) broken_ = more.error();
  ended_ = !more || !*more;
  if (!ended_) ahead_.push_back({std::string(line.text), line.too_long});
  return !ended_;
}

/// The lines after the first one, up to that which closes the quote; none if it is a stray one.
void RecordReader::join(QuoteScanner& scanner, Record& record) {
  std::string joined(record.text);
  text_ = joined;  // the reader's text goes with its next line
  record.text = text_;
  for (std::size_t i = 0; i < ahead_.size() || read_ahead(); ++i) {
    const Kept& line = ahead_[i];
    joined.append("\n").append(line.text);
    if (line.too_long || joined.size() > kMaxLine) return;
    const QuoteScanner::State state = scanner.feed(line.text);
    if (state == QuoteScanner::State::kStray) return;
    if (state == QuoteScanner::State::kOpen) continue;
    ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(i + 1));
    text_ = std::move(joined);
    record = {text_, i + 2, false};
    return;
  }
}

}  // namespace wswp::list
