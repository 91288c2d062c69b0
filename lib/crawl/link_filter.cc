#include "crawl/link_filter.h"

#include <string>
#include <unordered_set>

#include "url/scope.h"

namespace wswp::crawl {
namespace {

/// Whether hosts are of one site; knows the answer at once for the host of the page.
class Site {
 public:
  explicit Site(std::string_view host) : host_(host) {}

  bool contains(std::string_view host) {
    if (host == host_) return true;
    if (domain_.empty()) domain_ = url::registrable_domain(host_);
    return url::registrable_domain(host) == domain_;
  }

 private:
  std::string_view host_;
  std::string domain_;
};

}  // namespace

std::vector<frontier::FoundUrl> wanted_links(const html::Page& page, const url::Url& page_url, std::int64_t depth,
                                             const CrawlRules& rules) {
  std::vector<frontier::FoundUrl> wanted;
  if (page.robots_nofollow || !rules.follows_from(depth)) return wanted;
  url::Url declared_base;
  const bool has_base = page.base_href && url::resolve(*page.base_href, page_url, declared_base);
  const url::Url& base = has_base ? declared_base : page_url;
  Site site(page_url.host());
  std::unordered_set<std::string> taken{page_url.href()};
  url::Url target;
  for (const html::Link& link : page.links) {
    if (link.nofollow || !url::resolve(link.href, base, target)) continue;
    if (taken.contains(target.href())) continue;
    taken.insert(target.href());
    if (rules.options().same_site && !site.contains(target.host())) continue;
    if (!rules.matches(target.href())) continue;
    wanted.push_back({.url = target, .depth = depth + 1});
  }
  return wanted;
}

}  // namespace wswp::crawl
