// wswpctl version: its own, and the daemon's if there is one.

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

ExitCode version(Context& context) {
  const auto answer = context.client.get("/v1/version");
  if (!answer && answer.failure().exit_code != ExitCode::kNoDaemon) return fail(answer.failure());
  const Json daemon = answer ? answer->value("version", Json()) : Json();
  if (context.json) {
    print_json(context, {{"wswpctl", WSWP_VERSION}, {"wswpd", daemon}});
    return ExitCode::kDone;
  }
  context.out.line("wswpctl " WSWP_VERSION);
  context.out.line(answer ? fmt::format("wswpd {}", plain(daemon))
                          : fmt::format("wswpd: none answers on {}", context.client.socket()));
  return ExitCode::kDone;
}

}  // namespace

void declare_version(CLI::App& app, Command& chosen) {
  Subcommand(app, "version", "Versions of wswpctl and of the daemon").callback([&chosen] { chosen = version; });
}

}  // namespace wswp::cli
