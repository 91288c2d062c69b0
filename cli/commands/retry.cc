// wswpctl retry NAME.

#include <memory>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

ExitCode retry(const std::string& crawl, Context& context) {
  const auto answer = context.client.post(crawl_path(crawl, "retry").str());
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
  } else {
    context.out.line(
        fmt::format("{}: {} failed URLs are pending again", plain(*answer, "name"), plain(*answer, "retried")));
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_retry(CLI::App& app, Command& chosen) {
  auto crawl = std::make_shared<std::string>();
  Subcommand command(app, "retry", "Try the failed URLs of a crawl again");
  command.option("NAME", *crawl, "The crawl").required().check(check_crawl_name);
  command.callback([&chosen, crawl] { chosen = [crawl](Context& context) { return retry(*crawl, context); }; });
}

}  // namespace wswp::cli
