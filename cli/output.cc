#include "cli/output.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdlib>

#include <fmt/format.h>

#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr std::size_t kBufferBytes = 64UL * 1024;

bool& unicode_locale() {
  static bool unicode = false;
  return unicode;
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

const char* escape(Style style) {
  switch (style) {
    case Style::kBold:
      return "\033[1m";
    case Style::kDim:
      return "\033[2m";
    case Style::kRed:
      return "\033[31m";
    case Style::kGreen:
      return "\033[32m";
    case Style::kYellow:
      return "\033[33m";
    case Style::kCyan:
      return "\033[36m";
  }
  return "";
}

}  // namespace

void init_locale() {
  std::setlocale(LC_CTYPE, "");
  unicode_locale() = std::string_view(::nl_langinfo(CODESET)) == "UTF-8";
  std::setlocale(LC_CTYPE, "C.UTF-8");
}

Terminal terminal_of(int fd) {
  Terminal terminal;
  terminal.unicode = unicode_locale();
  terminal.interactive = ::isatty(fd) == 1;
  if (!terminal.interactive) return terminal;
  terminal.colour = environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
    terminal.columns = size.ws_col;
    terminal.rows = size.ws_row;
  }
  return terminal;
}

std::string paint(const Terminal& terminal, Style style, std::string_view text) {
  if (!terminal.colour) return std::string(text);
  return fmt::format("{}{}\033[0m", escape(style), text);
}

void Writer::write(std::string_view text) {
  if (error_ != 0) return;
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) flush();
}

void Writer::line(std::string_view text) {
  write(text);
  write("\n");
}

void Writer::flush() {
  std::string_view rest = buffer_;
  while (error_ == 0 && !rest.empty()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  buffer_.clear();
}

void complain(std::string_view message) {
  Writer error_output(STDERR_FILENO);
  error_output.write("wswpctl: ");
  for (bool more = true; more;) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    error_output.line(printable(message.substr(0, end)));
    more = end < message.size();
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  error_output.flush();
}

}  // namespace wswp::cli
