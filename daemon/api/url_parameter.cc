#include "daemon/api/url_parameter.h"

#include "base/scheme.h"

namespace wswp::api {

Result<url::Url> url_parameter(const Query& query) {
  const auto text = query.text("url");
  if (!text) return Error{"the parameter \"url\" is missing"};
  return url::parse(with_scheme(*text));
}

}  // namespace wswp::api
