#pragma once
// The links of a page → the URLs the crawl wants of them, each once. Pure.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "crawl/crawl_rules.h"
#include "crawl/trap_policy.h"
#include "frontier/types.h"
#include "html/page_scanner.h"
#include "url/url.h"

namespace wswp::crawl {

/// Where links were found.
struct LinkSource {
  const html::Page& page;
  const html::LinkList& header_links;  // of the response: relative to its URL, whatever the page's <base>
  const url::Url& url;                 // where the page came from, after redirects
  std::int64_t depth = 0;              // of the page
  /// The hosts of the page's site; none: its own is of it.
  std::span<const std::string> site_hosts = {};
};

struct WantedLinks {
  std::vector<frontier::FoundUrl> urls;
  frontier::CutCounts cut;  // links that rules against traps keep out, each once
};

/// Left out are links that the page or the link itself asks not to follow, that lead out of the page's site where the
/// crawl stays within one, that the crawl's regular expression does not match, into a trap, or beyond
/// TrapPolicy::max_links; and the page itself. Of a page that is no part of its site, being where a redirect led out of
/// it, none is wanted then. Only the last two of the list are counted: those where nothing before them in it applies,
/// and as links beyond max_links also those that the scanner has left out.
WantedLinks wanted_links(const LinkSource& source, const CrawlRules& rules, const TrapPolicy& traps, int this_year);

}  // namespace wswp::crawl
