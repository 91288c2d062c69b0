#pragma once
// The thread that does what is begun at once and takes long: it deletes removed crawls and takes failures back, step by
// step, on a connection of its own; also what an earlier process has left unfinished. notify() may be called by any
// thread.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "frontier/frontier.h"

namespace wswp::api {

class Chores {
 public:
  /// Opens a connection, or throws frontier::Unavailable; called until it succeeds.
  using Open = std::function<std::unique_ptr<frontier::LongWork>()>;
  /// `found_work`: called when URLs have become pending.
  Chores(Open open, std::function<void()> found_work);

  /// A removal or a retry has begun.
  void notify();

 private:
  /// kResting: visits have to end first.
  enum class Progress { kDone, kMore, kResting };

  void run(const std::stop_token& stop);
  /// Works until nothing is left to do for now.
  void work_off(const std::stop_token& stop);
  /// A step of everything there is to do, so that nothing waits for the end of another.
  Progress step_all(const std::stop_token& stop);
  void rest(const std::stop_token& stop);

  const Open open_;
  const std::function<void()> found_work_;
  std::unique_ptr<frontier::LongWork> work_;  // null: not opened yet
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool notified_ = true;  // at start: there may be some of the last run
  std::jthread thread_;   // last: it uses the others
};

}  // namespace wswp::api
