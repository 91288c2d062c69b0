// wswpctl remove NAME.

#include <memory>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

ExitCode remove(const std::string& crawl, Context& context) {
  const auto answer = context.client.remove(ApiPath("/v1/crawls").segment(crawl).str());
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
  } else {
    context.out.line(fmt::format("{}: removed; its rows are deleted in the background", plain(*answer, "name")));
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_remove(CLI::App& app, Command& chosen) {
  auto crawl = std::make_shared<std::string>();
  Subcommand command(app, "remove", "Delete a crawl with its results");
  command.option("NAME", *crawl, "The crawl").required().check(check_crawl_name);
  command.callback([&chosen, crawl] { chosen = [crawl](Context& context) { return remove(*crawl, context); }; });
}

}  // namespace wswp::cli
