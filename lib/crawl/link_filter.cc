#include "crawl/link_filter.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "url/document_base.h"
#include "url/scope.h"
#include "url/session_id.h"

namespace wswp::crawl {
namespace {

constexpr const char* kTooManyLinks = "too_many_links";  // TrapPolicy::max_links

/// Where the links of a page may lead.
class Scope {
 public:
  /// Refers to `source`.
  Scope(const LinkSource& source, bool same_site) : bounded_(same_site), page_(source.url.host()) {
    if (!bounded_) return;
    for (const std::string& host : source.site_hosts) others_.emplace_back(host);
  }

  /// Is the page a part of its site?
  bool holds_page(const url::Url& page) {
    return others_.empty() ||
           std::any_of(others_.begin(), others_.end(), [&page](url::Site& site) { return site.contains(page.host()); });
  }
  bool contains(const url::Url& target) {
    return !bounded_ || page_.contains(target.host()) ||
           std::any_of(others_.begin(), others_.end(),
                       [&target](url::Site& site) { return site.contains(target.host()); });
  }
  /// As url::Site has it.
  bool excludes(std::string_view reference) const {
    return bounded_ && page_.excludes(reference) &&
           std::all_of(others_.begin(), others_.end(),
                       [reference](const url::Site& site) { return site.excludes(reference); });
  }

 private:
  bool bounded_;
  url::Site page_;
  std::vector<url::Site> others_;
};

/// Takes the links of one page, one after the other. What excludes most and costs least is asked first; what is
/// remembered of a page stays on the stack where the page has no more than some two hundred wanted links.
class Selection {
 public:
  Selection(const LinkSource& source, const CrawlRules& rules, const TrapPolicy& traps, int this_year)
      : rules_(rules),
        traps_(traps),
        this_year_(this_year),
        depth_(source.depth + 1),
        scope_(source, rules.options().same_site),
        site_(rules.options().same_site ? frontier::Site::kSame : frontier::Site::kOwn) {
    seen_.emplace(source.url.href());
  }
  Selection(const Selection&) = delete;
  Selection& operator=(const Selection&) = delete;

  bool holds_page(const url::Url& page) { return scope_.holds_page(page); }

  void take(const html::LinkList& links, const url::DocumentBase& base) {
    for (const html::Link link : links) {
      if (link.nofollow || scope_.excludes(link.href)) continue;
      if (base.resolve(link.href, target_)) take(target_);
    }
  }

  WantedLinks result() {
    for (std::size_t i = 0; i < cut_.size(); ++i) {
      if (cut_[i] > 0) wanted_.cut.emplace(url::to_string(static_cast<url::Trap>(i)), cut_[i]);
    }
    if (too_many_ > 0) wanted_.cut.emplace(kTooManyLinks, too_many_);
    return std::move(wanted_);
  }

  /// So many links of the page have not been looked at.
  void leave_out(std::int64_t links) { too_many_ += links; }

 private:
  void take(const url::Url& target) {
    const bool dropped = traps_.drop_session_ids && url::drop_session_ids(target, without_session_);
    consider(dropped ? without_session_ : target);
  }

  void consider(const url::Url& target) {
    if (!scope_.contains(target)) return;
    if (!rules_.matches(target.href())) return;
    if (!seen_.emplace(target.href()).second) return;
    if (const url::Trap trap = url::trap_of(target, traps_.limits, this_year_); trap != url::Trap::kNone) {
      ++cut_.at(static_cast<std::size_t>(trap));
    } else if (traps_.max_links > 0 && wanted_.urls.size() >= traps_.max_links) {
      ++too_many_;
    } else {
      wanted_.urls.push_back({.url = target, .depth = depth_, .site = site_});
    }
  }

  const CrawlRules& rules_;
  const TrapPolicy& traps_;
  const int this_year_;
  const std::int64_t depth_;
  Scope scope_;
  frontier::Site site_;  // of what is found
  std::array<std::byte, 32 * 1024> buffer_;
  std::pmr::monotonic_buffer_resource memory_{buffer_.data(), buffer_.size()};
  std::pmr::unordered_set<std::pmr::string> seen_{&memory_};
  url::Url target_, without_session_;
  std::array<std::int64_t, url::kTraps> cut_{};
  std::int64_t too_many_ = 0;
  WantedLinks wanted_;
};

}  // namespace

WantedLinks wanted_links(const LinkSource& source, const CrawlRules& rules, const TrapPolicy& traps, int this_year) {
  if (source.page.robots_nofollow || !rules.follows_from(source.depth)) return {};
  Selection selection(source, rules, traps, this_year);
  if (!selection.holds_page(source.url)) return {};
  selection.take(source.header_links, url::DocumentBase(source.url, std::nullopt));
  selection.take(source.page.links, url::DocumentBase(source.url, source.page.base_href));
  selection.leave_out(source.page.links_left_out);
  return selection.result();
}

}  // namespace wswp::crawl
