#include "daemon/api/url_parameter.h"

#include <fmt/format.h>

#include "base/scheme.h"

namespace wswp::api {

Result<url::Url> url_parameter(const Query& query) {
  const auto text = query.text("url");
  if (!text) return Error{"the parameter \"url\" is missing"};
  auto url = url::parse(with_scheme(*text));
  if (!url) return Error{fmt::format("not a URL: {}", url.message())};
  return url;
}

}  // namespace wswp::api
