#include "cli/command.h"

#include "cli/text.h"

namespace wswp::cli {

ExitCode fail(const Failure& failure) {
  complain(failure.message);
  return failure.exit_code;
}

void print_json(Context& context, const Json& document) {
  context.out.line(without_controls_in_json(document.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

std::string check_crawl_name(const std::string& name) {
  return name.empty() ? "a crawl's name is empty" : "";
}

}  // namespace wswp::cli
