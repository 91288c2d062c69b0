// wswpctl show URL: all that is known of a URL and its host.

#include <memory>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr std::size_t kKeyColumns = 16;

/// One line a member or element of one, nested objects one step further in; what is null is left out.
void print_members(Context& context, const Json& object, std::size_t indent) {
  for (const auto& [key, value] : object.items()) {
    const std::string margin(indent, ' ');
    if (value.is_object()) {
      context.out.line(margin + paint(context.terminal, Style::kDim, printable(key)));
      print_members(context, value, indent + 2);
    } else if (value.is_array()) {
      for (const Json& element : value) {
        const std::string label = pad_right(printable(key), kKeyColumns + 2 - indent);
        context.out.line(margin + paint(context.terminal, Style::kDim, label) + plain(element));
      }
    } else if (!value.is_null()) {
      const std::string label = pad_right(printable(key), kKeyColumns + 2 - indent);
      context.out.line(margin + paint(context.terminal, Style::kDim, label) + plain(value));
    }
  }
}

void print_url(Context& context, const Json& answer) {
  context.out.line(paint(context.terminal, Style::kBold, plain(answer, "url")));
  const Json host = answer.value("host", Json());
  if (host.is_object()) {
    context.out.line("host " + plain(host, "authority"));
    Json rest = host;
    rest.erase("authority");
    print_members(context, rest, 2);
  }
  for (const Json& crawl : answer.value("crawls", Json::array())) {
    const std::string in_flight = crawl.value("in_flight", false) ? ", in flight" : "";
    context.out.line(fmt::format("crawl {}: {}{}", plain(crawl, "crawl"), plain(crawl, "state"), in_flight));
    Json rest = crawl;
    for (const char* key : {"crawl", "state", "in_flight"}) rest.erase(key);
    if (rest.contains("result") && rest["result"].is_object()) {
      for (const char* key : {"crawl", "url", "outcome", "depth", "attempts"}) rest["result"].erase(key);
    }
    print_members(context, rest, 2);
  }
}

ExitCode show(const std::string& url, Context& context) {
  const auto answer = context.client.get(ApiPath("/v1/urls").query("url", url).str());
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
  } else {
    print_url(context, *answer);
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_show(CLI::App& app, Command& chosen) {
  auto url = std::make_shared<std::string>();
  Subcommand command(app, "show", "All that is known of a URL and its host");
  command.option("URL", *url, "The URL").required();
  command.callback([&chosen, url] { chosen = [url](Context& context) { return show(*url, context); }; });
}

}  // namespace wswp::cli
