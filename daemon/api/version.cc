#include "daemon/api/json.h"
#include "daemon/api/resources.h"
#include "wswp_version.h"

namespace wswp::api {

Answer get_version(Context& /*context*/, const Request& /*request*/) {
  return json_response({{"version", kVersion}});
}

}  // namespace wswp::api
