#pragma once
// The database connections of long answers. However many are being read by clients, only so many are being made at a
// time, each piece in its turn: the processors stay free for short questions, and memory does not grow with the number
// of clients. Any thread.

#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <utility>
#include <vector>

#include "frontier/reports.h"

namespace wswp::api {

class ReportPool {
 public:
  /// Opens a connection, or throws frontier::Unavailable. Called when one is first needed.
  using Open = std::function<std::unique_ptr<frontier::Reports>()>;
  /// `most`: connections in use at a time, at least 1.
  ReportPool(Open open, std::size_t most) : open_(std::move(open)), free_(most) {}

  /// Waits for its turn, first come, first served, and calls `use` with a connection. One that throws is closed.
  template <class Use>
  decltype(auto) with(Use&& use) {
    const Turn turn(*this);
    std::unique_ptr<frontier::Reports> reports = take();
    if (!reports) reports = open_();
    struct Back {
      ReportPool& pool;
      std::unique_ptr<frontier::Reports>& reports;
      int exceptions = std::uncaught_exceptions();
      ~Back() {
        if (std::uncaught_exceptions() == exceptions) pool.give_back(std::move(reports));
      }
    } back{*this, reports};
    return std::forward<Use>(use)(*reports);
  }

  /// Closes those that nobody uses.
  void close_idle();

 private:
  struct Turn {
    explicit Turn(ReportPool& pool);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ReportPool& pool;
  };
  std::unique_ptr<frontier::Reports> take();
  void give_back(std::unique_ptr<frontier::Reports> reports);

  const Open open_;
  std::mutex mutex_;
  std::size_t free_;                            // all below: under mutex_
  std::deque<std::binary_semaphore*> waiting_;  // one of each that waits, in the order they came
  std::vector<std::unique_ptr<frontier::Reports>> idle_;
};

}  // namespace wswp::api
