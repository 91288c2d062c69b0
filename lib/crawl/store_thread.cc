#include "crawl/store_thread.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "base/log.h"
#include "crawl/heartbeat.h"
#include "crawl/report_group.h"

namespace wswp::crawl {
namespace {

/// Reports are gathered that long, so that a transaction serves many of them; what a visit may wait for the next one.
constexpr std::int64_t kGroupMs = 5;
/// So long where nobody waits. A transaction costs some 200 µs however few it serves, and what is gathered is what a
/// kill makes the crawl ask for again, beside all that is on the wire.
constexpr std::int64_t kUnhurriedGroupMs = 10;
/// Visits claimed in one transaction at most, so that it keeps no other process from writing for long.
constexpr std::size_t kMostInAGroup = 1000;
/// Links that wait to be recorded, about 300 bytes each, before fetch threads pause. Visits bound them as well, to
/// about half of that, where a page has some sixty.
constexpr std::int64_t kMostLinksWaiting = 200'000;
/// An idle frontier is asked that often without being told that it has changed: another worker may have filled it.
constexpr std::int64_t kIdleAskMs = 250;
constexpr std::int64_t kFailedStorageWaitMs = 500;
constexpr std::int64_t kSuspectsWaitMs = 20;

}  // namespace

StoreThread::StoreThread(std::unique_ptr<frontier::Frontier> frontier, frontier::Owner owner, int wake_fd,
                         const Clock& clock, AfterDeath after_death)
    : frontier_(std::move(frontier)),
      owner_(owner),
      wake_fd_(wake_fd),
      clock_(clock),
      quarantine_(std::move(after_death.quarantine)),
      slow_start_(after_death.careful),
      beat_ms_(clock.mono_ms()) {}

StoreThread::~StoreThread() {
  finish();
}

void StoreThread::start(std::span<FetchThread* const> fetchers) {
  fetchers_.assign(fetchers.begin(), fetchers.end());
  thread_ = std::thread([this] { run(); });
}

void StoreThread::stop_claiming() {
  const std::lock_guard lock(claim_mutex_);
  claiming_ = false;
}

void StoreThread::finish() {
  if (!thread_.joinable()) return;
  claiming_ = false;
  finishing_ = true;
  wake();
  thread_.join();
}

void StoreThread::wake() const {
  ::eventfd_write(wake_fd_, 1);
}

void StoreThread::report(frontier::VisitReport report) {
  waiting_links_ += links_of(report);
  if (reports_.put(std::move(report))) wake();
}

void StoreThread::ask(SeenQuestion question) {
  if (questions_.put(std::move(question))) wake();
}

bool StoreThread::congested() const {
  return waiting_links_ > kMostLinksWaiting;
}

void StoreThread::run() {
  try {
    while (!finishing_) {
      wait_for_work();
      turn();
    }
    turn();
    if (!quarantine_.over()) frontier_->reclaim(owner_, clock_.schedule_ms());  // those that were not visited
  } catch (const std::exception& e) {
    log::error("store thread: {}", e.what());
    failed_ = true;
  }
}

void StoreThread::wait_for_work() {
  const MonoMs now = clock_.mono_ms();
  beat_ms_ = now;
  const bool idle =
      std::all_of(fetchers_.begin(), fetchers_.end(), [](const FetchThread* f) { return f->wanted().all == 0; });
  std::int64_t wait = kLongestWaitMs;
  if (obstacle_ != Obstacle::kNone) wait = kFailedStorageWaitMs;
  if (!idle && claiming_) wait = std::clamp<std::int64_t>(claim_at_ms_ - now, 0, wait);
  pollfd descriptor{.fd = wake_fd_, .events = POLLIN, .revents = 0};
  if (::poll(&descriptor, 1, static_cast<int>(wait)) > 0) {
    eventfd_t count = 0;
    ::eventfd_read(wake_fd_, &count);
    claim_at_ms_ = 0;
  }
  gather(kGroupMs);
  if (nobody_waits()) gather(kUnhurriedGroupMs);
}

void StoreThread::gather(std::int64_t group_ms) const {
  const std::int64_t left = group_began_ms_ + group_ms - clock_.mono_ms();
  if (left > 0 && !finishing_) std::this_thread::sleep_for(std::chrono::milliseconds(left));
}

bool StoreThread::nobody_waits() const {
  return questions_.empty() &&
         std::none_of(fetchers_.begin(), fetchers_.end(), [](const FetchThread* f) { return f->runs_dry(); });
}

void StoreThread::turn() {
  group_began_ms_ = clock_.mono_ms();
  take_reports();
  try {
    exchange();
    answer_questions();
    while (!unrecorded_.empty()) {
      beat_ms_ = clock_.mono_ms();
      frontier_->give_way();
      exchange();
      answer_questions();
    }
    storage_works();
  } catch (const frontier::Unavailable& e) {
    storage_failed(e);
  }
}

void StoreThread::take_reports() {
  reports_.take(report_buffer_);
  std::move(report_buffer_.begin(), report_buffer_.end(), std::back_inserter(unrecorded_));
  if (!unrecorded_.empty()) claim_at_ms_ = 0;
}

void StoreThread::exchange() {
  const std::lock_guard lock(claim_mutex_);
  const bool apart = !quarantine_.over();
  const std::span<const frontier::VisitReport> group = first_group(unrecorded_);
  // Hosts that have just been visited come before new ones, so nothing is claimed before all are back in the queue.
  const bool last = group.size() == unrecorded_.size();
  const frontier::Seats wanted = apart || !last ? frontier::Seats{} : wanted_visits();
  if (unrecorded_.empty() && wanted.all == 0) return apart ? visit_suspects() : void();
  std::vector<frontier::Visit> visits = frontier_->exchange(group, owner_, wanted, clock_.schedule_ms());
  note_recorded(group);
  unrecorded_.erase(unrecorded_.begin(), unrecorded_.begin() + static_cast<std::ptrdiff_t>(group.size()));
  const std::size_t got = visits.size();
  hand_out(std::move(visits));
  if (apart) return visit_suspects();
  if (got == wanted.all) return;
  const std::optional<ScheduleMs> ready = frontier_->next_ready(wanted_visits());
  const std::int64_t wait =
      ready ? std::clamp<std::int64_t>(*ready - clock_.schedule_ms(), kGroupMs, kIdleAskMs) : kIdleAskMs;
  claim_at_ms_ = clock_.mono_ms() + wait;
}

frontier::Seats StoreThread::wanted_visits() const {
  frontier::Seats wanted;
  if (!claiming_ || congested() || clock_.mono_ms() < claim_at_ms_) return wanted;
  for (const FetchThread* fetcher : fetchers_) {
    const frontier::Seats seats = fetcher->wanted();
    wanted.all += seats.all;
    wanted.unproven += seats.unproven;
    wanted.failed += seats.failed;
  }
  const std::size_t most = std::min(slow_start_.admit(wanted.all), kMostInAGroup);
  return {.all = most, .unproven = std::min(wanted.unproven, most), .failed = std::min(wanted.failed, most)};
}

void StoreThread::visit_suspects() {
  claim_at_ms_ = clock_.mono_ms() + kSuspectsWaitMs;
  if (!claiming_) return;
  while (const auto host = quarantine_.next(clock_.schedule_ms())) {
    std::optional<frontier::Visit> visit = frontier_->revisit(*host, clock_.schedule_ms());
    if (!visit) {
      quarantine_.ended(host->crawl, host->host);
      continue;
    }
    quarantine_.begins({.crawl = visit->crawl, .host = visit->host, .rank = visit->urls.front().rank});
    std::vector<frontier::Visit> one;
    one.push_back(std::move(*visit));
    hand_out(std::move(one));
  }
}

void StoreThread::note_recorded(std::span<const frontier::VisitReport> reports) {
  for (const frontier::VisitReport& report : reports) {
    waiting_links_ -= links_of(report);
    if (!report.released) continue;
    slow_start_.ended();
    if (!quarantine_.over()) quarantine_.ended(report.crawl, report.host);
  }
}

void StoreThread::answer_questions() {
  questions_.take(question_buffer_);
  for (const SeenQuestion& question : question_buffer_) {
    question.from->answer(
        {.visit = question.visit, .seen = frontier_->seen(question.crawl, question.host, question.target)});
  }
}

void StoreThread::hand_out(std::vector<frontier::Visit> visits) {
  slow_start_.began(visits.size());
  std::map<frontier::CrawlId, std::shared_ptr<const CrawlRules>> rules;  // options are asked for once a group
  for (frontier::Visit& visit : visits) {
    auto& of_crawl = rules[visit.crawl];
    if (!of_crawl) of_crawl = rules_.of(visit.crawl, frontier_->options(visit.crawl));
    const auto need = [standing = visit.standing](const FetchThread* fetcher) {
      const frontier::Seats seats = fetcher->wanted();
      switch (standing) {
        case frontier::Standing::kAnswered:
          return seats.all;
        case frontier::Standing::kUntried:
          return seats.unproven;
        case frontier::Standing::kFailed:
          break;
      }
      return seats.failed;
    };
    FetchThread* neediest = *std::max_element(fetchers_.begin(), fetchers_.end(),
                                              [&need](FetchThread* a, FetchThread* b) { return need(a) < need(b); });
    neediest->push({.visit = std::move(visit), .rules = of_crawl});
  }
}

void StoreThread::storage_failed(const frontier::Unavailable& e) {
  if (obstacle_ != e.obstacle()) log::error("the crawl waits: {} ({})", explain(e.obstacle()), e.what());
  obstacle_ = e.obstacle();
}

void StoreThread::storage_works() {
  if (obstacle_ != Obstacle::kNone) log::info("the database can be written again; the crawl goes on");
  obstacle_ = Obstacle::kNone;
}

}  // namespace wswp::crawl
