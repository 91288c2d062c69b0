// wswpctl status [CRAWL] [--watch] [--wait]: progress; once, again and again, or when all is done.

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/status_view.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr std::int64_t kFirstPollMs = 200;
constexpr std::int64_t kLastPollMs = 1000;

struct StatusOptions {
  std::string crawl;  // empty: all
  bool watch = false;
  bool wait = false;
};

/// Prints one state after the other: on a terminal over the one before, elsewhere with a blank line between.
class StatusPrinter {
 public:
  StatusPrinter(Context& context, bool repeated) : context_(context), repeated_(repeated) {}

  void print(const Json& status) {
    if (context_.json) {
      print_json(context_, status);
    } else if (repeated_ && context_.terminal.interactive) {
      redraw(status);
    } else {
      if (printed_) context_.out.write("\n");
      for (const std::string& line : status_lines(status, context_.terminal)) context_.out.line(line);
    }
    printed_ = true;
    context_.out.flush();
  }

 private:
  /// Without automatic margins, so that a long line stays one row and the way back up is known.
  void redraw(const Json& status) {
    const Terminal now = terminal_of(STDOUT_FILENO);  // it may have been resized
    auto lines = status_lines(status, now);
    const auto room = static_cast<std::size_t>(std::max(now.rows - 1, 1));
    if (lines.size() > room) lines.resize(room);
    std::string frame = rows_ > 0 ? fmt::format("\033[{}A\r", rows_) : "";
    frame += "\033[?7l";
    for (const std::string& line : lines) frame += line + "\033[K\n";
    frame += "\033[J\033[?7h";
    context_.out.write(frame);
    rows_ = lines.size();
  }

  Context& context_;
  bool repeated_;
  bool printed_ = false;
  std::size_t rows_ = 0;  // of the state on the screen
};

bool done(const Json& status) {
  const Json crawls = status.value("crawls", Json::array());
  return std::all_of(crawls.begin(), crawls.end(),
                     [](const Json& crawl) { return count(crawl.value("urls", Json::object()), "pending") == 0; });
}

/// Names every unfinished crawl that is paused once, as waiting for it may take for ever.
void warn_of_paused(const Json& status, std::set<std::string>& warned) {
  for (const Json& crawl : status.value("crawls", Json::array())) {
    const std::string name = plain(crawl, "name");
    if (plain(crawl, "state") != "paused" || !warned.insert(name).second) continue;
    complain(fmt::format("waiting for {}, which is paused; \"wswpctl resume {}\" lets it go on", name, name));
  }
}

ExitCode status(const StatusOptions& options, Context& context) {
  ApiPath path("/v1/status");
  if (!options.crawl.empty()) path.query("crawl", options.crawl);
  StatusPrinter printer(context, options.watch);
  std::set<std::string> warned;
  std::int64_t pause = options.wait ? kFirstPollMs : kLastPollMs;
  while (true) {
    const auto answer = context.client.get(path.str());
    if (!answer) return fail(answer.failure());
    const bool last = options.wait ? done(*answer) : !options.watch;
    if (options.watch || last) printer.print(*answer);
    if (last || !context.out.ok()) return ExitCode::kDone;
    if (options.wait) warn_of_paused(*answer, warned);
    context.sleep(pause);
    pause = std::min(pause + pause / 4, kLastPollMs);
  }
}

}  // namespace

void declare_status(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<StatusOptions>();
  Subcommand command(app, "status", "How far the crawls are");
  command.option("CRAWL", options->crawl, "Only this crawl").check(check_crawl_name);
  command.flag("--watch", options->watch, "Show it again every second, until Ctrl-C");
  command.flag("--wait", options->wait, "Return when nothing is pending any more");
  command.callback([&chosen, options] { chosen = [options](Context& context) { return status(*options, context); }; });
}

}  // namespace wswp::cli
