#pragma once
// Lines → records of CSV (RFC 4180): a line, or several where a quoted field reaches over line ends. A quote that no
// other one closes at the end of a field within kMaxLine bytes is a stray one: its field ends with its line, so that it
// costs one row and not the rest of the list. Bounded memory, linear time.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "list/csv.h"
#include "list/line_reader.h"

namespace wswp::list {

struct Record {
  /// Without its line end; lines inside are parted by '\n'. Valid until the next call of next().
  std::string_view text;
  std::uint64_t lines = 1;
  /// One line longer than kMaxLine, cut.
  bool too_long = false;
};

class RecordReader {
 public:
  /// `delimiter` of the fields; kNoDelimiter: every line is a record. `source` must outlive this.
  RecordReader(ByteSource& source, char delimiter) : lines_(source), delimiter_(delimiter) {}

  /// The next record into `record`; false: there is none. Error: the source's, after the last record before it.
  Result<bool> next(Record& record);

 private:
  struct Kept {
    std::string text;
    bool too_long;
  };

  Result<bool> next_line(Line& line);
  bool read_ahead();
  void join(QuoteScanner& scanner, Record& record);

  LineReader lines_;
  char delimiter_;
  std::string text_;             // of the present record, where it is not a view of the reader's
  std::deque<Kept> ahead_;       // lines that have been read after it
  bool ended_ = false;           // there are none after those
  std::optional<Error> broken_;  // why
};

}  // namespace wswp::list
