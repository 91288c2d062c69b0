#pragma once
// The resources of the API, one file each; README.md says what they take and answer. Called by the server on the
// thread of the connection; exceptions become a 5xx there.

#include <vector>

#include "daemon/api/context.h"
#include "daemon/api/http.h"
#include "daemon/api/router.h"

namespace wswp::api {

Answer get_version(Context& context, const Request& request);
Answer get_status(Context& context, const Request& request);
Answer get_crawls(Context& context, const Request& request);
Answer add_urls(Context& context, const Request& request);
Answer retry_crawl(Context& context, const Request& request);
Answer remove_crawl(Context& context, const Request& request);
Answer pause_crawl(Context& context, const Request& request);
Answer resume_crawl(Context& context, const Request& request);
Answer get_results(Context& context, const Request& request);
Answer get_errors(Context& context, const Request& request);
Answer get_robots(Context& context, const Request& request);
Answer judge_robots(Context& context, const Request& request);
Answer show_url(Context& context, const Request& request);
Answer reload(Context& context, const Request& request);
Answer stop(Context& context, const Request& request);

/// All of them, under their paths.
std::vector<Route> routes();

}  // namespace wswp::api
