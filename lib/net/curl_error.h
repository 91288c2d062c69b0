#pragma once
// curl's verdict on a transfer → FetchError. Pure. For lib/net only.

#include <curl/curl.h>

#include <string_view>

#include "net/fetch_error.h"

namespace wswp::net {

struct CurlVerdict {
  CURLcode code = CURLE_OK;
  long os_errno = 0;  // CURLINFO_OS_ERRNO
  bool sent = false;  // the request went out (CURLINFO_REQUEST_SIZE)
  bool by_proxy = false;
  long connect_status = 0;        // CURLINFO_HTTP_CONNECTCODE: the proxy's answer to CONNECT
  std::string_view message = {};  // of CURLOPT_ERRORBUFFER: some codes stand for several failures
};

FetchError error_of(const CurlVerdict& verdict);

}  // namespace wswp::net
