#pragma once
// The rules of the crawls that a worker serves: made once, and anew when the options of a crawl have changed. One
// thread; what it hands out is immutable.

#include <map>
#include <memory>
#include <optional>

#include "crawl/crawl_rules.h"
#include "frontier/types.h"

namespace wswp::crawl {

class RulesCache {
 public:
  /// `options`: as they are now; nothing: the crawl has been removed, and its last visits end under the rules they
  /// knew.
  const std::shared_ptr<const CrawlRules>& of(frontier::CrawlId crawl,
                                              const std::optional<frontier::CrawlOptions>& options);

 private:
  std::map<frontier::CrawlId, std::shared_ptr<const CrawlRules>> rules_;
};

}  // namespace wswp::crawl
