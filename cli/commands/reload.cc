// wswpctl reload: the daemon reads its configuration again.

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

ExitCode reload(Context& context) {
  const auto answer = context.client.post("/v1/reload");
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
  } else {
    context.out.line(fmt::format("wswpd: {}", plain(*answer, "state")));
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_reload(CLI::App& app, Command& chosen) {
  Subcommand(app, "reload", "Have the daemon read its configuration again").callback([&chosen] { chosen = reload; });
}

}  // namespace wswp::cli
