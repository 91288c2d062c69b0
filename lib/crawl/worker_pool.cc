#include "crawl/worker_pool.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/log.h"
#include "crawl/fetch_thread.h"
#include "crawl/policy.h"
#include "crawl/store_thread.h"
#include "frontier/sqlite_frontier.h"

namespace wswp::crawl {
namespace {

Policy policy_of(const WorkerSetup& setup) {
  Policy policy = Policy::from(setup.settings);
  policy.poison = setup.poison;
  return policy;
}

}  // namespace

class WorkerPool::Impl {
 public:
  explicit Impl(WorkerSetup setup)
      : setup_(std::move(setup)), policy_(policy_of(setup_)), clock_(setup_.schedule_offset_ms) {}

  void start() {
    auto frontier =
        frontier::open_frontier(setup_.database, {.default_delay_ms = setup_.settings.politeness.delay_ms,
                                                  .max_hosts_per_site = setup_.settings.traps.max_hosts_per_site,
                                                  .signals = setup_.writers});
    AfterDeath after_death = settle_accounts(*frontier);
    store_ = std::make_unique<StoreThread>(std::move(frontier), setup_.number, setup_.wake_fd, clock_,
                                           std::move(after_death));
    net::FetchOptions options = fetch_options(setup_.settings);
    options.max_kept = setup_.kept_connections;
    options.spare = setup_.spare_transfers;
    std::vector<FetchThread*> fetchers;
    for (int i = 0; i < setup_.settings.workers.threads; ++i) {
      fetchers_.push_back(std::make_unique<FetchThread>(policy_, options, clock_, setup_.addresses, *store_));
      fetchers.push_back(fetchers_.back().get());
    }
    for (const auto& fetcher : fetchers_) fetcher->start();
    store_->start(fetchers);
  }

  void stop(std::chrono::milliseconds grace, const std::function<bool()>& hurried) {
    if (!store_) return;
    store_->stop_claiming();
    const auto end_by = [this](MonoMs deadline) {
      for (const auto& fetcher : fetchers_) fetcher->stop(deadline);
    };
    end_by(clock_.mono_ms() + grace.count());
    while (hurried && !std::all_of(fetchers_.begin(), fetchers_.end(), [](const auto& f) { return f->ended(); })) {
      if (hurried()) end_by(clock_.mono_ms());
    }
    for (const auto& fetcher : fetchers_) fetcher->join();
    store_->finish();
  }

  PoolHealth health() const {
    PoolHealth health;
    if (!store_) return health;
    health.oldest_beat = store_->beat_ms();
    health.slowest = "store thread";
    health.obstacle = store_->obstacle();
    health.failed = store_->failed();
    for (std::size_t i = 0; i < fetchers_.size(); ++i) {
      const FetchThread& fetcher = *fetchers_[i];
      health.in_flight += fetcher.in_flight();
      if (health.obstacle == Obstacle::kNone) health.obstacle = fetcher.obstacle();
      if (fetcher.failed() && setup_.suspect != nullptr && !health.failed) {
        if (const auto url = fetcher.working().get()) setup_.suspect->set(*url);
      }
      health.failed = health.failed || fetcher.failed();
      if (fetcher.beat_ms() >= health.oldest_beat) continue;
      health.oldest_beat = fetcher.beat_ms();
      health.slowest = fmt::format("fetch thread {}", i);
      health.at = fetcher.working().get();
    }
    return health;
  }

 private:
  AfterDeath settle_accounts(frontier::Frontier& frontier) {
    AfterDeath after_death;
    const auto suspect = setup_.suspect != nullptr ? setup_.suspect->get() : std::nullopt;
    if (suspect) blame(frontier, *suspect, false);
    const bool crashed = setup_.crashed != nullptr && *setup_.crashed;
    if (setup_.trial != nullptr) {
      if (crashed && !suspect) after_death.quarantine = quarantine(frontier);
      if (after_death.quarantine.over()) setup_.trial->clear();  // whatever an earlier process has left there
    }
    after_death.careful = crashed || suspect;
    if (after_death.quarantine.over()) frontier.reclaim(setup_.number, clock_.schedule_ms());
    if (suspect) setup_.suspect->clear();
    if (crashed) *setup_.crashed = false;
    return after_death;
  }

  /// After a death that nothing tells the cause of.
  Quarantine quarantine(frontier::Frontier& frontier) {
    const Death death{.on_trial = setup_.trial->on_trial(), .alone = setup_.trial->alone.get()};
    setup_.trial->clear();
    Findings findings = inquest(death, frontier.hold(setup_.number, clock_.schedule_ms()));
    if (findings.guilty) blame(frontier, *findings.guilty, true);
    const std::size_t suspects = findings.alone.size() + findings.together.size();
    if (suspects > 0) log::warning("any of {} hosts may have killed the process before this one", suspects);
    return Quarantine(std::move(findings), *setup_.trial);
  }

  void blame(frontier::Frontier& frontier, const frontier::UrlKey& url, bool proven) {
    const auto blamed = frontier.blame(url, clock_.schedule_ms(), clock_.wall_ms(), proven);
    if (!blamed) return;
    log::error("the process before this one died while it worked on {} (try {}); {}", blamed->url, blamed->tries,
               blamed->given_up ? "given up: it has failed with \"crashed\"" : "it will be tried again");
  }

  const WorkerSetup setup_;
  const Policy policy_;
  const SystemClock clock_;
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
void WorkerPool::stop(std::chrono::milliseconds grace, const std::function<bool()>& hurried) {
  impl_->stop(grace, hurried);
}
PoolHealth WorkerPool::health() const {
  return impl_->health();
}

}  // namespace wswp::crawl
