#include "crawl/trap_policy.h"

#include <cstddef>

namespace wswp::crawl {

TrapPolicy TrapPolicy::from(const config::Traps& traps) {
  const auto limit = [](int value) { return static_cast<std::size_t>(value); };
  return {.limits = {.max_length = limit(traps.max_url_length),
                     .max_host_labels = limit(traps.max_host_labels),
                     .max_segments = limit(traps.max_segments),
                     .max_repeats = limit(traps.max_repeats),
                     .max_parameters = limit(traps.max_parameters),
                     .max_encodings = limit(traps.max_encodings),
                     .session_ids = traps.session_ids == config::SessionIds::kSkip,
                     .far_dates = traps.max_years_ahead > 0,
                     .max_years_ahead = traps.max_years_ahead,
                     .first_year = traps.first_year},
          .drop_session_ids = traps.session_ids == config::SessionIds::kDrop,
          .max_links = static_cast<std::size_t>(traps.max_links)};
}

url::Trap trap_of_redirect(const url::Url& from, const url::Url& target, const TrapPolicy& policy, int this_year) {
  const url::Trap trap = url::trap_of(target, policy.limits, this_year);
  if (trap == url::Trap::kNone || trap == url::trap_of(from, policy.limits, this_year)) return url::Trap::kNone;
  return trap;
}

}  // namespace wswp::crawl
