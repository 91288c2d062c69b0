#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "base/clock.h"

namespace wswp::log {
namespace {

std::atomic<Level> threshold{Level::kInfo};
std::string process_name = "wswp";

bool under_systemd() {
  static const bool answer = std::getenv("JOURNAL_STREAM") != nullptr;
  return answer;
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::kError:
      return "error";
    case Level::kWarning:
      return "warning";
    case Level::kInfo:
      return "info";
    case Level::kDebug:
      return "debug";
  }
  return "info";
}

}  // namespace

void set_level(Level level) {
  threshold = level;
}
bool enabled(Level level) {
  return level <= threshold;
}
void set_process_name(std::string name) {
  process_name = std::move(name);
}

void write(Level level, std::string_view message) {
  std::string line = under_systemd()
                         ? fmt::format("<{}>{}: ", static_cast<int>(level), process_name)
                         : fmt::format("{} {:7} {}: ", iso8601(SystemClock().wall_ms()), name_of(level), process_name);
  for (const char c : message) line += c == '\n' || c == '\r' ? ' ' : c;  // a message never forges a second line
  line += '\n';
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace wswp::log
