#include "lock_watch.h"

#include <algorithm>
#include <string_view>

#include <sqlite3.h>

#include "stopwatch.h"

namespace wswp::bench {
namespace {

std::vector<sqlite3*> connections;
std::vector<double> held_for_ms;
double begun_us = 0;

/// A statement has ended (https://www.sqlite.org/c3ref/c_trace.html, SQLITE_TRACE_PROFILE), or a connection closes.
int on_trace(unsigned event, void*, void* subject, void*) {
  if (event == SQLITE_TRACE_CLOSE) {
    std::erase(connections, static_cast<sqlite3*>(subject));
    return 0;
  }
  const std::string_view sql = sqlite3_sql(static_cast<sqlite3_stmt*>(subject));
  if (sql == "begin immediate") begun_us = Stopwatch::now_us(CLOCK_MONOTONIC);
  if (sql == "commit") held_for_ms.push_back((Stopwatch::now_us(CLOCK_MONOTONIC) - begun_us) / 1e3);
  return 0;
}

void trace_all(unsigned events) {
  for (sqlite3* connection : connections) sqlite3_trace_v2(connection, events | SQLITE_TRACE_CLOSE, on_trace, nullptr);
}

int remember(sqlite3* connection, char**, const sqlite3_api_routines*) {
  connections.push_back(connection);
  return sqlite3_trace_v2(connection, SQLITE_TRACE_CLOSE, on_trace, nullptr);
}

}  // namespace

void LockWatch::install() {
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(remember));
}

LockWatch::LockWatch() {
  held_for_ms.clear();
  trace_all(SQLITE_TRACE_PROFILE);
}

LockWatch::~LockWatch() {
  trace_all(0);
}

std::vector<double> LockWatch::held_ms() const {
  std::vector<double> sorted = held_for_ms;
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace wswp::bench
