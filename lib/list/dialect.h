#pragma once
// How the lines of a list are to be read: plain text or CSV, which delimiter, which column, is there a header. Pure.

#include <cstddef>
#include <string_view>

#include "list/csv.h"
#include "list/list.h"

namespace wswp::list {

struct Dialect {
  char delimiter = kNoDelimiter;
  std::size_t column = 0;  // of the site, 0-based
  bool header = false;     // the first line with content names the columns
};

/// Chooses by the first lines (`head`: the beginning of the list, without byte order mark). A header that names a
/// column of sites decides. Else a list is CSV where most lines have more than one field and the same column has a site
/// in most of them; URLs and paths may have commas themselves, so in a first column of those every line must have as
/// many fields. `format`: kAuto, kText (one column) or kCsv.
Dialect choose_dialect(std::string_view head, Format format);

/// Neither blank nor a comment?
bool has_content(std::string_view line);

}  // namespace wswp::list
