#pragma once
// What the settings make of links and redirects that lead into traps. Plain values and pure functions; immutable once a
// worker runs, and read by all its threads.

#include <cstddef>

#include "config/settings.h"
#include "url/trap_rules.h"
#include "url/url.h"

namespace wswp::crawl {

struct TrapPolicy {
  url::TrapLimits limits{.session_ids = false};
  bool drop_session_ids = true;    // from links
  std::size_t max_links = 10'000;  // that a page may bring; 0: any number

  /// Links of a page that are looked at, wanted or not; 0: all.
  std::size_t max_scanned_links() const { return 4 * max_links; }

  static TrapPolicy from(const config::Traps& traps);
};

/// The rule that forbids to follow a redirect. A rule that cuts `from` as well is not asked: what leads there was
/// wanted all the same, and a move from http to https makes nothing worse.
url::Trap trap_of_redirect(const url::Url& from, const url::Url& target, const TrapPolicy& policy, int this_year);

}  // namespace wswp::crawl
