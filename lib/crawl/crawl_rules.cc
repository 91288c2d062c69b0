#include "crawl/crawl_rules.h"

#include <re2/re2.h>

namespace wswp::crawl {
namespace {

constexpr std::string_view kFollowNothing = "$^";
constexpr std::string_view kFollowEverything = ".";  // a URL has at least one character, and no line feed
/// What means something else than itself (https://github.com/google/re2/wiki/Syntax).
constexpr std::string_view kOperators = R"(\.^$|?*+()[]{})";

}  // namespace

CrawlRules::Kind CrawlRules::kind_of(std::string_view regex) {
  if (regex == kFollowNothing) return Kind::kNothing;
  if (regex == kFollowEverything) return Kind::kEverything;
  return regex.find_first_of(kOperators) == std::string_view::npos ? Kind::kText : Kind::kExpression;
}

/// An expression that is none matches nothing; whoever takes it in has checked it.
CrawlRules::CrawlRules(frontier::CrawlOptions options)
    : options_(std::move(options)),
      kind_(kind_of(options_.link_regex)),
      text_(options_.link_regex.begin(), options_.link_regex.end()) {
  if (kind_ == Kind::kExpression) link_regex_ = std::make_unique<re2::RE2>(options_.link_regex, re2::RE2::Quiet);
}

CrawlRules::~CrawlRules() = default;

bool CrawlRules::matches(std::string_view url) const {
  switch (kind_) {
    case Kind::kNothing:
      return false;
    case Kind::kEverything:
      return true;
    case Kind::kText:
      return text_(url.begin(), url.end()).first != url.end();
    case Kind::kExpression:
      return link_regex_->ok() && re2::RE2::PartialMatch(re2::StringPiece(url.data(), url.size()), *link_regex_);
  }
  return false;
}

}  // namespace wswp::crawl
