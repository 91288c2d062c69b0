#pragma once
// A fetch thread: one event loop, many visits. It is handed visits and answers by the store thread and gives back
// reports and questions through VisitSink. push(), answer(), stop() and the gauges may be used by any thread.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "crawl/mailbox.h"
#include "crawl/slots.h"
#include "crawl/visit_runner.h"
#include "net/fetch_loop.h"

namespace wswp::crawl {

class FetchThread;

/// A visit asks what its crawl knows of a target.
struct SeenQuestion {
  FetchThread* from;
  std::uint64_t visit;
  frontier::CrawlId crawl;
  frontier::HostId host;
  std::string target;
};
struct SeenAnswer {
  std::uint64_t visit;
  frontier::Seen seen;
};

/// Where fetch threads put what is for the store. Any thread.
class VisitSink {
 public:
  virtual ~VisitSink() = default;
  virtual void report(frontier::VisitReport report) = 0;
  virtual void ask(SeenQuestion question) = 0;
  /// More links wait to be recorded than memory should be spent on: no page is to be asked for until they are fewer.
  virtual bool congested() const = 0;
};

class FetchThread final : private VisitHost {
 public:
  FetchThread(const Policy& policy, const net::FetchOptions& options, const Clock& clock, net::AddressTable* addresses,
              VisitSink& sink);
  ~FetchThread() override;

  void start();
  /// Visits that are under way end as far as their transfers let them until `deadline`; then transfers are cut off.
  /// Nothing is pushed after this. Called again: the new deadline holds.
  void stop(MonoMs deadline);
  void join();

  void push(VisitTask task);
  void answer(SeenAnswer answer);

  /// How many more visits it could use now.
  frontier::Seats wanted() const;
  /// It has fewer visits than transfers.
  bool runs_dry() const { return slots_.runs_dry(); }
  std::int64_t in_flight() const { return in_flight_; }
  MonoMs beat_ms() const { return beat_ms_; }
  /// What it is working on at this moment, or was when it failed.
  const WorkMark& working() const { return mark_; }
  /// What this machine was short of in the last seconds.
  Obstacle obstacle() const;
  bool failed() const { return failed_; }
  bool ended() const { return ended_running_; }

 private:
  net::FetchLoop& loop() override { return *loop_; }
  const Clock& clock() const override { return clock_; }
  const Policy& policy() const override { return policy_; }
  ScannerPool& scanners() override { return scanners_; }
  WorkMark& mark() override { return mark_; }
  void asks(VisitRunner& runner) override { slots_.asks(runner.seat(), runner.id(), clock_.mono_ms()); }
  void heard(VisitRunner& runner) override { slots_.heard(runner.seat(), clock_.mono_ms()); }
  double luck() override { return std::uniform_real_distribution<double>()(random_); }
  bool congested() const override { return sink_.congested(); }
  void wait_until(VisitRunner& runner, MonoMs instant) override;
  void ask_seen(VisitRunner& runner, const std::string& target) override;
  void starved(Obstacle obstacle) override;
  void progressed(frontier::VisitReport part) override;
  void finished(VisitRunner& runner, frontier::VisitReport report) override;

  void run();
  void turn();
  void take_mail();
  void wake_due();
  void take_silent_slots();
  void begin_ready();
  /// The first of the queue; null: it has ended meanwhile.
  VisitRunner* next(std::deque<std::uint64_t>& queue);
  void end_visits();
  std::int64_t wait_ms() const;

  const Policy& policy_;
  const Clock& clock_;
  VisitSink& sink_;
  ScannerPool scanners_;
  std::unique_ptr<net::FetchLoop> loop_;
  std::minstd_rand random_{std::random_device()()};

  Slots slots_;
  std::unordered_map<std::uint64_t, std::unique_ptr<VisitRunner>> visits_;
  std::deque<std::uint64_t> proven_, unproven_;      // not begun
  std::deque<std::uint64_t> rested_;                 // their delay is over
  std::multimap<MonoMs, std::uint64_t> resting_;     // by the end of their delay
  std::vector<std::unique_ptr<VisitRunner>> ended_;  // to be deleted at the end of the turn
  std::uint64_t next_id_ = 1;

  Mailbox<VisitTask> tasks_;
  Mailbox<SeenAnswer> answers_;
  std::vector<VisitTask> task_buffer_;
  std::vector<SeenAnswer> answer_buffer_;

  std::atomic<std::int64_t> in_flight_ = 0;
  std::atomic<MonoMs> beat_ms_;
  WorkMark mark_;
  std::atomic<Obstacle> obstacle_ = Obstacle::kNone;  // the last one
  std::atomic<MonoMs> starved_ms_ = 0;                // when that was
  std::atomic<bool> failed_ = false;
  std::atomic<bool> ended_running_ = false;
  std::atomic<MonoMs> deadline_ = 0;  // 0: not stopping
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace wswp::crawl
