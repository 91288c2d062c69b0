#include "simweb/expect.h"

#include <deque>
#include <string>
#include <unordered_set>

#include <fmt/format.h>
#include <libpsl.h>

namespace wswp::simweb {
namespace {

struct Found {
  SiteUrl url;
  unsigned depth = 0;
  unsigned redirects = 0;  // between origins that led to it
};

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return out;
}

void write_row(std::ostream& out, const Found& found, const Expected& expected) {
  const bool is_fetched = expected.outcome == "fetched";
  out << fmt::format("{},{},{},{},{},{},{},{},{},{}\n", quoted(found.url.text), expected.outcome,
                     expected.status > 0 ? fmt::to_string(expected.status) : "", expected.error,
                     quoted(expected.redirect_to), expected.encoding, quoted(expected.title),
                     is_fetched ? fmt::to_string(expected.bytes) : "", expected.is_truncated ? 1 : 0, found.depth);
}

/// The URLs of a crawl, each once.
class Queue {
 public:
  void add(SiteUrl url, unsigned depth, unsigned redirects = 0) {
    if (seen_.insert(url.text).second) waiting_.push_back({std::move(url), depth, redirects});
  }
  bool knows(const SiteUrl& url) const { return seen_.contains(url.text); }
  bool empty() const { return waiting_.empty(); }
  Found take() {
    Found found = std::move(waiting_.front());
    waiting_.pop_front();
    return found;
  }

 private:
  std::unordered_set<std::string> seen_;
  std::deque<Found> waiting_;
};

std::string domain_of(const std::string& host) {
  const char* domain = psl_registrable_domain(psl_builtin(), host.c_str());
  return domain == nullptr ? host : domain;
}

/// The hosts of a crawl, and what rules keep out of it.
class Bounds {
 public:
  explicit Bounds(std::size_t max_hosts) : max_hosts_(max_hosts) {}

  void cut(std::string_view rule) { ++cut_[std::string(rule)]; }
  /// A list or a redirect named it.
  void know(const SiteUrl& url) { hosts_.insert(url.authority); }
  /// Whether a link may lead there.
  bool admit(const SiteUrl& url) {
    if (hosts_.contains(url.authority)) return true;
    const std::string domain = domain_of(url.host);
    if (url.authority == domain || url.authority == "www." + domain) return true;
    std::size_t& count = added_[domain];
    if (count >= max_hosts_) {
      cut("too_many_hosts");
      return false;
    }
    ++count;
    hosts_.insert(url.authority);
    return true;
  }
  std::map<std::string, std::size_t> result() { return std::move(cut_); }

 private:
  const std::size_t max_hosts_;
  std::unordered_set<std::string> hosts_;
  std::map<std::string, std::size_t> added_;  // by registrable domain
  std::map<std::string, std::size_t> cut_;
};

void add_links(Queue& queue, Bounds& bounds, const Found& found, const Expected& expected, const CrawlRules& rules) {
  if (!rules.follow || found.depth + 1 > rules.max_depth) return;
  for (const std::string_view rule : expected.cut) bounds.cut(rule);
  for (const std::string& link : expected.links) {
    auto url = parse_site(link);
    if (!url || queue.knows(*url) || (rules.same_site && !same_site(found.url.host, url->host))) continue;
    if (bounds.admit(*url)) queue.add(*std::move(url), found.depth + 1);
  }
}

}  // namespace

bool same_site(const std::string& one, const std::string& other) {
  if (one == other) return true;
  return domain_of(one) == domain_of(other);
}

std::map<std::string, std::size_t> write_expectations(std::istream& list, std::ostream& out, const CrawlRules& rules,
                                                      Oracle& oracle) {
  Queue queue;
  Bounds bounds(rules.max_hosts_per_site);
  for (std::string line; std::getline(list, line);) {
    auto url = parse_row(line);
    if (!url) continue;
    bounds.know(*url);
    queue.add(*std::move(url), 0);
  }
  out << "url,outcome,status,error,redirect_to,encoding,title,bytes,truncated,depth\n";
  while (!queue.empty()) {
    const Found found = queue.take();
    const Expected expected = oracle.visit(found.url, found.redirects);
    write_row(out, found, expected);
    if (expected.leaves_origin) {
      if (auto target = parse_site(expected.redirect_to)) {
        bounds.know(*target);
        queue.add(*std::move(target), found.depth, found.redirects + 1);
      }
    }
    if (expected.outcome == "skipped") bounds.cut(expected.error);
    add_links(queue, bounds, found, expected, rules);
  }
  return bounds.result();
}

}  // namespace wswp::simweb
