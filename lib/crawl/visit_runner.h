#pragma once
// The crawl step: one visit from its claim to its report, on the loop of one fetch thread.
//
//   robots.txt ─▶ for each URL: allowed? ─▶ delay ─▶ fetch ─▶ judge ─┬▶ outcome, links ─▶ next URL
//   (if due)                         ▲                              ├▶ redirect, into no trap and within the host:
//                                    │                              │  known? ─▶ delay ─▶ …
//                                    └──────────────────────────────┴▶ failure that may pass: the visit ends, later
//                                    again
//
// robots.txt and the page that follows share a connection and are not kept apart by the delay, unless robots.txt asks
// for one; all other requests to the host are, redirects included.
//
// A visit reports each URL as soon as it has ended, so that a crash costs only what is on the wire, and once more when
// it is over. One thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/obstacle.h"
#include "base/recycled_memory.h"
#include "crawl/crawl_rules.h"
#include "crawl/host_pacer.h"
#include "crawl/link_filter.h"
#include "crawl/page_reader.h"
#include "crawl/policy.h"
#include "crawl/robots_fetch.h"
#include "crawl/robots_gate.h"
#include "crawl/slots.h"
#include "crawl/verdict.h"
#include "crawl/work_mark.h"
#include "frontier/types.h"
#include "net/fetch_loop.h"

namespace wswp::crawl {

/// A visit with the rules of its crawl: what a fetch thread is handed.
struct VisitTask {
  frontier::Visit visit;
  std::shared_ptr<const CrawlRules> rules;
};

class VisitRunner;

/// What a visit needs of the thread it runs on.
class VisitHost {
 public:
  virtual ~VisitHost() = default;
  virtual net::FetchLoop& loop() = 0;
  virtual const Clock& clock() const = 0;
  virtual const Policy& policy() const = 0;
  virtual ScannerPool& scanners() = 0;
  /// Where the URL that is being worked on is marked.
  virtual WorkMark& mark() = 0;
  /// A request to the visit's host is about to go out.
  virtual void asks(VisitRunner& runner) = 0;
  /// The host answers it.
  virtual void heard(VisitRunner& runner) = 0;
  /// A random number from 0 to 1, for waits that are not to end together.
  virtual double luck() = 0;
  /// No page is to be asked for at present.
  virtual bool congested() const = 0;
  /// VisitRunner::resume() is to be called at that instant, or soon after.
  virtual void wait_until(VisitRunner& runner, MonoMs instant) = 0;
  /// VisitRunner::resume_with() is to be called with what the crawl knows of a target of the host.
  virtual void ask_seen(VisitRunner& runner, const std::string& target) = 0;
  /// This machine is short of something; the visit ends without having said anything about its URL.
  virtual void starved(Obstacle obstacle) = 0;
  /// A part of the visit has ended.
  virtual void progressed(frontier::VisitReport part) = 0;
  /// The visit is over; the runner is not used any more and may be deleted once the present call has returned.
  virtual void finished(VisitRunner& runner, frontier::VisitReport report) = 0;
};

class VisitRunner final : private net::FetchHandler {
 public:
  VisitRunner(std::uint64_t id, VisitTask task, VisitHost& host);
  static void* operator new(std::size_t /*size*/) { return recycled::Allocator<VisitRunner>().allocate(1); }
  static void operator delete(void* runner) { recycled::release(runner); }

  std::uint64_t id() const { return id_; }
  /// The thread's note of it.
  Seat& seat() { return seat_; }
  const frontier::Visit& visit() const { return task_.visit; }

  /// Exactly one of these is expected at a time, beginning with begin().
  void begin();
  void resume();
  void resume_with(frontier::Seen seen);
  /// Its host, which has not answered yet, makes room for others: the visit ends and says nothing of its URLs, and the
  /// host comes again as one that has failed, after the rest for a first failure. Not to be called from within the
  /// loop.
  void put_off();
  /// Ends the visit where it stands, unless a transfer is under way; that one's end will end it.
  void stop();

 private:
  void on_head(const net::ResponseHead& head) override;
  bool on_body(std::string_view piece) override;
  void on_done(const net::Response& response) override;

  /// Whether the transfer was ended from this side, which says nothing about the URL: then so is the visit.
  bool cut_off(net::FetchError error, Obstacle obstacle);
  void on_robots(const RobotsFetch::Answer& answer);
  /// Nothing can be fetched from the host; its URLs are tried again later if that may change.
  void give_up_closed_host(std::string_view error, bool may_pass);
  void next_url();
  void request_page();
  void on_redirect(const net::Response& response);
  void redirect_within_host(const url::Url& target);
  void redirect_to_other_host(const url::Url& from, const url::Url& target);
  /// The request is sent once more, and that is no try: the server has perhaps not seen it, or wants it otherwise.
  bool repeats(const net::Response& response);
  /// A redirect to where it came from brings cookies: it is asked for once more, with them.
  bool asks_with_cookies(const net::Response& response, const url::Url& target);
  void on_failed_try(const net::Response& response, const Verdict& verdict);

  /// The outcome of the present URL, from its last response; takes from `read` what it tells of the page but its links.
  frontier::Outcome outcome_of(const net::Response& response, PageReader::Read& read);
  void end_url(frontier::Outcome outcome, WantedLinks links = {});
  /// Hands over what there is to report so far.
  frontier::VisitReport take_report();
  void finish();

  frontier::VisitUrl& current() { return task_.visit.urls[index_]; }
  /// The URL the visit is at; its first while robots.txt is asked for.
  frontier::UrlKey key() const;
  std::int64_t delay_ms() const;

  const std::uint64_t id_;
  VisitTask task_;
  Seat seat_;
  VisitHost& host_;
  const int this_year_;
  RobotsGate gate_;
  HostPacer pacer_;
  RobotsFetch robots_fetch_;
  PageReader reader_;
  std::vector<frontier::UrlReport> report_urls_;  // what has ended and is not reported yet

  std::size_t index_ = 0;          // of the present URL
  std::string url_;                // what is fetched for it, after redirects within the host
  std::vector<std::string> hops_;  // targets of those redirects
  std::string pending_hop_;        // asked about
  frontier::Outcome redirected_;   // its outcome if the hop is not followed
  std::int64_t elapsed_ms_ = 0;    // of earlier hops
  MonoMs next_request_ms_ = 0;     // not before this
  std::int64_t rest_ms_ = 0;       // the host is to be left alone that long after the visit, besides its pacer_'s rest
  net::FetchHandler* on_wire_ = nullptr;  // what waits for the last request
  bool fetching_ = false;
  bool put_off_ = false;
  std::string cookies_;                       // of the present URL
  bool repeated_ = false;                     // the present URL, in the same manner
  net::Manner manner_ = net::Manner::kUsual;  // that the host has been found to need
  bool stopping_ = false;
  bool robots_again_ = false;  // the next request is the same one for robots.txt
  bool asked_host_ = false;    // a request went out
  bool asked_robots_ = false;  // and not reported it yet
  bool kept_ = false;          // the last request has left its connection open
};

}  // namespace wswp::crawl
