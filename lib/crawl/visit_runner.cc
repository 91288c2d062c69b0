#include "crawl/visit_runner.h"

#include <algorithm>
#include <utility>

#include "frontier/retry_policy.h"
#include "url/scope.h"
#include "url/trap_rules.h"
#include "url/url.h"

namespace wswp::crawl {
namespace {

/// An idle connection is kept for the next request to the host if that comes within this time.
constexpr std::int64_t kKeepConnectionMs = 1000;
/// How soon a congested thread is asked again.
constexpr std::int64_t kCongestedMs = 20;

}  // namespace

VisitRunner::VisitRunner(std::uint64_t id, VisitTask task, VisitHost& host)
    : id_(id),
      task_(std::move(task)),
      host_(host),
      this_year_(url::utc_year(host.clock().wall_ms())),
      gate_(host.policy(), task_.visit.robots, host.clock().schedule_ms()),
      pacer_(host.policy(), task_.visit.pace),
      robots_fetch_(host.loop(), host.clock(), [this](const RobotsFetch::Answer& answer) { on_robots(answer); }),
      reader_(host.scanners(), host.policy().product_token, host.policy().traps.max_scanned_links()) {}

frontier::UrlKey VisitRunner::key() const {
  const std::size_t at = std::min(index_, task_.visit.urls.size() - 1);
  return {.crawl = task_.visit.crawl, .host = task_.visit.host, .rank = task_.visit.urls[at].rank};
}

std::int64_t VisitRunner::delay_ms() const {
  const std::int64_t asked = host_.policy().host_delay_ms(task_.rules->options().delay_ms, gate_.crawl_delay_ms());
  return std::max(asked, pacer_.delay_ms());
}

void VisitRunner::begin() {
  if (stopping_) return finish();
  if (!gate_.must_ask()) {
    if (!gate_.closed()) return next_url();
    rest_ms_ = gate_.record()->expires_at - host_.clock().schedule_ms();  // another crawl found it unreachable
    return finish();
  }
  fetching_ = true;
  asked_host_ = true;
  host_.asks(*this);
  on_wire_ = &robots_fetch_;
  robots_fetch_.start(task_.visit.origin);
}

bool VisitRunner::cut_off(net::FetchError error, Obstacle obstacle) {
  if (error != net::FetchError::kAborted && error != net::FetchError::kLocal) return false;
  if (error == net::FetchError::kLocal) host_.starved(obstacle);
  finish();
  return true;
}

void VisitRunner::on_robots(const RobotsFetch::Answer& answer) {
  const Working working(host_.mark(), key());
  fetching_ = false;
  if (answer.again) {
    robots_again_ = true;
    next_request_ms_ = host_.clock().mono_ms() + delay_ms();
    return stopping_ ? finish() : host_.wait_until(*this, next_request_ms_);
  }
  if (cut_off(answer.error, answer.obstacle)) return;
  if (answer.error == net::FetchError::kNone) host_.heard(*this);
  gate_.answered(answer.fetched, answer.body, host_.clock().schedule_ms());
  asked_robots_ = true;
  kept_ = answer.error == net::FetchError::kNone && !answer.elsewhere;
  manner_ = answer.manner;
  if (gate_.closed()) rest_ms_ = gate_.record()->expires_at - host_.clock().schedule_ms();
  if (is_host_failure(answer.error) && !answer.elsewhere) {
    return give_up_closed_host(net::to_string(answer.error), net::may_pass(answer.error));
  }
  if (gate_.closed()) return give_up_closed_host("robots_unreachable", true);
  const bool down = gate_.record()->failures > 0;  // what it said earlier serves
  if (!down) pacer_.answered();
  if (down && answer.fetched.retry_after_s) {
    pacer_.failed(*answer.fetched.retry_after_s * 1000, host_.luck());
    return finish();
  }
  if (down || gate_.crawl_delay_ms() > 0) next_request_ms_ = host_.clock().mono_ms() + delay_ms();
  next_url();
}

void VisitRunner::give_up_closed_host(std::string_view error, bool may_pass) {
  if (may_pass) pacer_.failed(0, host_.luck());
  const int tries_of_host = pacer_.failures() - 1;  // before this one; a try of one URL is as good as of another
  for (; index_ < task_.visit.urls.size(); ++index_) {
    const int tries = std::max(current().attempts, tries_of_host);
    if (may_pass && frontier::may_try_again(host_.policy().retry, tries)) {
      report_urls_.push_back({.url = current()});
    } else {
      frontier::Outcome outcome;
      outcome.state = frontier::UrlState::kFailed;
      outcome.error = error;
      outcome.fetched_at = host_.clock().wall_ms();
      report_urls_.push_back({.url = current(), .outcome = std::move(outcome)});
    }
  }
  finish();
}

void VisitRunner::next_url() {
  for (; index_ < task_.visit.urls.size() && !stopping_; ++index_) {
    if (!gate_.allows(current().target)) {
      frontier::Outcome outcome;
      outcome.state = frontier::UrlState::kDisallowed;
      outcome.fetched_at = host_.clock().wall_ms();
      report_urls_.push_back({.url = current(), .outcome = std::move(outcome)});
      continue;
    }
    url_ = task_.visit.origin + current().target;
    hops_.clear();
    elapsed_ms_ = 0;
    repeated_ = false;
    cookies_.clear();
    return request_page();
  }
  finish();
}

void VisitRunner::request_page() {
  const MonoMs now = host_.clock().mono_ms();
  if (now < next_request_ms_) return host_.wait_until(*this, next_request_ms_);
  if (host_.congested()) return host_.wait_until(*this, now + kCongestedMs);
  fetching_ = true;
  asked_host_ = true;
  const bool more = index_ + 1 < task_.visit.urls.size() && delay_ms() <= kKeepConnectionMs;
  const bool last = !(more && host_.loop().may_keep());
  host_.asks(*this);
  on_wire_ = this;
  host_.loop().start({.url = url_, .last = last, .again = kept_, .manner = manner_, .cookies = cookies_}, *this);
  kept_ = !last;
}

void VisitRunner::resume() {
  if (stopping_) return finish();
  if (!std::exchange(robots_again_, false)) return request_page();
  fetching_ = true;
  host_.asks(*this);
  robots_fetch_.go_on();
}

void VisitRunner::on_head(const net::ResponseHead& head) {
  const Working working(host_.mark(), key());
  host_.heard(*this);
  const bool success = head.status >= 200 && head.status < 300;
  reader_.begin(head, success && task_.rules->follows_from(current().depth), host_.clock().wall_ms());
}

bool VisitRunner::on_body(std::string_view piece) {
  const Working working(host_.mark(), key());
  host_.policy().poison.meet(url_);
  reader_.feed(piece);
  return true;
}

void VisitRunner::on_done(const net::Response& response) {
  const Working working(host_.mark(), key());
  fetching_ = false;
  if (cut_off(response.error, response.obstacle)) return;
  pacer_.took(response.elapsed_ms);
  next_request_ms_ = host_.clock().mono_ms() + delay_ms();
  if (repeats(response)) return request_page();
  const Verdict verdict = judge(response, host_.clock().wall_ms());
  if (verdict.next == Next::kRetry) return on_failed_try(response, verdict);
  if (response.error == net::FetchError::kNone || verdict.cut) pacer_.answered();
  if (verdict.next == Next::kRedirect) return on_redirect(response);
  PageReader::Read read = reader_.finish();
  frontier::Outcome outcome = outcome_of(response, read);
  outcome.error = verdict.error;
  outcome.truncated = outcome.truncated || verdict.cut;
  outcome.state = outcome.error.empty() ? frontier::UrlState::kFetched : frontier::UrlState::kFailed;
  WantedLinks links;
  if (read.has_links()) {
    if (const Result<url::Url> page_url = url::parse(url_)) {
      links = wanted_links({.page = read.page,
                            .header_links = read.header_links,
                            .url = *page_url,
                            .depth = current().depth,
                            .site_hosts = current().site_hosts},
                           *task_.rules, host_.policy().traps, this_year_);
    }
  }
  end_url(std::move(outcome), std::move(links));
}

bool VisitRunner::repeats(const net::Response& response) {
  if (!response.repeat) return false;
  if (std::exchange(manner_, *response.repeat) != *response.repeat) return true;
  return !std::exchange(repeated_, true);
}

bool VisitRunner::asks_with_cookies(const net::Response& response, const url::Url& target) {
  if (response.head.cookies.empty() || !cookies_.empty() || target.href() != url_) return false;
  cookies_ = response.head.cookies;
  return true;
}

void VisitRunner::on_failed_try(const net::Response& response, const Verdict& verdict) {
  PageReader::Read read = reader_.finish();
  if (is_host_failure(response.error)) return give_up_closed_host(verdict.error, true);
  pacer_.failed(verdict.asked_ms, host_.luck());
  if (frontier::may_try_again(host_.policy().retry, current().attempts)) {
    report_urls_.push_back({.url = current()});
  } else {
    frontier::Outcome outcome = outcome_of(response, read);
    outcome.state = frontier::UrlState::kFailed;
    outcome.error = verdict.error;
    report_urls_.push_back({.url = current(), .outcome = std::move(outcome), .aliases = hops_});
  }
  finish();  // the host may be in trouble: its other URLs wait as well
}

void VisitRunner::on_redirect(const net::Response& response) {
  PageReader::Read read = reader_.finish();
  const Result<url::Url> from = url::parse(url_);
  url::Url target;
  frontier::Outcome outcome = outcome_of(response, read);
  const bool usable = !response.head.bad_location && from && url::resolve(response.head.location, *from, target);
  if (usable && asks_with_cookies(response, target)) {
    elapsed_ms_ = outcome.elapsed_ms;
    return request_page();
  }
  if (usable) outcome.redirect_to = target.href();
  const bool too_many =
      usable &&
      (static_cast<int>(hops_.size()) + current().redirects >= host_.policy().max_redirects || target.href() == url_);
  if (!usable || too_many) {
    outcome.state = frontier::UrlState::kFailed;
    outcome.error = usable ? "too_many_redirects" : "bad_redirect";
    return end_url(std::move(outcome));
  }
  if (const url::Trap trap = trap_of_redirect(*from, target, host_.policy().traps, this_year_);
      trap != url::Trap::kNone) {
    outcome.state = frontier::UrlState::kSkipped;
    outcome.error = url::to_string(trap);
    WantedLinks none;
    none.cut.emplace(outcome.error, 1);
    return end_url(std::move(outcome), std::move(none));
  }
  redirected_ = std::move(outcome);
  elapsed_ms_ = redirected_.elapsed_ms;
  if (target.origin() != task_.visit.origin) return redirect_to_other_host(*from, target);
  redirect_within_host(target);
}

void VisitRunner::redirect_to_other_host(const url::Url& from, const url::Url& target) {
  frontier::FoundUrl found{.url = target,
                           .depth = current().depth,
                           .redirects = current().redirects + 1,
                           .redirected = true,
                           .site = url::same_site(from, target) ? frontier::Site::kSame : frontier::Site::kLeft};
  WantedLinks links;
  links.urls.push_back(std::move(found));
  end_url(std::move(redirected_), std::move(links));
}

void VisitRunner::redirect_within_host(const url::Url& target) {
  pending_hop_ = target.target();
  const bool loops =
      pending_hop_ == current().target || std::find(hops_.begin(), hops_.end(), pending_hop_) != hops_.end();
  if (loops) {
    redirected_.state = frontier::UrlState::kFailed;
    redirected_.error = "too_many_redirects";
    return end_url(std::move(redirected_));
  }
  if (!gate_.allows(pending_hop_)) {
    redirected_.state = frontier::UrlState::kDisallowed;
    return end_url(std::move(redirected_));
  }
  host_.ask_seen(*this, pending_hop_);
}

void VisitRunner::resume_with(frontier::Seen seen) {
  if (stopping_) return finish();
  if (seen == frontier::Seen::kDone) return end_url(std::move(redirected_));
  std::erase_if(task_.visit.urls, [&](const frontier::VisitUrl& url) {
    return url.target == pending_hop_ && &url > &current();  // fetched now, on behalf of this one
  });
  hops_.push_back(pending_hop_);
  url_ = task_.visit.origin + pending_hop_;
  request_page();
}

frontier::Outcome VisitRunner::outcome_of(const net::Response& response, PageReader::Read& read) {
  frontier::Outcome outcome;
  outcome.status = response.head.status;
  outcome.bytes = response.bytes;
  outcome.truncated = response.truncated;
  outcome.remote_ip = response.remote_ip;
  outcome.http_version = response.http_version;
  outcome.elapsed_ms = elapsed_ms_ + response.elapsed_ms;
  outcome.fetched_at = host_.clock().wall_ms();
  outcome.content_type = std::move(read.content_type);
  outcome.encoding = std::move(read.page.encoding);
  outcome.title = std::move(read.page.title);
  if (!hops_.empty()) outcome.redirect_to = url_;
  return outcome;
}

void VisitRunner::end_url(frontier::Outcome outcome, WantedLinks links) {
  report_urls_.push_back({.url = current(),
                          .outcome = std::move(outcome),
                          .found = std::move(links.urls),
                          .aliases = std::move(hops_),
                          .cut = std::move(links.cut)});
  ++index_;
  if (index_ < task_.visit.urls.size()) {
    frontier::VisitReport part = take_report();
    part.released = false;
    host_.progressed(std::move(part));
  }
  next_url();
}

void VisitRunner::put_off() {
  put_off_ = true;
  rest_ms_ = frontier::backoff_ms(host_.policy().retry, 1, host_.luck());
  host_.loop().abort(*on_wire_, net::FetchError::kAborted);  // cut_off() ends the visit
}

void VisitRunner::stop() {
  stopping_ = true;
  if (!fetching_) finish();
}

frontier::VisitReport VisitRunner::take_report() {
  frontier::VisitReport report{.crawl = task_.visit.crawl,
                               .host = task_.visit.host,
                               .origin = task_.visit.origin,
                               .urls = std::move(report_urls_)};
  report_urls_.clear();
  if (std::exchange(asked_robots_, false)) report.robots = gate_.record();
  return report;
}

void VisitRunner::finish() {
  const std::int64_t rest = std::max({asked_host_ ? delay_ms() : 0, rest_ms_, pacer_.rest_ms()});
  frontier::VisitReport report = take_report();
  report.pace = pacer_.change();
  report.failing = put_off_ || pacer_.failures() > 0;
  report.ready_at = host_.clock().schedule_ms() + rest;
  host_.finished(*this, std::move(report));
}

}  // namespace wswp::crawl
