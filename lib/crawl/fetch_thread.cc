#include "crawl/fetch_thread.h"

#include <algorithm>

#include "base/log.h"
#include "crawl/heartbeat.h"

namespace wswp::crawl {
namespace {

/// For so long after this machine ran short of something no visit is taken on.
constexpr std::int64_t kStarvedPauseMs = 1000;
constexpr std::int64_t kStarvedShownMs = 3000;

}  // namespace

FetchThread::FetchThread(const Policy& policy, const net::FetchOptions& options, const Clock& clock,
                         net::AddressTable* addresses, VisitSink& sink)
    : policy_(policy),
      clock_(clock),
      sink_(sink),
      loop_(std::make_unique<net::FetchLoop>(options, clock, addresses)),
      slots_(options.transfers, options.spare),
      beat_ms_(clock.mono_ms()) {}

FetchThread::~FetchThread() {
  join();
}

void FetchThread::start() {
  thread_ = std::thread([this] { run(); });
}

void FetchThread::stop(MonoMs deadline) {
  deadline_ = deadline;
  loop_->wake();
}

void FetchThread::join() {
  if (thread_.joinable()) thread_.join();
}

void FetchThread::push(VisitTask task) {
  slots_.admitted(task.visit.standing);
  if (tasks_.put(std::move(task))) loop_->wake();
}

void FetchThread::answer(SeenAnswer answer) {
  if (answers_.put(answer)) loop_->wake();
}

frontier::Seats FetchThread::wanted() const {
  if (obstacle_ != Obstacle::kNone && clock_.mono_ms() < starved_ms_ + kStarvedPauseMs) return {};
  return slots_.wanted();
}

Obstacle FetchThread::obstacle() const {
  return obstacle_ != Obstacle::kNone && clock_.mono_ms() < starved_ms_ + kStarvedShownMs ? obstacle_.load()
                                                                                          : Obstacle::kNone;
}

void FetchThread::starved(Obstacle obstacle) {
  if (this->obstacle() != obstacle) log::warning("the crawl waits: {}", explain(obstacle));
  starved_ms_ = clock_.mono_ms();
  obstacle_ = obstacle;
}

void FetchThread::progressed(frontier::VisitReport part) {
  sink_.report(std::move(part));
  beat_ms_ = clock_.mono_ms();  // a turn may end many pages, each with many links
}

void FetchThread::wait_until(VisitRunner& runner, MonoMs instant) {
  slots_.rests(runner.seat());
  resting_.emplace(instant, runner.id());
}

void FetchThread::ask_seen(VisitRunner& runner, const std::string& target) {
  slots_.rests(runner.seat());
  sink_.ask({.from = this,
             .visit = runner.id(),
             .crawl = runner.visit().crawl,
             .host = runner.visit().host,
             .target = target});
}

void FetchThread::finished(VisitRunner& runner, frontier::VisitReport report) {
  const auto it = visits_.find(runner.id());
  slots_.left(runner.seat());
  ended_.push_back(std::move(it->second));
  visits_.erase(it);
  sink_.report(std::move(report));
  beat_ms_ = clock_.mono_ms();
}

void FetchThread::run() {
  const CrashHandler crash_handler(mark_);
  try {
    while (!ending_ || !visits_.empty()) turn();
  } catch (const std::exception& e) {
    log::error("fetch thread: {}", e.what());
    failed_ = true;
  }
  ended_running_ = true;
}

void FetchThread::turn() {
  const bool stopping = deadline_ != 0;  // asked first: what was pushed before stop() is taken below
  take_mail();
  if (stopping) end_visits();
  wake_due();
  take_silent_slots();
  begin_ready();
  in_flight_ = static_cast<std::int64_t>(loop_->in_flight());
  if (!ending_ || !visits_.empty()) loop_->run_once(wait_ms());
  ended_.clear();
  if (loop_->obstacle() != Obstacle::kNone) {
    starved(loop_->obstacle());
  } else if (obstacle_ != Obstacle::kNone && obstacle() == Obstacle::kNone) {
    log::info("the crawl goes on");
    obstacle_ = Obstacle::kNone;
  }
  beat_ms_ = clock_.mono_ms();
}

void FetchThread::take_mail() {
  tasks_.take(task_buffer_);
  for (VisitTask& task : task_buffer_) {
    const std::uint64_t id = next_id_++;
    VisitHost& host = *this;
    const Seat seat = Slots::seat_of(task.visit.standing);
    auto runner = std::make_unique<VisitRunner>(id, std::move(task), host);
    runner->seat() = seat;
    visits_.emplace(id, std::move(runner));
    (seat.proven ? proven_ : unproven_).push_back(id);
  }
  answers_.take(answer_buffer_);
  for (const SeenAnswer& answer : answer_buffer_) {
    const auto it = visits_.find(answer.visit);
    if (it == visits_.end()) continue;
    slots_.began(it->second->seat());  // it has waited for us, not for the host
    it->second->resume_with(answer.seen);
  }
}

void FetchThread::wake_due() {
  const MonoMs now = clock_.mono_ms();
  while (!resting_.empty() && resting_.begin()->first <= now) {
    const std::uint64_t id = resting_.begin()->second;
    resting_.erase(resting_.begin());
    const auto it = visits_.find(id);
    if (it == visits_.end()) continue;
    slots_.rested(it->second->seat());
    rested_.push_back(id);
  }
}

void FetchThread::take_silent_slots() {
  const MonoMs now = clock_.mono_ms();
  const auto seat_of = [this](std::uint64_t id) {
    const auto it = visits_.find(id);
    return it == visits_.end() ? nullptr : &it->second->seat();
  };
  slots_.tick(now, seat_of);
  while (const auto id = slots_.to_put_off(now, seat_of)) visits_.at(*id)->put_off();
}

VisitRunner* FetchThread::next(std::deque<std::uint64_t>& queue) {
  const auto it = visits_.find(queue.front());
  queue.pop_front();
  return it == visits_.end() ? nullptr : it->second.get();
}

void FetchThread::begin_ready() {
  while (!rested_.empty() && slots_.may_begin(true)) {
    VisitRunner* runner = next(rested_);
    if (runner == nullptr) continue;
    slots_.began(runner->seat());
    runner->resume();
  }
  for (;;) {
    const bool proven = !proven_.empty() && slots_.may_begin(true);
    const bool unproven = !unproven_.empty() && slots_.may_begin(false);
    if (!proven && !unproven) return;
    VisitRunner* runner = next(proven && (slots_.proven_is_next() || !unproven) ? proven_ : unproven_);
    if (runner == nullptr) continue;
    slots_.began(runner->seat());
    runner->begin();
  }
}

void FetchThread::end_visits() {
  const bool late = clock_.mono_ms() >= deadline_;
  std::vector<VisitRunner*> runners;
  for (const auto& [id, runner] : visits_) runners.push_back(runner.get());
  resting_.clear();
  for (VisitRunner* runner : runners) runner->stop();
  if (late) loop_->abort_all(net::FetchError::kAborted);
  ending_ = true;
}

std::int64_t FetchThread::wait_ms() const {
  std::int64_t wait = kLongestWaitMs;
  if (!resting_.empty()) wait = std::min(wait, resting_.begin()->first - clock_.mono_ms());
  if (deadline_ != 0) wait = std::min(wait, deadline_ - clock_.mono_ms());
  return std::max<std::int64_t>(slots_.tick_ms(clock_.mono_ms(), wait), 0);
}

}  // namespace wswp::crawl
