#pragma once
// The log: one line an event on standard error, written with one write(2), so that lines of several threads and
// processes never mix. Under systemd (JOURNAL_STREAM is set) a line starts with the priority prefix of sd-daemon(3);
// elsewhere with the time and the level. Any thread; safe in a child after fork.

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace wswp::log {

enum class Level { kError = 3, kWarning = 4, kInfo = 6, kDebug = 7 };  // values of syslog(3)

/// Lines above this level are dropped. Process-wide.
void set_level(Level level);
bool enabled(Level level);

/// Named in every line of this process, for instance "worker 1". Set once, before threads start.
void set_process_name(std::string name);

void write(Level level, std::string_view message);

template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::kError)) write(Level::kError, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::kWarning)) write(Level::kWarning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::kInfo)) write(Level::kInfo, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::kDebug)) write(Level::kDebug, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace wswp::log
