// wswpctl errors [CRAWL]: failures grouped by error.

#include <memory>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/text.h"
#include "cli/text_table.h"

namespace wswp::cli {
namespace {

ExitCode errors(const std::string& crawl, Context& context) {
  const auto answer = context.client.get(crawl_path(crawl, "errors").str());
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
    return ExitCode::kDone;
  }
  const Json list = answer->value("errors", Json::array());
  if (list.empty()) {
    context.out.line("no errors");
    return ExitCode::kDone;
  }
  TextTable table({{"ERROR"}, {"COUNT", Align::kRight}, {"EXAMPLE"}});
  for (const Json& error : list) {
    table.add({plain(error, "error"), thousands(count(error, "count")), plain(error, "example")});
  }
  table.print(context.out, context.terminal);
  return ExitCode::kDone;
}

}  // namespace

void declare_errors(CLI::App& app, Command& chosen) {
  auto crawl = std::make_shared<std::string>();
  Subcommand command(app, "errors", "Failures grouped by error, with an example of each");
  command.option("CRAWL", *crawl, "Only this crawl").check(check_crawl_name);
  command.callback([&chosen, crawl] { chosen = [crawl](Context& context) { return errors(*crawl, context); }; });
}

}  // namespace wswp::cli
