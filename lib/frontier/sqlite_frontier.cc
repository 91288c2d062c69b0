#include "frontier/sqlite_frontier.h"

#include "frontier/crash_blamer.h"
#include "frontier/crawl_remover.h"
#include "frontier/crawl_table.h"
#include "frontier/failure_retrier.h"
#include "frontier/fresh_hosts.h"
#include "frontier/guarded.h"
#include "frontier/host_directory.h"
#include "frontier/host_queue.h"
#include "frontier/host_states.h"
#include "frontier/lease_reclaimer.h"
#include "frontier/moved_sites.h"
#include "frontier/seed_adder.h"
#include "frontier/site_table.h"
#include "frontier/time_base.h"
#include "frontier/url_table.h"
#include "frontier/visit_claimer.h"
#include "frontier/visit_recorder.h"
#include "store/database.h"

namespace wswp::frontier {
namespace {

CrawlOptions patched(CrawlOptions options, const CrawlPatch& patch) {
  options.link_regex = patch.link_regex.value_or(options.link_regex);
  options.max_depth = patch.max_depth.value_or(options.max_depth);
  options.same_site = patch.same_site.value_or(options.same_site);
  options.max_urls_per_host = patch.max_urls_per_host.value_or(options.max_urls_per_host);
  options.delay_ms = patch.delay_ms ? patch.delay_ms : options.delay_ms;
  return options;
}

/// The tables and the steps over them, on one connection.
class SqliteFrontier final : public Frontier {
 public:
  SqliteFrontier(const std::string& path, const FrontierOptions& options)
      : database_(path, store::Mode::kReadWrite, options.cache_kib, options.checkpoints, options.signals),
        crawls_(database_),
        hosts_(database_),
        states_(database_),
        fresh_(database_),
        queue_(database_, fresh_),
        urls_(database_, queue_),
        adder_(database_, crawls_, hosts_, urls_),
        moved_(database_),
        claimer_(database_, crawls_, queue_, moved_, options.default_delay_ms),
        sites_(database_, options.max_hosts_per_site),
        recorder_(database_, crawls_, hosts_, states_, queue_, urls_, sites_, moved_),
        reclaimer_(database_, states_, queue_, options.default_delay_ms),
        blamer_(database_, recorder_, options.default_delay_ms),
        retrier_(database_, crawls_, urls_),
        remover_(database_, queue_, fresh_),
        time_base_(database_) {}

  Result<Crawl> open_crawl(const std::string& name, const CrawlOptions& defaults, const CrawlPatch& patch,
                           WallMs now) override {
    if (Result<> checked = check_crawl_name(name); !checked) return checked.error();
    return guarded([&]() -> Result<Crawl> {
      store::Transaction transaction(database_);
      if (const std::optional<Crawl> known = crawls_.find(name)) {
        crawls_.update(known->id, patched(known->options, patch));
      } else {
        crawls_.insert(name, patched(defaults, patch), now);
      }
      Crawl crawl = *crawls_.find(name);
      transaction.commit();
      return crawl;
    });
  }

  std::optional<Crawl> find_crawl(const std::string& name) override {
    return guarded([&] { return crawls_.find(name); });
  }

  std::vector<Crawl> crawls() override {
    return guarded([&] { return crawls_.all(); });
  }

  bool set_paused(const std::string& name, bool paused) override {
    return guarded([&] { return crawls_.set_paused(name, paused); });
  }

  std::optional<CrawlOptions> options(CrawlId crawl) override {
    return guarded([&] { return crawls_.options(crawl); });
  }

  void add(CrawlId crawl, const SeedList& seeds, ScheduleMs now, AddSummary& summary) override {
    guarded([&] { adder_.add(crawl, seeds, now, summary); });
  }

  using Frontier::claim;
  std::vector<Visit> claim(Owner owner, Seats seats, ScheduleMs now) override {
    return exchange({}, owner, seats, now);
  }

  void record(std::span<const VisitReport> reports, ScheduleMs now) override { exchange(reports, 0, {}, now); }

  std::vector<Visit> exchange(std::span<const VisitReport> reports, Owner owner, Seats seats, ScheduleMs now) override {
    return guarded([&] {
      store::Transaction transaction(database_);
      if (!reports.empty()) recorder_.record(reports, now);
      std::vector<Visit> visits;
      if (seats.all > 0) visits = claimer_.claim(owner, seats, now);
      transaction.commit();
      return visits;
    });
  }

  void give_way() override { database_.give_way(); }

  Seen seen(CrawlId crawl, HostId host, const std::string& target) override {
    return guarded([&] {
      const std::optional<UrlTable::Known> known = urls_.find(crawl, host, target);
      if (!known) return Seen::kNo;
      return known->pending ? Seen::kPending : Seen::kDone;
    });
  }

  std::int64_t reclaim(std::optional<Owner> owner, ScheduleMs now) override {
    return guarded([&] { return reclaimer_.reclaim(owner, now); });
  }

  std::optional<Blamed> blame(const UrlKey& url, ScheduleMs now, WallMs wall, bool proven) override {
    return guarded([&] {
      store::Transaction transaction(database_);
      const std::optional<Blamed> blamed = blamer_.blame(url, now, wall, proven);
      transaction.commit();
      return blamed;
    });
  }

  std::vector<HeldHost> hold(Owner owner, ScheduleMs now) override {
    return guarded([&] { return reclaimer_.hold(owner, now); });
  }

  std::optional<Visit> revisit(const HeldHost& host, ScheduleMs now) override {
    return guarded([&] {
      store::Transaction transaction(database_);
      std::optional<Visit> visit = claimer_.revisit(host, now);
      transaction.commit();
      return visit;
    });
  }

  std::optional<std::int64_t> begin_retry(const std::string& name) override {
    return guarded([&] { return retrier_.begin(name); });
  }

  std::vector<CrawlId> unfinished_retries() override {
    return guarded([&] { return retrier_.unfinished(); });
  }

  bool retry_step(CrawlId crawl) override {
    return guarded([&] { return retrier_.step(crawl); });
  }

  std::optional<CrawlId> begin_removal(const std::string& name) override {
    return guarded([&] { return remover_.begin(name); });
  }

  std::vector<CrawlId> unfinished_removals() override {
    return guarded([&] { return remover_.unfinished(); });
  }

  RemovalProgress remove_step(CrawlId crawl) override {
    return guarded([&] { return remover_.step(crawl); });
  }

  std::int64_t settle_time(const BootInstant& boot, WallMs wall) override {
    return guarded([&] { return time_base_.settle(boot, wall); });
  }

  void note_time(ScheduleMs now, WallMs wall) override {
    guarded([&] { time_base_.note(now, wall); });
  }

  bool make_durable() override {
    return guarded([&] { return database_.checkpoint() == store::Moved::kAll; });
  }

  using Frontier::next_ready;
  std::optional<ScheduleMs> next_ready(Seats seats) override {
    return guarded([&] { return claimer_.next_ready(seats); });
  }

 private:
  store::Database database_;
  CrawlTable crawls_;
  HostDirectory hosts_;
  HostStates states_;
  FreshHosts fresh_;
  HostQueue queue_;
  UrlTable urls_;
  SeedAdder adder_;
  MovedSites moved_;
  VisitClaimer claimer_;
  SiteTable sites_;
  VisitRecorder recorder_;
  LeaseReclaimer reclaimer_;
  CrashBlamer blamer_;
  FailureRetrier retrier_;
  CrawlRemover remover_;
  TimeBase time_base_;
};

}  // namespace

std::unique_ptr<Frontier> open_frontier(const std::string& path, const FrontierOptions& options) {
  return guarded([&] { return std::make_unique<SqliteFrontier>(path, options); });
}

}  // namespace wswp::frontier
