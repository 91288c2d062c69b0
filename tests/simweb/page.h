#pragma once
// The HTML of a page, generated from its plan alone. Pure; any thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "simweb/links.h"
#include "simweb/site_plan.h"

namespace wswp::simweb {

/// Blocks of lifelike markup without links; pages are filled up with them.
const std::vector<std::string>& filler();

/// In UTF-8, entities resolved: words of the page's charset, then host and target.
std::string page_title(const SitePlan& site, const PageName& name);

/// Bytes a page aims at; it is longer only where its links need more.
std::size_t page_size(const World& world, const PagePlan& page);

/// Appends the page in the charset of its site.
void append_page(std::string& out, const World& world, const SitePlan& site, const PagePlan& page,
                 const PageName& name);

/// The title and the body of a 403, 404 or 410, in UTF-8.
std::string error_title(int status, const PageName& name);
void append_error_page(std::string& out, int status, const PageName& name);

/// A body of page_size() bytes that is not HTML and starts with `magic`.
void append_blob(std::string& out, const World& world, const PagePlan& page, std::string_view magic);

}  // namespace wswp::simweb
