#include "crawl/crawl_rules.h"

#include <re2/re2.h>

namespace wswp::crawl {
namespace {

/// The regular expression that matches no URL: the way to say "follow nothing".
constexpr std::string_view kFollowNothing = "$^";

}  // namespace

CrawlRules::CrawlRules(frontier::CrawlOptions options)
    : options_(std::move(options)),
      link_regex_(std::make_unique<re2::RE2>(options_.link_regex, re2::RE2::Quiet)),
      follows_(options_.link_regex != kFollowNothing && link_regex_->ok()) {}

CrawlRules::~CrawlRules() = default;

bool CrawlRules::matches(std::string_view url) const {
  return follows_ && re2::RE2::PartialMatch(re2::StringPiece(url.data(), url.size()), *link_regex_);
}

}  // namespace wswp::crawl
