#pragma once
// Whether every row of a crawl of the hostile web is explained: an end for each URL, errors that are documented,
// columns that any reader can read, and healthy sites with all they have. Reads the database beside the daemon.

#include <string>
#include <vector>

namespace wswp::fuzz {

struct Flaw {
  std::string url;
  std::string text;
};

/// All flaws of the rows of a crawl that has ended, which knows at least `urls`. `may_time_out`: servers may keep a URL
/// waiting until its time limit; else one that ends so is a flaw.
std::vector<Flaw> flaws_of(const std::string& database, const std::string& crawl, const std::vector<std::string>& urls,
                           bool may_time_out);

/// "http://host/target" → its parts; without a port, as the answers know them.
std::string host_of(const std::string& url);
std::string target_of(const std::string& url);

bool is_utf8(const std::string& text);

}  // namespace wswp::fuzz
