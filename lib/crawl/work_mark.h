#pragma once
// Which URL a thread is working on, so that a crash or a standstill can be put down to it.
//
//   WorkMark     one a fetch thread, and one a worker in shared memory, where it outlives the worker
//   Working      sets and clears a mark around a piece of work on a URL
//   CrashHandler copies the mark of the thread that crashes into the one that stays
//
// A mark is written by its thread and read by any; all of it is lock-free and may be used in a signal handler.

#include <atomic>
#include <cstdint>
#include <exception>
#include <optional>

#include "frontier/types.h"

namespace wswp::crawl {

class WorkMark {
 public:
  void set(const frontier::UrlKey& url) {
    host_.store(url.host, std::memory_order_relaxed);
    rank_.store(url.rank, std::memory_order_relaxed);
    crawl_.store(url.crawl, std::memory_order_release);
  }
  void clear() { crawl_.store(0, std::memory_order_relaxed); }
  /// Nothing: the thread works on no URL.
  std::optional<frontier::UrlKey> get() const {
    const frontier::CrawlId crawl = crawl_.load(std::memory_order_acquire);
    if (crawl == 0) return std::nullopt;
    return frontier::UrlKey{
        .crawl = crawl, .host = host_.load(std::memory_order_relaxed), .rank = rank_.load(std::memory_order_relaxed)};
  }

 private:
  std::atomic<frontier::CrawlId> crawl_ = 0;
  std::atomic<frontier::HostId> host_ = 0;
  std::atomic<frontier::Rank> rank_ = 0;
  static_assert(std::atomic<std::int64_t>::is_always_lock_free);
};

/// The mark stays where an exception leaves the work unfinished: whoever catches it can see what it was about.
class Working {
 public:
  Working(WorkMark& mark, const frontier::UrlKey& url) : mark_(mark), unwinding_(std::uncaught_exceptions()) {
    mark_.set(url);
  }
  ~Working() {
    if (std::uncaught_exceptions() == unwinding_) mark_.clear();
  }
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;

 private:
  WorkMark& mark_;
  const int unwinding_;
};

/// Handles SIGSEGV, SIGBUS, SIGILL, SIGFPE and SIGABRT of the process: notes the URL, then lets the signal do what it
/// would have done.
class CrashHandler {
 public:
  /// Once a process. `suspect` must outlive it.
  static void install(WorkMark& suspect);
  /// Says which mark is that of the present thread, and gives it a stack to handle an overflow of its own on.
  explicit CrashHandler(const WorkMark& of_this_thread);
  ~CrashHandler();
  CrashHandler(const CrashHandler&) = delete;
  CrashHandler& operator=(const CrashHandler&) = delete;

 private:
  char* stack_;
};

}  // namespace wswp::crawl
