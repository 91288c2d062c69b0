#include "daemon/api/report_pool.h"

namespace wswp::api {

ReportPool::Turn::Turn(ReportPool& its_pool) : pool(its_pool) {
  std::binary_semaphore called(0);
  {
    const std::lock_guard lock(pool.mutex_);
    if (pool.free_ > 0) {
      --pool.free_;
      return;
    }
    pool.waiting_.push_back(&called);
  }
  called.acquire();
}

/// Hands its place on.
ReportPool::Turn::~Turn() {
  const std::lock_guard lock(pool.mutex_);
  if (pool.waiting_.empty()) {
    ++pool.free_;
  } else {
    pool.waiting_.front()->release();
    pool.waiting_.pop_front();
  }
}

std::unique_ptr<frontier::Reports> ReportPool::take() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  std::unique_ptr<frontier::Reports> reports = std::move(idle_.back());
  idle_.pop_back();
  return reports;
}

void ReportPool::give_back(std::unique_ptr<frontier::Reports> reports) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(reports));
}

void ReportPool::close_idle() {
  std::vector<std::unique_ptr<frontier::Reports>> closing;
  {
    const std::lock_guard lock(mutex_);
    closing.swap(idle_);
  }
}

}  // namespace wswp::api
