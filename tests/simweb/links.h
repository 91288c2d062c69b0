#pragma once
// The link graph: which pages a page links to, and how its HTML spells that. A site's pages are numbers below
// World::pages, each with its path; every other path is a page too, but nothing links there. Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simweb/site_plan.h"

namespace wswp::simweb {

/// The page whose links are wanted. `authority` is the host with its port, if any, in lower case.
struct PageName {
  std::string_view authority;
  std::string_view host;
  std::string_view target;
};

/// The directory <base href> names on pages of MarkupKind::kBase.
inline constexpr std::string_view kBasePath = "/base/dir/";

void append_path(std::string& out, std::uint64_t number);

/// The canonical URLs in the order of the page, duplicates included: exactly World::links of them.
std::vector<std::string> links_of(const World& world, const PageName& name, const PagePlan& page);

/// The same as HTML.
void append_links(std::string& out, const World& world, const PageName& name, const PagePlan& page);

}  // namespace wswp::simweb
