#pragma once
// Cuts a stream of bytes into lines, whatever the pieces it arrives in. Holds at most one unfinished line. One thread.

#include <functional>
#include <string>
#include <string_view>

namespace wswp::cli {

class LineSplitter {
 public:
  /// `take` gets each line without its newline, empty ones too; false stops.
  explicit LineSplitter(std::function<bool(std::string_view)> take) : take_(std::move(take)) {}

  /// False once `take` has said so.
  bool feed(std::string_view piece);
  /// The last line, if it has no newline.
  bool finish();

 private:
  std::function<bool(std::string_view)> take_;
  std::string rest_;
};

}  // namespace wswp::cli
