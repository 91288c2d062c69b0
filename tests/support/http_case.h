#pragma once
// A table of cases: bytes a server sends, and the row they must leave in the view `results`. All cases of a table are
// crawled at once, each on a host of its own, "NAME.test".

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/daemon.h"
#include "support/scripted_server.h"

namespace wswp::test {

/// The columns of a row that a case says something about; a fetched page without a redirect by default.
struct Row {
  std::string outcome = "fetched";
  int status = 200;  // 0: null
  std::string error;
  std::string title;
  std::string redirect_to;
  std::optional<std::int64_t> bytes;        // nothing: not looked at, as with the two below
  std::optional<std::string> content_type;  //
  std::optional<std::string> http_version;  //
  bool truncated = false;
  int attempts = 1;
};

struct HttpCase {
  std::string name;  // of the host, without ".test"
  Reply reply;       // to "/"
  Row row;
  std::vector<std::string> asked = {"/"};    // of the host, besides robots.txt; one alone is asked for at each attempt
  std::map<std::string, Reply> others = {};  // to other places, "host/path"
  std::map<std::string, Row> also = {};      // rows of other URLs, which redirects brought
};

/// Crawls all cases with one further try for what may pass and, unless `changes` says otherwise, 20 seconds for each
/// transfer, so that a busy machine changes nothing. Compares rows and requests, those that must not be
/// included: no row and no request is left unexplained, and none carries credentials, cookies or a referrer.
void expect_cases(const std::vector<HttpCase>& cases, const Config& changes = {});

}  // namespace wswp::test
