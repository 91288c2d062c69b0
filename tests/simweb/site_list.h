#pragma once
// Lists of sites as the oracle and --sites read them: one row a line, "rank,name", "name" or a URL. Only what simweb
// plays: http URLs of ASCII names. Pure but for the file; any thread.

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wswp::simweb {

/// An http URL in canonical form, in its parts.
struct SiteUrl {
  std::string text;       // "http://name:port/path?query", no fragment, default port left out
  std::string authority;  // "name:port", in lower case
  std::string host;       // "name"
  std::string target;     // "/path?query"
};

/// Nothing where it is not an http URL. A name stands for its home page if it has a dot.
std::optional<SiteUrl> parse_site(std::string_view text);

/// The site of a row of a list; nothing for empty and invalid rows.
std::optional<SiteUrl> parse_row(std::string_view line);

/// All hosts of the file at `path`.
Result<std::vector<std::string>> read_site_names(const std::string& path);

}  // namespace wswp::simweb
