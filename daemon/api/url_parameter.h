#pragma once
// The parameter "url" of a request about one URL. Pure.

#include "base/result.h"
#include "daemon/api/query.h"
#include "url/url.h"

namespace wswp::api {

/// As in a list, a bare name stands for its root page. Error: it is missing, or no URL.
Result<url::Url> url_parameter(const Query& query);

}  // namespace wswp::api
