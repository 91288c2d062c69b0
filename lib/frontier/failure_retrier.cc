#include "frontier/failure_retrier.h"

namespace wswp::frontier {
namespace {

constexpr std::int64_t kRowsPerTransaction = 1000;

}  // namespace

FailureRetrier::FailureRetrier(store::Database& database, CrawlTable& crawls, UrlTable& urls)
    : database_(database),
      crawls_(crawls),
      urls_(urls),
      failures_(database,
                "select error, rank, host_id, target, bytes from outcome indexed by outcome_failed "
                "where crawl_id = ?1 and state = 4 and (error, rank) > (?2, ?3) order by error, rank limit ?4"),
      delete_outcome_(database, "delete from outcome where crawl_id = ? and rank = ?") {}

std::vector<FailureRetrier::Failure> FailureRetrier::failures_after(CrawlId crawl, const std::string& error,
                                                                    Rank rank) {
  std::vector<Failure> failures;
  failures_.bind(crawl, error, rank, kRowsPerTransaction);
  while (failures_.step()) {
    failures.push_back({.error = std::string(failures_.text(0)),
                        .rank = failures_.integer(1),
                        .host = failures_.integer(2),
                        .target = std::string(failures_.text(3)),
                        .bytes = failures_.integer(4)});
  }
  return failures;
}

std::int64_t FailureRetrier::retry(CrawlId crawl) {
  std::string error;
  Rank rank = 0;
  for (std::int64_t retried = 0;;) {
    store::Transaction transaction(database_);
    const std::vector<Failure> failures = failures_after(crawl, error, rank);
    if (failures.empty()) return retried;
    CounterChange change;
    for (const Failure& failure : failures) {
      delete_outcome_.run(crawl, failure.rank);
      urls_.revive(crawl, failure.host, failure.target);
      change.bytes -= failure.bytes;
    }
    change.failed = -static_cast<std::int64_t>(failures.size());
    change.pending = -change.failed;
    crawls_.apply(crawl, change);
    transaction.commit();
    retried += change.pending;
    database_.give_way();
    error = failures.back().error;
    rank = failures.back().rank;
  }
}

}  // namespace wswp::frontier
