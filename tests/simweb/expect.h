#pragma once
// The subcommand "expect": a breadth-first crawl of a list by the oracle, written as CSV. One thread.

#include <cstddef>
#include <istream>
#include <map>
#include <ostream>
#include <string>

#include "simweb/oracle.h"

namespace wswp::simweb {

/// One row for each URL of the crawl, in the order they were found:
///   url,outcome,status,error,redirect_to,encoding,title,bytes,truncated,depth
/// Returns how many links and redirects each rule against traps has cut. With max_hosts_per_site, which hosts are in
/// depends on the order of the crawl; how many are does not.
std::map<std::string, std::size_t> write_expectations(std::istream& list, std::ostream& out, const CrawlRules& rules,
                                                      Oracle& oracle);

/// Whether two hosts are the same or have the same registrable domain (publicsuffix.org).
bool same_site(const std::string& one, const std::string& other);

}  // namespace wswp::simweb
