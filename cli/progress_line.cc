#include "cli/progress_line.h"

#include <unistd.h>

#include <fmt/format.h>

#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr MonoMs kRedrawMs = 100;

void draw(const std::string& text) {
  Writer error_output(STDERR_FILENO);
  error_output.write(text);
  error_output.flush();
}

}  // namespace

void ProgressLine::update(const std::string& label, std::uint64_t sent, std::optional<std::uint64_t> total) {
  if (!terminal_.interactive) return;
  const MonoMs now = clock_.mono_ms();
  const bool all_sent = total && sent >= *total;
  if (drawn_ && now < next_ && !all_sent) return;
  next_ = now + kRedrawMs;
  drawn_ = true;
  std::string text = fmt::format("{}: {} sent", printable(label), human_bytes(sent));
  if (all_sent) {
    text += ", waiting for the daemon";
  } else if (total) {
    text += fmt::format(" of {}, {}", human_bytes(*total), percentage(sent, *total));
  }
  draw("\r" + cut(text, static_cast<std::size_t>(terminal_.columns - 1), "") + "\033[K");
}

void ProgressLine::wipe() {
  if (drawn_) draw("\r\033[K");
  drawn_ = false;
}

}  // namespace wswp::cli
