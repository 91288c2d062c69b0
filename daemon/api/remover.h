#pragma once
// The thread that deletes removed crawls, step by step, on a connection of its own; also those that an earlier process
// left half-deleted. notify() may be called by any thread.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "frontier/frontier.h"

namespace wswp::api {

class Remover {
 public:
  /// Opens a connection, or throws frontier::Unavailable; called until it succeeds.
  using Open = std::function<std::unique_ptr<frontier::Removals>()>;
  explicit Remover(Open open);

  /// A removal has begun.
  void notify();

 private:
  void run(const std::stop_token& stop);
  /// Deletes until nothing is left to delete for now.
  void remove_all(const std::stop_token& stop);
  void rest(const std::stop_token& stop);

  const Open open_;
  std::unique_ptr<frontier::Removals> frontier_;  // null: not opened yet
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool notified_ = true;  // at start: there may be some of the last run
  std::jthread thread_;   // last: it uses the others
};

}  // namespace wswp::api
