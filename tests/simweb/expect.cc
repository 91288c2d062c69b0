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

void add_links(Queue& queue, const Found& found, const Expected& expected, const CrawlRules& rules) {
  if (!rules.follow || found.depth + 1 > rules.max_depth) return;
  for (const std::string& link : expected.links) {
    auto url = parse_site(link);
    if (url && (!rules.same_site || same_site(found.url.host, url->host))) queue.add(*std::move(url), found.depth + 1);
  }
}

}  // namespace

bool same_site(const std::string& one, const std::string& other) {
  if (one == other) return true;
  const psl_ctx_t* suffixes = psl_builtin();
  const char* domain = psl_registrable_domain(suffixes, one.c_str());
  const char* other_domain = psl_registrable_domain(suffixes, other.c_str());
  return domain != nullptr && other_domain != nullptr && std::string_view(domain) == other_domain;
}

void write_expectations(std::istream& list, std::ostream& out, const CrawlRules& rules, Oracle& oracle) {
  Queue queue;
  for (std::string line; std::getline(list, line);) {
    if (auto url = parse_row(line)) queue.add(*std::move(url), 0);
  }
  out << "url,outcome,status,error,redirect_to,encoding,title,bytes,truncated,depth\n";
  while (!queue.empty()) {
    const Found found = queue.take();
    const Expected expected = oracle.visit(found.url, found.redirects);
    write_row(out, found, expected);
    if (expected.leaves_origin) {
      if (auto target = parse_site(expected.redirect_to))
        queue.add(*std::move(target), found.depth, found.redirects + 1);
    }
    add_links(queue, found, expected, rules);
  }
}

}  // namespace wswp::simweb
