#include "frontier/types.h"

namespace wswp::frontier {

std::string_view to_string(UrlState state) {
  switch (state) {
    case UrlState::kPending:
      return "pending";
    case UrlState::kFetched:
      return "fetched";
    case UrlState::kFailed:
      return "failed";
    case UrlState::kDisallowed:
      return "disallowed";
    case UrlState::kSkipped:
      return "skipped";
    case UrlState::kAlias:
      return "alias";
  }
  return "unknown";
}

}  // namespace wswp::frontier
