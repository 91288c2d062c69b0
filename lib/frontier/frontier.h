#pragma once
// The frontier: every URL of every crawl, what became of it, and which host may be visited next. Workers do not claim
// URLs, they lease hosts (see Visit), so that politeness is local to one fetch thread.
//
// Contract: an object belongs to one thread; any number of them, in any number of processes, may stand on one database.
// Every call is one transaction: it has happened as a whole when it returns, or not at all when it throws Unavailable.
// Nothing above this interface may assume SQLite.

#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/obstacle.h"
#include "base/result.h"
#include "frontier/seed_list.h"
#include "frontier/types.h"

namespace wswp::frontier {

/// The crawl that a list is added to is gone, or being removed.
class CrawlRemoved : public std::runtime_error {
 public:
  CrawlRemoved() : std::runtime_error("the crawl has been removed meanwhile") {}
};

/// The storage cannot serve now: disk full, I/O error, locked beyond patience. The call did nothing; it may be
/// repeated.
class Unavailable : public std::runtime_error {
 public:
  Unavailable(Obstacle obstacle, const std::string& what) : std::runtime_error(what), obstacle_(obstacle) {}
  Obstacle obstacle() const { return obstacle_; }

 private:
  Obstacle obstacle_;
};

/// The crawls and their settings. Names are 1-64 of [A-Za-z0-9._-].
class CrawlRegistry {
 public:
  virtual ~CrawlRegistry() = default;
  /// The crawl of that name, created with `defaults` where it is missing; `patch` is applied to its options.
  virtual Result<Crawl> open_crawl(const std::string& name, const CrawlOptions& defaults, const CrawlPatch& patch,
                                   WallMs now) = 0;
  virtual std::optional<Crawl> find_crawl(const std::string& name) = 0;
  /// All crawls with their counters, by age. The cost does not depend on the number of URLs.
  virtual std::vector<Crawl> crawls() = 0;
  /// Takes effect with the next claim. False: there is no such crawl.
  virtual bool set_paused(const std::string& name, bool paused) = 0;
  /// Nothing: there is no such crawl.
  virtual std::optional<CrawlOptions> options(CrawlId crawl) = 0;
};

/// What is begun at once and goes on in steps.
class LongWork {
 public:
  virtual ~LongWork() = default;
  /// Removals that have begun and not ended, also those of an earlier process.
  virtual std::vector<CrawlId> unfinished_removals() = 0;
  /// One short transaction of a removal; to be called until kDone. kWaiting: visits have to end first; try again later.
  virtual RemovalProgress remove_step(CrawlId crawl) = 0;
  /// Retries that have begun and not ended, also those of an earlier process.
  virtual std::vector<CrawlId> unfinished_retries() = 0;
  /// One short transaction of a retry; false: it has ended.
  virtual bool retry_step(CrawlId crawl) = 0;
};

class Frontier : public CrawlRegistry, public LongWork {
 public:
  // ---- add: what lists bring
  /// Adds seeds (depth 0) in list order; what the crawl knows already is counted as duplicate. Splits the work into
  /// transactions short enough not to stall the crawl: after an exception the rows before stay added (`summary` counts
  /// them), and adding the same list again adds the rest. Throws CrawlRemoved as soon as it finds it so.
  virtual void add(CrawlId crawl, const SeedList& seeds, ScheduleMs now, AddSummary& summary) = 0;

  // ---- claim, record: what workers do, in groups
  /// Leases hosts of crawls that are not paused: those that have answered and whose waiting time is over, in its order;
  /// new ones by rank; and those that have failed. Where hosts of several standings are due, a quarter of the seats is
  /// for those that have not answered, and a quarter of that for those that have failed; what one kind does not need,
  /// the others get. A visit carries at most `urls_per_visit(delay)` URLs.
  virtual std::vector<Visit> claim(Owner owner, Seats seats, ScheduleMs now) = 0;
  std::vector<Visit> claim(Owner owner, std::size_t hosts, ScheduleMs now) {
    return claim(owner, Seats::of(hosts), now);
  }
  /// Records outcomes, adds what was found, stores robots rules, moves the counters, and releases the hosts whose
  /// visits are over. Reports of one visit come in their order, and from the holder of the lease, as long as that is
  /// not voided: reclaim() is for owners that are dead.
  virtual void record(std::span<const VisitReport> reports, ScheduleMs now) = 0;
  /// record(), then claim(), in one transaction: that is cheaper, and waits for other writers once.
  virtual std::vector<Visit> exchange(std::span<const VisitReport> reports, Owner owner, Seats seats,
                                      ScheduleMs now) = 0;
  /// What the crawl knows of a target of a host: asked before a redirect within the host is followed.
  virtual Seen seen(CrawlId crawl, HostId host, const std::string& target) = 0;

  /// Between two transactions of one's own that follow at once: a rest, if another writer waits for his.
  virtual void give_way() = 0;

  // ---- reclaim: what a dead owner leaves
  /// Voids the leases of one owner, or of all; their hosts rest for their delay first, as nobody knows when the last
  /// request went out. The cost depends on what was leased, not on the size of the frontier. Returns how many.
  virtual std::int64_t reclaim(std::optional<Owner> owner, ScheduleMs now) = 0;
  /// The process that held the lease died while it worked on this URL: counts as a failed try of it; the third ends
  /// it as failed with the error "crashed", and the first one if it is `proven` that the process died of nothing else.
  /// Nothing happens where it is not in flight any more.
  virtual std::optional<Blamed> blame(const UrlKey& url, ScheduleMs now, WallMs wall, bool proven = false) = 0;
  /// What a dead owner has leased, instead of reclaim(): the leases stay, and the hosts rest for their delay. In the
  /// order of hosts.
  virtual std::vector<HeldHost> hold(Owner owner, ScheduleMs now) = 0;
  /// The visit of a held host, with its next URL alone. None: it has nothing to fetch, or its crawl does not run; then
  /// the host is released.
  virtual std::optional<Visit> revisit(const HeldHost& host, ScheduleMs now) = 0;

  // ---- second thoughts
  /// The failed URLs of the crawl are to be pending again, as if never tried, and count as such; their rows are moved
  /// with retry_step(). Returns how many; nothing: there is no such crawl.
  virtual std::optional<std::int64_t> begin_retry(const std::string& name) = 0;
  /// The crawl is served no more and is out of sight; its rows go with remove_step(). Nothing: there is no such crawl.
  virtual std::optional<CrawlId> begin_removal(const std::string& name) = 0;

  // ---- time
  /// The offset of schedule time (base/clock.h) from the time since boot. Once a run, before anything is scheduled.
  virtual std::int64_t settle_time(const BootInstant& boot, WallMs wall) = 0;
  /// To be called now and then while crawls run, so that the next boot goes on from there.
  virtual void note_time(ScheduleMs now, WallMs wall) = 0;

  // ---- power cuts
  /// What has been committed so far survives a power cut as well, unless a long-running reader is in the way (false).
  /// Waits for the disk, but keeps nobody else waiting.
  virtual bool make_durable() = 0;

  // ---- waiting
  /// When the next host of a running crawl may be visited, one for which there would be a seat; nothing where none
  /// waits. May lie in the past.
  virtual std::optional<ScheduleMs> next_ready(Seats seats) = 0;
  std::optional<ScheduleMs> next_ready() { return next_ready(Seats::of(1)); }
};

/// How many URLs a visit carries: what fits into about two seconds at `delay_ms` between requests, at least 1, at
/// most 8.
std::size_t urls_per_visit(std::int64_t delay_ms);

}  // namespace wswp::frontier
