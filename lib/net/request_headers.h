#pragma once
// The header fields that all requests of a loop have besides Host, as a list for CURLOPT_HTTPHEADER. For lib/net only;
// a list may be used by many handles at once, and is only read.
//
// CURLOPT_USERAGENT and CURLOPT_ACCEPT_ENCODING would send the same, but curl's printf takes a character at a time, and
// they pass through it twice a request: 3 µs of a site's 100.

#include <string>
#include <vector>

#include <curl/curl.h>

namespace wswp::net {

class RequestHeaders {
 public:
  explicit RequestHeaders(const std::string& user_agent);
  RequestHeaders(const RequestHeaders&) = delete;
  RequestHeaders& operator=(const RequestHeaders&) = delete;

  const curl_slist* list() const { return items_.data(); }

 private:
  std::vector<std::string> fields_;
  std::vector<curl_slist> items_;
};

/// The content codings that this libcurl decodes, as Accept-Encoding says it.
std::string accepted_codings();

}  // namespace wswp::net
