#include "frontier/failure_retrier.h"

#include <algorithm>

namespace wswp::frontier {
namespace {

constexpr std::int64_t kRetriedPerStep = 1000;

}  // namespace

FailureRetrier::FailureRetrier(store::Database& database, CrawlTable& crawls, UrlTable& urls)
    : database_(database),
      crawls_(crawls),
      urls_(urls),
      begin_(database,
             "update crawl set retry_error = iif(failed > 0, '', null), retry_rank = 0, retry_left = failed "
             "where name = ? and removed = 0 returning failed"),
      unfinished_(database, "select id from crawl where retry_error is not null and removed = 0"),
      cursor_(database,
              "select retry_error, retry_rank, retry_left from crawl "
              "where id = ? and retry_error is not null and removed = 0"),
      move_(database, "update crawl set retry_error = ?2, retry_rank = ?3, retry_left = ?4 where id = ?1"),
      end_(database, "update crawl set retry_error = null, retry_left = 0 where id = ?"),
      failures_(database,
                "select error, rank, host_id, target, bytes from outcome indexed by outcome_failed "
                "where crawl_id = ?1 and state = 4 and (error, rank) > (?2, ?3) order by error, rank limit ?4"),
      delete_outcome_(database, "delete from outcome where crawl_id = ? and rank = ?") {}

std::optional<std::int64_t> FailureRetrier::begin(const std::string& name) {
  begin_.bind(name);
  if (!begin_.step()) return std::nullopt;
  const std::int64_t failed = begin_.integer(0);
  begin_.reset();
  return failed;
}

std::vector<CrawlId> FailureRetrier::unfinished() {
  std::vector<CrawlId> crawls;
  unfinished_.bind();
  while (unfinished_.step()) crawls.push_back(unfinished_.integer(0));
  return crawls;
}

std::optional<FailureRetrier::Cursor> FailureRetrier::cursor(CrawlId crawl) {
  cursor_.bind(crawl);
  if (!cursor_.step()) return std::nullopt;
  Cursor cursor{.error = std::string(cursor_.text(0)), .rank = cursor_.integer(1), .left = cursor_.integer(2)};
  cursor_.reset();
  return cursor;
}

std::vector<FailureRetrier::Failure> FailureRetrier::failures_after(CrawlId crawl, const Cursor& cursor) {
  std::vector<Failure> failures;
  failures_.bind(crawl, cursor.error, cursor.rank, kRetriedPerStep);
  while (failures_.step()) {
    failures.push_back({.error = std::string(failures_.text(0)),
                        .rank = failures_.integer(1),
                        .host = failures_.integer(2),
                        .target = std::string(failures_.text(3)),
                        .bytes = failures_.integer(4)});
  }
  return failures;
}

bool FailureRetrier::step(CrawlId crawl) {
  database_.give_way();
  store::Transaction transaction(database_);
  const std::optional<Cursor> from = cursor(crawl);
  if (!from) return false;  // it has been removed meanwhile
  const std::vector<Failure> failures = failures_after(crawl, *from);
  CounterChange change;
  for (const Failure& failure : failures) {
    delete_outcome_.run(crawl, failure.rank);
    urls_.revive(crawl, failure.host, failure.target);
    change.bytes -= failure.bytes;
  }
  const auto taken_back = static_cast<std::int64_t>(failures.size());
  change.failed = -taken_back;
  change.pending = taken_back;
  crawls_.apply(crawl, change);
  const bool more = taken_back == kRetriedPerStep;
  if (more) {
    move_.run(crawl, failures.back().error, failures.back().rank, std::max<std::int64_t>(from->left - taken_back, 0));
  } else {
    end_.run(crawl);
  }
  transaction.commit();
  return more;
}

}  // namespace wswp::frontier
