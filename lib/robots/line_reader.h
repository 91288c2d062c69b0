#pragma once
// The text of a robots.txt as a stream of fields, with all the tolerance the format has earned: a byte order mark, also
// a broken one, any line ends, comments, blanks anywhere, misspelt names, a forgotten colon. Pure; one thread.

#include <cstdint>
#include <optional>
#include <string_view>

namespace wswp::robots {

enum class Field { kUserAgent, kAllow, kDisallow, kSitemap, kCrawlDelay };

struct Line {
  Field field = Field::kUserAgent;
  std::string_view value;    // trimmed; of the text given to the reader
  std::string_view text;     // all of the line, trimmed, with its comment
  std::uint32_t number = 0;  // from 1
};

class LineReader {
 public:
  /// Reads at most the first kMaxTextBytes of `text`, which must outlive the reader.
  explicit LineReader(std::string_view text);

  /// The next line with a known field; other lines are passed over. Nothing: the end.
  std::optional<Line> next();

 private:
  std::string_view take_line();

  std::string_view rest_;
  std::uint32_t number_ = 0;
};

}  // namespace wswp::robots
