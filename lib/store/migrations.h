#pragma once
// The numbered SQL files of schema/, compiled in.

#include <vector>

namespace wswp::store {

struct Migration {
  int number;        // 1, 2, …; the schema that it leads to
  const char* name;  // its file
  const char* sql;
};

/// In ascending order, without gaps.
const std::vector<Migration>& migrations();

}  // namespace wswp::store
