#pragma once
// Links that lead on for ever, and what a response's header says of links. Pure; any thread.
//
// Traps begin at the home page and stay below /trap/:
//
//   trap_calendar    /trap/2025/01/ → the next month, the next year
//   trap_paths       /trap/ → "a/", "b/", relative to the page
//   trap_sessions    /trap/0 → two of ten pages, each with a PHPSESSID that nobody has seen
//   trap_parameters  /trap/more → …?p1=1 → …?p1=1&p2=1; /trap/same → …?x=1 → …?x=1&x=1
//   trap_hosts       wild-N.NAME → five more hosts below NAME; NAME itself is number 0

#include <string>
#include <string_view>
#include <vector>

#include "simweb/links.h"
#include "simweb/site_plan.h"

namespace wswp::simweb {

/// The links as HTML; those of hosts without a trap: none.
void append_trap_links(std::string& out, const SitePlan& site, const PagePlan& page, const PageName& name);

/// As a crawler with the default limits sees one: `url` is what it visits, or `cut_by` the rule that keeps it out.
struct TrapLink {
  std::string url;
  std::string_view cut_by;
};
/// Without duplicates. max_hosts_per_site is the caller's.
std::vector<TrapLink> trap_links_of(const SitePlan& site, const PageName& name, int this_year);

/// Header fields of a page that answers 200. On the home page:
///
///   hints_link             Link: two links that count, in one field, and a style sheet
///   hints_refresh          Refresh
///
/// and on every page of the host hints_nofollow (X-Robots-Tag for all) or hints_nofollow_other (for another crawler).
void append_hints(std::string& head, const SitePlan& site, const PageName& name);
/// The canonical URLs of those links.
std::vector<std::string> hinted_links_of(const SitePlan& site, const PageName& name);

}  // namespace wswp::simweb
