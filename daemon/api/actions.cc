// POST /v1/reload, POST /v1/stop: the supervisor does it, told by a signal.

#include <csignal>

#include "daemon/api/json.h"
#include "daemon/api/resources.h"

namespace wswp::api {

Answer reload(Context& context, const Request& /*request*/) {
  if (const auto settings = context.load_settings(); !settings)
    return error_response(400, "bad_config", settings.message());
  context.signal_supervisor(SIGHUP);
  return json_response({{"state", "reloading"}});
}

Answer stop(Context& context, const Request& /*request*/) {
  context.signal_supervisor(SIGTERM);
  return json_response({{"state", "stopping"}});
}

}  // namespace wswp::api
