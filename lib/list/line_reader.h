#pragma once
// Bytes → lines, in bounded memory. A line ends with "\n" or "\r\n"; the last one may lack it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "list/byte_source.h"

namespace wswp::list {

struct Line {
  /// Without its end; the first kMaxLine bytes of a longer line. Valid until the next call of next().
  std::string_view text;
  bool too_long = false;
};

class LineReader {
 public:
  /// `source` must outlive this.
  explicit LineReader(ByteSource& source) : source_(source) {}

  /// The next line into `line`; false: there is none. Error: the source's.
  Result<bool> next(Line& line);

 private:
  Result<bool> next_across_chunks(Line& line);
  void keep(std::string_view part);

  ByteSource& source_;
  std::string_view chunk_;  // unread bytes of the source's last answer
  std::string kept_;        // beginning of a line that reaches over chunks
  bool too_long_ = false;
};

}  // namespace wswp::list
