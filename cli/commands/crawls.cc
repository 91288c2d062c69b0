// wswpctl crawls: all crawls and how far they are.

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/text.h"
#include "cli/text_table.h"

namespace wswp::cli {
namespace {

ExitCode crawls(Context& context) {
  const auto answer = context.client.get("/v1/crawls");
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
    return ExitCode::kDone;
  }
  TextTable table({{"CRAWL"},
                   {"STATE"},
                   {"TOTAL", Align::kRight},
                   {"PENDING", Align::kRight},
                   {"FETCHED", Align::kRight},
                   {"FAILED", Align::kRight},
                   {"DISALLOWED", Align::kRight},
                   {"SKIPPED", Align::kRight}});
  const Json list = answer->value("crawls", Json::array());
  for (const Json& crawl : list) {
    std::vector<std::string> cells{plain(crawl, "name"), plain(crawl, "state")};
    const Json urls = crawl.value("urls", Json::object());
    for (const char* key : {"total", "pending", "fetched", "failed", "disallowed", "skipped"}) {
      cells.push_back(thousands(count(urls, key)));
    }
    table.add(std::move(cells));
  }
  if (list.empty()) {
    context.out.line("no crawls yet; \"wswpctl add LIST\" starts one");
  } else {
    table.print(context.out, context.terminal);
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_crawls(CLI::App& app, Command& chosen) {
  Subcommand(app, "crawls", "List the crawls").callback([&chosen] { chosen = crawls; });
}

}  // namespace wswp::cli
