#pragma once
// The store thread: the only one of a worker that speaks to the frontier, in groups. Each turn takes what the fetch
// threads have reported since the last one, records it in one transaction, and claims in another as many visits as they
// could use. report() and ask() may be called by any thread; the rest by the owner.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "crawl/fetch_thread.h"
#include "crawl/mailbox.h"
#include "crawl/quarantine.h"
#include "crawl/rules_cache.h"
#include "crawl/slow_start.h"
#include "frontier/frontier.h"

namespace wswp::crawl {

/// How a worker begins whose predecessor has died by a fault of its own.
struct AfterDeath {
  Quarantine quarantine;  // visited first, and apart from all others
  bool careful = false;   // few visits at first, and more the longer it goes well
};

class StoreThread final : public VisitSink {
 public:
  /// `wake_fd`: an eventfd that also others write to when the frontier has changed; borrowed.
  StoreThread(std::unique_ptr<frontier::Frontier> frontier, frontier::Owner owner, int wake_fd, const Clock& clock,
              AfterDeath after_death = {});
  ~StoreThread() override;

  void start(std::span<FetchThread* const> fetchers);
  /// No visit is claimed any more; all that were have been handed out when this returns.
  void stop_claiming();
  /// The fetch threads have ended: records what they left, ends.
  void finish();

  void report(frontier::VisitReport report) override;
  void ask(SeenQuestion question) override;
  bool congested() const override;

  MonoMs beat_ms() const { return beat_ms_; }
  /// Why the database cannot be written at present: the crawl waits.
  Obstacle obstacle() const { return obstacle_; }
  bool failed() const { return failed_; }

 private:
  void run();
  void turn();
  void wait_for_work();
  /// Lets reports come until the group is that old.
  void gather(std::int64_t group_ms) const;
  /// All fetch threads have visits enough, and no question is open.
  bool nobody_waits() const;
  void take_reports();
  /// Records what has been reported, or as much of it as fits into a short transaction, and claims what is wanted.
  void exchange();
  frontier::Seats wanted_visits() const;
  /// Instead of claims, as long as there are suspects: those whose turn has come.
  void visit_suspects();
  /// Takes account of what has been recorded of visits.
  void note_recorded(std::span<const frontier::VisitReport> reports);
  void answer_questions();
  void hand_out(std::vector<frontier::Visit> visits);
  void storage_failed(const frontier::Unavailable& e);
  void storage_works();
  void wake() const;

  std::unique_ptr<frontier::Frontier> frontier_;
  const frontier::Owner owner_;
  const int wake_fd_;
  const Clock& clock_;
  std::vector<FetchThread*> fetchers_;

  Mailbox<frontier::VisitReport> reports_;
  Mailbox<SeenQuestion> questions_;
  std::atomic<std::int64_t> waiting_links_ = 0;  // in `reports_` and `unrecorded_`
  std::vector<frontier::VisitReport> unrecorded_, report_buffer_;
  std::vector<SeenQuestion> question_buffer_;
  RulesCache rules_;

  Quarantine quarantine_;
  SlowStart slow_start_;

  MonoMs group_began_ms_ = 0;  // the last turn that did something
  MonoMs claim_at_ms_ = 0;     // the frontier had nothing more; to be asked again then, or when woken
  std::mutex claim_mutex_;     // held while visits are claimed and handed out
  std::atomic<bool> claiming_ = true;
  std::atomic<bool> finishing_ = false;
  std::atomic<Obstacle> obstacle_ = Obstacle::kNone;  // of the last turn
  std::atomic<bool> failed_ = false;
  std::atomic<MonoMs> beat_ms_;
  std::thread thread_;
};

}  // namespace wswp::crawl
