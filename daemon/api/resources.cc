#include "daemon/api/resources.h"

namespace wswp::api {

std::vector<Route> routes() {
  return {
      {"GET", "/v1/version", get_version},
      {"GET", "/v1/status", get_status},
      {"GET", "/v1/crawls", get_crawls},
      {"POST", "/v1/crawls/{}/urls", add_urls},
      {"POST", "/v1/crawls/{}/pause", pause_crawl},
      {"POST", "/v1/crawls/{}/resume", resume_crawl},
      {"POST", "/v1/crawls/{}/retry", retry_crawl},
      {"DELETE", "/v1/crawls/{}", remove_crawl},
      {"GET", "/v1/crawls/{}/results", get_results},
      {"GET", "/v1/results", get_results},
      {"GET", "/v1/crawls/{}/errors", get_errors},
      {"GET", "/v1/errors", get_errors},
      {"GET", "/v1/urls", show_url},
      {"GET", "/v1/robots", get_robots},
      {"POST", "/v1/robots", judge_robots},
      {"POST", "/v1/reload", reload},
      {"POST", "/v1/stop", stop},
  };
}

}  // namespace wswp::api
