#pragma once
// The links of a page → the URLs the crawl wants of them, each once. Pure.

#include <vector>

#include "crawl/crawl_rules.h"
#include "frontier/types.h"
#include "html/page_scanner.h"
#include "url/url.h"

namespace wswp::crawl {

/// `page_url`: where the page came from, after redirects; `depth`: of that page. Links a page or a link itself asks not
/// to be followed, to another site where the crawl stays within one, or that the crawl's regular expression does not
/// match are left out, and so is the page itself.
std::vector<frontier::FoundUrl> wanted_links(const html::Page& page, const url::Url& page_url, std::int64_t depth,
                                             const CrawlRules& rules);

}  // namespace wswp::crawl
