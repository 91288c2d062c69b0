#include "crawl/rules_cache.h"

namespace wswp::crawl {

const std::shared_ptr<const CrawlRules>& RulesCache::of(frontier::CrawlId crawl,
                                                        const std::optional<frontier::CrawlOptions>& options) {
  std::shared_ptr<const CrawlRules>& known = rules_[crawl];
  if (!known || (options && known->options() != *options)) {
    known = std::make_shared<const CrawlRules>(options.value_or(frontier::CrawlOptions{}));
  }
  return known;
}

}  // namespace wswp::crawl
