#pragma once
// The subcommand "expect": a breadth-first crawl of a list by the oracle, written as CSV. One thread.

#include <istream>
#include <ostream>

#include "simweb/oracle.h"

namespace wswp::simweb {

/// One row for each URL of the crawl, in the order they were found:
///   url,outcome,status,error,redirect_to,encoding,title,bytes,truncated,depth
void write_expectations(std::istream& list, std::ostream& out, const CrawlRules& rules, Oracle& oracle);

/// Whether two hosts are the same or have the same registrable domain (publicsuffix.org).
bool same_site(const std::string& one, const std::string& other);

}  // namespace wswp::simweb
