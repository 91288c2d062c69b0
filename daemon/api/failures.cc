#include "daemon/api/failures.h"

#include <new>
#include <string_view>
#include <system_error>

#include "base/log.h"
#include "base/obstacle.h"
#include "frontier/frontier.h"

namespace wswp::api {
namespace {

Response no_memory(const Request& request, std::string_view details) {
  log::error("{} {}: no memory is left ({})", request.method, request.path, details);
  return error_response(503, "no_memory", "no memory is left, for buffers or for a thread; try again when there is");
}

}  // namespace

Response response_to_exception(const Request& request) {
  try {
    throw;
  } catch (const frontier::Unavailable& e) {
    if (e.obstacle() == Obstacle::kNoMemory) return no_memory(request, e.what());
    return error_response(503, "storage", e.what());
  } catch (const std::bad_alloc& e) {
    return no_memory(request, e.what());
  } catch (const std::system_error& e) {  // a thread that cannot be started
    if (obstacle_of_errno(e.code().value()) == Obstacle::kNoMemory) return no_memory(request, e.what());
    log::error("{} {}: {}", request.method, request.path, e.what());
    return error_response(500, "internal", e.what());
  } catch (const std::exception& e) {
    log::error("{} {}: {}", request.method, request.path, e.what());
    return error_response(500, "internal", e.what());
  }
}

}  // namespace wswp::api
