#pragma once
// Why a robots.txt allows or forbids a path, in its own lines: what to show to a person who asks. Pure.

#include <cstdint>
#include <string_view>

#include "robots/rules.h"

namespace wswp::robots {

/// A line as it stands in the text, without white space around it. Number 0: there is none.
struct SourceLine {
  std::uint32_t number = 0;  // from 1
  std::string_view text;
};

/// Views are into the robots.txt. Either line is none where no rule matches, and the path is allowed therefore.
struct Explanation {
  bool allowed = true;
  GroupKind group = GroupKind::kNone;
  SourceLine user_agent;  // by which the rule's group is ours; the last of them, where there are several in a row
  SourceLine rule;        // the one that decides
};

/// As Rules::parse() and verdict(), which decide the same (RFC 9309 2.2); for a stored answer, whose text is gone,
/// Verdict and Rules::group() are what is left.
Explanation explain(std::string_view robots_txt, std::string_view product_token, std::string_view path_and_query);

}  // namespace wswp::robots
