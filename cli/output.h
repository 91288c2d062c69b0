#pragma once
// Where words go: a buffered writer over a descriptor, and what the terminal behind one can show. One thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace wswp::cli {

/// What a descriptor can show. On anything that is not a terminal there is neither colour nor a progress bar.
struct Terminal {
  bool interactive = false;
  bool colour = false;   // interactive, NO_COLOR (no-color.org) unset or empty, TERM not "dumb"
  bool unicode = false;  // the user's LC_CTYPE is UTF-8
  int columns = 80;
  int rows = 24;
};

/// Takes LC_CTYPE from the environment for Terminal::unicode, then sets it to C.UTF-8, which cli/text.h measures with.
/// Call once, first.
void init_locale();
Terminal terminal_of(int fd);

enum class Style { kBold, kDim, kRed, kGreen, kYellow, kCyan };
/// `text` in `style` if the terminal has colour, else as it is.
std::string paint(const Terminal& terminal, Style style, std::string_view text);

/// Collects up to 64 KiB before it writes. After an error everything is dropped and error() tells why.
class Writer {
 public:
  /// `fd` stays the caller's.
  explicit Writer(int fd) : fd_(fd) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void write(std::string_view text);
  /// write() and a newline.
  void line(std::string_view text);
  void flush();
  bool ok() const { return error_ == 0; }
  /// errno of the first failed write(2); 0: none. EPIPE: the reader has gone.
  int error() const { return error_; }

 private:
  int fd_;
  int error_ = 0;
  std::string buffer_;
};

/// "wswpctl: message" on standard error, at once; its lines are made printable().
void complain(std::string_view message);

}  // namespace wswp::cli
