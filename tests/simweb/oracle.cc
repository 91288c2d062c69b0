#include "simweb/oracle.h"

#include <algorithm>
#include <ctime>

#include "simweb/charset_text.h"
#include "simweb/hash.h"
#include "simweb/page.h"
#include "simweb/trap_links.h"

namespace wswp::simweb {
namespace {

constexpr unsigned kRobotsRedirects = 5;  // RFC 9309, 2.3.1.2

PageName name_of(const SiteUrl& url) {
  return {url.authority, url.host, url.target};
}

bool may_pass(int status) {
  return status == 429 || status >= 500;
}
bool may_pass(const Expected& expected) {
  return expected.outcome == "failed" && expected.error != "too_many_redirects";
}

Expected failed(std::string_view error, int status = 0, std::string redirect_to = "") {
  Expected expected;
  expected.outcome = "failed";
  expected.error = error;
  expected.status = status;
  expected.redirect_to = std::move(redirect_to);
  return expected;
}

std::string_view error_of(Fault fault) {
  switch (fault) {
    case Fault::kNone:
      return "";
    case Fault::kClosed:
    case Fault::kReset:
      return "reset";
    case Fault::kStall:
    case Fault::kStallBody:
      return "timeout";
    case Fault::kPartial:
      return "partial";
    case Fault::kGarbage:
      return "protocol";
  }
  return "";
}

/// The status of a transfer that broke off, where its head had come.
int status_before(Fault fault, int status) {
  return fault == Fault::kStallBody || fault == Fault::kPartial ? status : 0;
}

std::size_t body_bytes(const World& world, const SiteUrl& url, const Answer& answer) {
  std::string body;
  switch (answer.body) {
    case BodyKind::kNone:
      return 0;
    case BodyKind::kPage:
      append_page(body, world, answer.site, answer.page, name_of(url));
      break;
    case BodyKind::kRobots:
      append_robots(body, answer.site.robots, world.crawl_delay);
      break;
    case BodyKind::kErrorPage:
      append_error_page(body, answer.status, name_of(url));
      break;
    case BodyKind::kImage:
    case BodyKind::kPdf:
    case BodyKind::kText:
    case BodyKind::kJson:
      return page_size(world, answer.page);
  }
  return body.size();
}

int present_year() {
  const std::time_t now = std::time(nullptr);
  std::tm date{};
  ::gmtime_r(&now, &date);
  return date.tm_year + 1900;
}

}  // namespace

Oracle::Oracle(const World& world, OracleOptions options) : world_(world), options_(std::move(options)) {
  if (options_.year == 0) options_.year = present_year();
}

Expected Oracle::visit(const SiteUrl& url, unsigned redirects) {
  Expected expected = try_visit(url, redirects);
  for (unsigned retry = 0; retry < options_.retries && may_pass(expected); ++retry)
    expected = try_visit(url, redirects);
  return expected;
}

Expected Oracle::try_visit(const SiteUrl& url, unsigned redirects) {
  SiteUrl current = url;
  int status = 0;  // of the last answer
  std::vector<std::string> seen{url.text};
  while (true) {
    const std::string moved_to = seen.size() > 1 ? current.text : "";
    const RobotsVerdict robots = robots_of(current);
    if (!robots.error.empty()) return failed(robots.error);
    if (!allows(robots.rules, options_.agent, current.target)) {
      Expected expected;
      expected.outcome = "disallowed";
      expected.status = status;
      expected.redirect_to = moved_to;
      return expected;
    }
    const Transfer done = transfer(current);
    if (!done.error.empty()) return failed(done.error, status_before(done.answer.fault, done.answer.status), moved_to);
    status = done.answer.status;
    if (may_pass(status)) return failed("http_status", status, moved_to);
    const std::optional<SiteUrl> next = parse_site(done.answer.redirect_to);
    const bool too_many = next && (next->text == current.text || redirects + seen.size() > options_.max_redirects);
    if (next && !too_many && !done.answer.trap.empty()) {
      Expected expected;
      expected.outcome = "skipped";
      expected.status = status;
      expected.error = done.answer.trap;
      expected.redirect_to = next->text;
      return expected;
    }
    const bool leaves = next && next->authority != current.authority;
    if (!too_many && (!next || leaves)) {
      Expected expected = fetched(current, done.answer);
      expected.redirect_to = next ? next->text : moved_to;
      expected.leaves_origin = leaves;
      return expected;
    }
    const bool loops = std::find(seen.begin(), seen.end(), next->text) != seen.end();
    if (too_many || loops) return failed("too_many_redirects", status, next->text);
    seen.push_back(next->text);
    current = *next;
  }
}

Expected Oracle::fetched(const SiteUrl& url, const Answer& answer) const {
  Expected expected;
  expected.outcome = "fetched";
  expected.status = answer.status;
  if (answer.html_header) expected.encoding = "utf-8";
  if (answer.body == BodyKind::kErrorPage) {
    expected.encoding = "utf-8";
    expected.title = error_title(answer.status, name_of(url));
  }
  if (answer.body == BodyKind::kPage) {
    expected.encoding = answer.is_bomb ? "utf-8" : charset_text(answer.site.charset).encoding;
    expected.title = answer.is_bomb ? std::string(kBombTitle) : page_title(answer.site, name_of(url));
  }
  if (answer.status == 200 && answer.site.hints != HintsKind::kNofollow) add_links(expected, url, answer);
  std::size_t bytes = answer.is_bomb ? kBombBytes : body_bytes(world_, url, answer);
  if (answer.is_endless) bytes = options_.max_body + 1;
  expected.is_truncated = bytes > options_.max_body;
  expected.bytes = std::min(bytes, options_.max_body);
  return expected;
}

void Oracle::add_links(Expected& expected, const SiteUrl& url, const Answer& answer) const {
  const PageName name = name_of(url);
  expected.links = hinted_links_of(answer.site, name);
  if (answer.body != BodyKind::kPage || answer.is_bomb) return;
  for (std::string& link : links_of(world_, name, answer.page)) expected.links.push_back(std::move(link));
  for (TrapLink& link : trap_links_of(answer.site, name, options_.year)) {
    if (link.cut_by.empty())
      expected.links.push_back(std::move(link.url));
    else
      expected.cut.push_back(link.cut_by);
  }
}

Oracle::Transfer Oracle::transfer(const SiteUrl& url) {
  if (options_.via_dns) {
    const DnsKind dns = plan_site(world_, url.host).dns;
    if (dns != DnsKind::kOk && dns != DnsKind::kTruncated) return {"dns", {}};
  }
  Transfer result{"", answer_request(world_, name_of(url), attempts_)};
  result.error = error_of(result.answer.fault);
  const auto latency_s = static_cast<double>(result.answer.site.latency_us) / 1e6;
  if (options_.timeout_s > 0 && latency_s >= options_.timeout_s) result.error = "timeout";
  return result;
}

Oracle::RobotsVerdict Oracle::robots_of(const SiteUrl& url) {
  if (!options_.robots) return {};
  const std::uint64_t key = hash_of(url.authority, world_.seed);
  const auto known = robots_.find(key);
  if (known != robots_.end()) return known->second;
  RobotsVerdict verdict = fetch_robots(url);
  for (unsigned retry = 0; retry < options_.retries && !verdict.error.empty(); ++retry) verdict = fetch_robots(url);
  robots_.emplace(key, verdict);
  return verdict;
}

Oracle::RobotsVerdict Oracle::fetch_robots(const SiteUrl& url) {
  std::optional<SiteUrl> current = parse_site("http://" + url.authority + "/robots.txt");
  for (unsigned redirects = 0; redirects <= kRobotsRedirects; ++redirects) {
    const Transfer done = transfer(*current);
    const bool is_first = redirects == 0;
    if (done.error == "dns" && is_first) return {Rules::kAllowAll, "dns"};
    if (!done.error.empty() || may_pass(done.answer.status)) return {Rules::kAllowAll, "robots_unreachable"};
    if (done.answer.status >= 400) return {};
    if (done.answer.redirect_to.empty()) return {rules_of(done.answer.site.robots), ""};
    current = parse_site(done.answer.redirect_to);
  }
  return {};  // more redirects than that: as if there were none (RFC 9309, 2.3.1.2)
}

}  // namespace wswp::simweb
