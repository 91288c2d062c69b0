#pragma once
// Which reports are recorded in one transaction. A transaction keeps all other writers waiting, and links are most of
// the work, so it is bounded by them: by 10,000, which are 30 to 100 ms. A page that has more is alone in one. Pure.

#include <cstddef>
#include <cstdint>
#include <span>

#include "frontier/types.h"

namespace wswp::crawl {

/// Links that the report brings.
std::int64_t links_of(const frontier::VisitReport& report);

/// The first of `reports`: as many as fit into one transaction, at least one where there is one.
std::span<const frontier::VisitReport> first_group(std::span<const frontier::VisitReport> reports);

}  // namespace wswp::crawl
