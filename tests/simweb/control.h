#pragma once
// The resources under /.simweb/ (of any host) and of the host simweb.control, by which a test asks the server:
//   GET  /.simweb/stats   counters as JSON
//   POST /.simweb/flush   answers when the request log is in its file
//   GET  /.simweb/plan    what the Host of the request does, as JSON
// They are neither logged nor counted.

#include <string_view>

#include "simweb/request_log.h"
#include "simweb/response.h"
#include "simweb/statistics.h"

namespace wswp::simweb {

bool is_control(std::string_view host, std::string_view target);

/// Any thread.
void answer_control(Response& response, const World& world, const PageName& name, const HttpRequest& request,
                    const Statistics& statistics, RequestLog& log);

}  // namespace wswp::simweb
