#pragma once
// The status document as lines for a person, at most 80 columns wide unless the terminal has more. Pure.

#include <string>
#include <vector>

#include "cli/output.h"
#include "cli/reply.h"

namespace wswp::cli {

/// `status`: the answer of GET /v1/status.
std::vector<std::string> status_lines(const Json& status, const Terminal& terminal);

/// A bar of `columns` columns, brackets included where it is drawn in ASCII.
std::string progress_bar(double fraction, std::size_t columns, bool unicode);

}  // namespace wswp::cli
