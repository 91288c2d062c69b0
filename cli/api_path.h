#pragma once
// Builds the path and query of a request to the control socket. What comes from the user is percent-encoded here and
// nowhere else.

#include <string>
#include <string_view>

namespace wswp::cli {

/// All but the unreserved characters of RFC 3986, section 2.3, as %XX.
std::string percent_encode(std::string_view text);

class ApiPath {
 public:
  /// `fixed` is taken as it is: "/v1/status".
  explicit ApiPath(std::string fixed) : path_(std::move(fixed)) {}

  ApiPath& segment(std::string_view name);
  ApiPath& query(std::string_view key, std::string_view value);
  const std::string& str() const { return path_; }

 private:
  std::string path_;
  char separator_ = '?';
};

/// "/v1/crawls/NAME/what", or "/v1/what" (all crawls) where `crawl` is empty.
ApiPath crawl_path(std::string_view crawl, std::string_view what);

}  // namespace wswp::cli
