// wswpctl stop: ends the daemon and waits until its socket answers no more.

#include "cli/command.h"

namespace wswp::cli {
namespace {

constexpr MonoMs kPatienceMs = 60'000;
constexpr MonoMs kPollMs = 50;

ExitCode stop(Context& context) {
  const auto answer = context.client.post("/v1/stop");
  if (!answer) return fail(answer.failure());
  const MonoMs deadline = context.clock.mono_ms() + kPatienceMs;
  while (context.client.reachable()) {
    if (context.clock.mono_ms() >= deadline) {
      complain("the daemon was told to stop, but still answers after 60 s");
      return ExitCode::kFailed;
    }
    context.sleep(kPollMs);
  }
  if (context.json) {
    print_json(context, {{"state", "stopped"}});
  } else {
    context.out.line("wswpd: stopped");
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_stop(CLI::App& app, Command& chosen) {
  Subcommand(app, "stop", "Stop the daemon and wait for its end").callback([&chosen] { chosen = stop; });
}

}  // namespace wswp::cli
