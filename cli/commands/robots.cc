// wswpctl robots URL [--file FILE | --fetch] [--agent NAME]: whether robots.txt lets a URL be fetched, and which of its
// rules decides: as the daemon has it of the host, or by a text that is sent to it.

#include <memory>

#include <fmt/format.h>

#include "base/scheme.h"
#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/list_source.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr std::size_t kLabelColumns = 14;

struct RobotsOptions {
  std::string url;
  std::optional<std::string> file;
  std::optional<std::string> agent;
  bool fetch = false;
};

void print_field(Context& context, std::string_view label, const std::string& text) {
  const std::string padded = "  " + pad_right(std::string(label), kLabelColumns);
  context.out.line(paint(context.terminal, Style::kDim, padded) + text);
}

std::string line_text(const Json& line) {
  return fmt::format("{} (line {})", plain(line, "text"), count(line, "line"));
}

std::string reason_text(const Json& answer) {
  const std::string reason = plain(answer, "reason");
  if (reason == "unreachable") return "none: robots.txt cannot be had, so nothing is fetched";
  if (reason == "no_rule") return "none matches";
  return line_text(answer.value("rule", Json()));
}

std::string group_text(const Json& answer) {
  const std::string group = plain(answer, "group");
  if (group == "own") return "of " + plain(answer, "agent");
  return group == "*" ? "of everyone (*)" : "none";
}

void print_record(Context& context, const Json& record) {
  const bool answered = !record.value("status", Json()).is_null();
  print_field(context, "status", answered ? plain(record, "status") : "no answer");
  for (const auto& [key, label] : {std::pair{"fetched_at", "fetched"},
                                   {"expires_at", "asked again"},
                                   {"crawl_delay", "crawl delay"},
                                   {"unreachable_since", "down since"}}) {
    if (const Json value = record.value(key, Json()); !value.is_null()) print_field(context, label, plain(value));
  }
  if (count(record, "failures") > 0) print_field(context, "failures", thousands(count(record, "failures")));
  for (const Json& sitemap : record.value("sitemaps", Json::array())) print_field(context, "sitemap", plain(sitemap));
}

void print_answer(Context& context, const Json& answer) {
  const bool allowed = answer.value("allowed", false);
  const std::string verdict =
      paint(context.terminal, allowed ? Style::kGreen : Style::kRed, allowed ? "allowed" : "disallowed");
  context.out.line(fmt::format("{}: {}", plain(answer, "url"), verdict));
  print_field(context, "rule", reason_text(answer));
  print_field(context, "group", group_text(answer));
  if (const Json named = answer.value("user_agent", Json()); named.is_object()) {
    print_field(context, "named by", line_text(named));
  }
  if (const Json record = answer.value("record", Json()); record.is_object()) {
    print_field(context, "robots.txt", plain(answer, "robots_txt"));
    print_record(context, record);
  }
  if (!answer.value("obeyed", true)) print_field(context, "note", "the daemon is set up not to obey robots.txt");
}

/// By a text: of a file, of standard input, or of the site.
Reply<Json> judge_text(const RobotsOptions& options, Context& context) {
  auto source = open_source(options.fetch ? origin_part(options.url) + "/robots.txt" : *options.file, true);
  if (!source) return Failure{ExitCode::kFailed, 0, "", source.message()};
  ListSource& text = **source;
  ApiPath path("/v1/robots");
  path.query("url", options.url);
  if (options.agent) path.query("agent", *options.agent);
  return context.client.upload(path.str(), [&](char* buffer, std::size_t size) -> Result<std::size_t> {
    auto got = text.read(buffer, size);
    if (!got) return Error{fmt::format("{}: {}", text.label(), got.message())};
    return got;
  });
}

ExitCode robots(const RobotsOptions& options, Context& context) {
  const bool by_text = options.fetch || options.file;
  if (options.agent && !by_text) {
    complain("--agent needs --file or --fetch: of a host, the daemon keeps only the rules for itself");
    return ExitCode::kUsage;
  }
  const auto answer = by_text ? judge_text(options, context)
                              : context.client.get(ApiPath("/v1/robots").query("url", options.url).str());
  if (!answer) return fail(answer.failure());
  if (context.json) {
    print_json(context, *answer);
  } else {
    print_answer(context, *answer);
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_robots(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<RobotsOptions>();
  Subcommand command(app, "robots", "Whether robots.txt lets a URL be fetched, and which rule decides");
  command.option("URL", options->url, "The URL").required();
  const Argument file =
      command.option("--file", options->file, "Judge by this robots.txt, - for standard input").type_name("FILE");
  command.flag("--fetch", options->fetch, "Judge by the site's robots.txt, asked for now").excludes(file);
  command.option("--agent", options->agent, "Judge for this product token").type_name("NAME");
  command.callback([&chosen, options] { chosen = [options](Context& context) { return robots(*options, context); }; });
}

}  // namespace wswp::cli
