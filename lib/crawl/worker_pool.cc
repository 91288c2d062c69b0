#include "crawl/worker_pool.h"

#include <algorithm>
#include <vector>

#include "crawl/fetch_thread.h"
#include "crawl/policy.h"
#include "crawl/store_thread.h"
#include "frontier/sqlite_frontier.h"

namespace wswp::crawl {

class WorkerPool::Impl {
 public:
  explicit Impl(WorkerSetup setup) : setup_(std::move(setup)), policy_(Policy::from(setup_.settings)) {}

  void start() {
    store_ = std::make_unique<StoreThread>(
        frontier::open_frontier(setup_.database, {.default_delay_ms = setup_.settings.politeness.delay_ms}),
        setup_.number, setup_.wake_fd, clock_);
    const net::FetchOptions options = fetch_options(setup_.settings);
    std::vector<FetchThread*> fetchers;
    for (int i = 0; i < setup_.settings.workers.threads; ++i) {
      fetchers_.push_back(std::make_unique<FetchThread>(policy_, options, setup_.settings.workers.transfers, clock_,
                                                        setup_.addresses, *store_));
      fetchers.push_back(fetchers_.back().get());
    }
    for (const auto& fetcher : fetchers_) fetcher->start();
    store_->start(fetchers);
  }

  void stop(std::chrono::milliseconds grace) {
    if (!store_) return;
    store_->stop_claiming();
    const MonoMs deadline = clock_.mono_ms() + grace.count();
    for (const auto& fetcher : fetchers_) fetcher->stop(deadline);
    for (const auto& fetcher : fetchers_) fetcher->join();
    store_->finish();
    publish();
  }

  MonoMs oldest_beat() {
    publish();
    if (!store_) return clock_.mono_ms();
    MonoMs oldest = store_->beat_ms();
    for (const auto& fetcher : fetchers_) oldest = std::min(oldest, fetcher->beat_ms());
    return oldest;
  }

  bool failed() const {
    return store_ && (store_->failed() ||
                      std::any_of(fetchers_.begin(), fetchers_.end(), [](const auto& f) { return f->failed(); }));
  }

 private:
  void publish() {
    std::int64_t transfers = 0;
    for (const auto& fetcher : fetchers_) transfers += fetcher->in_flight();
    if (setup_.in_flight != nullptr) *setup_.in_flight = transfers;
  }

  const WorkerSetup setup_;
  const Policy policy_;
  SystemClock clock_;
  std::unique_ptr<StoreThread> store_;
  std::vector<std::unique_ptr<FetchThread>> fetchers_;
};

WorkerPool::WorkerPool(WorkerSetup setup) : impl_(std::make_unique<Impl>(std::move(setup))) {}
WorkerPool::~WorkerPool() {
  stop(std::chrono::milliseconds(0));
}
void WorkerPool::start() {
  impl_->start();
}
void WorkerPool::stop(std::chrono::milliseconds grace) {
  impl_->stop(grace);
}
MonoMs WorkerPool::oldest_beat() const {
  return impl_->oldest_beat();
}
bool WorkerPool::failed() const {
  return impl_->failed();
}

}  // namespace wswp::crawl
