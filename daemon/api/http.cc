#include "daemon/api/http.h"

#include <fmt/format.h>

#include "daemon/api/json.h"

namespace wswp::api {

Response error_response(unsigned status, std::string_view code, std::string_view message) {
  Json error;
  error["error"]["code"] = code;
  error["error"]["message"] = message;
  return json_response(error, status);
}

Response bad_request(std::string_view message) {
  return error_response(400, "bad_request", message);
}

Response no_such_crawl(std::string_view name) {
  return error_response(404, "no_such_crawl", fmt::format("there is no crawl \"{}\"", name));
}

}  // namespace wswp::api
