// wswpctl pause NAME, wswpctl resume NAME.

#include <memory>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

ExitCode change_state(const std::string& verb, const std::string& crawl, Context& context) {
  const auto answer = context.client.post(crawl_path(crawl, verb).str());
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
  } else {
    context.out.line(fmt::format("{}: {}", plain(*answer, "name"), plain(*answer, "state")));
  }
  return ExitCode::kDone;
}

void declare(CLI::App& app, Command& chosen, const std::string& verb, const std::string& description) {
  auto crawl = std::make_shared<std::string>();
  Subcommand command(app, verb, description);
  command.option("NAME", *crawl, "The crawl").required().check(check_crawl_name);
  command.callback([&chosen, verb, crawl] {
    chosen = [verb, crawl](Context& context) { return change_state(verb, *crawl, context); };
  });
}

}  // namespace

void declare_pause_resume(CLI::App& app, Command& chosen) {
  declare(app, chosen, "pause", "Stop fetching for a crawl; what is under way is finished");
  declare(app, chosen, "resume", "Go on with a paused crawl");
}

}  // namespace wswp::cli
