// wswpctl add SOURCE…: sends lists and seeds to a crawl; the answers of several sources are summed into one.

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/list_source.h"
#include "cli/progress_line.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr std::size_t kShownInvalidRows = 10;

struct AddOptions {
  std::vector<std::string> sources;
  std::string crawl = "default";
  std::optional<std::uint64_t> max;  // valid rows, over all sources
  std::optional<std::string> link_regex;
  bool follow = false;
  std::optional<unsigned> depth;
  std::optional<double> delay;  // seconds
  bool any_site = false;
  bool list = false;
};

struct InvalidRow {
  std::string source;
  Json row;
};

struct Sum {
  std::uint64_t read = 0, added = 0, duplicate = 0, invalid = 0;
  std::vector<InvalidRow> invalid_rows;  // the first kShownInvalidRows

  void add(const std::string& source, const Json& answer) {
    read += count(answer, "read");
    added += count(answer, "added");
    duplicate += count(answer, "duplicate");
    invalid += count(answer, "invalid");
    for (const Json& row : answer.value("invalid_rows", Json::array())) {
      if (invalid_rows.size() < kShownInvalidRows) invalid_rows.push_back({source, row});
    }
  }
};

std::string request_path(const AddOptions& options, const std::string& filename, std::optional<std::uint64_t> max) {
  ApiPath path = crawl_path(options.crawl, "urls");
  if (!filename.empty()) path.query("source", filename);
  if (max) path.query("max", std::to_string(*max));
  if (options.follow) path.query("link_regex", ".");
  if (options.link_regex) path.query("link_regex", *options.link_regex);
  if (options.depth) path.query("depth", std::to_string(*options.depth));
  if (options.delay) path.query("delay", fmt::format("{}", *options.delay));
  if (options.any_site) path.query("any_site", "1");
  return path.str();
}

Reply<Json> send(Context& context, const std::string& path, ListSource& source) {
  ProgressLine progress(context.error_terminal, context.clock);
  std::uint64_t sent = 0;
  return context.client.upload(path, [&](char* buffer, std::size_t size) {
    auto got = source.read(buffer, size);
    if (got) progress.update(source.label(), sent += *got, source.size());
    return got;
  });
}

void print_sum(Context& context, const AddOptions& options, const Sum& sum) {
  if (context.json) {
    Json rows = Json::array();
    for (const InvalidRow& invalid : sum.invalid_rows) rows.push_back(invalid.row);
    print_json(context, {{"crawl", options.crawl},
                         {"read", sum.read},
                         {"added", sum.added},
                         {"duplicate", sum.duplicate},
                         {"invalid", sum.invalid},
                         {"invalid_rows", rows}});
    return;
  }
  context.out.line(fmt::format("{}: {} {} read, {} added, {} duplicate, {} invalid", printable(options.crawl),
                               thousands(sum.read), sum.read == 1 ? "row" : "rows", thousands(sum.added),
                               thousands(sum.duplicate), thousands(sum.invalid)));
  for (const auto& [source, row] : sum.invalid_rows) {
    const std::string where = options.sources.size() > 1 ? printable(source) + ", " : "";
    context.out.line(
        fmt::format("  {}line {}: \"{}\": {}", where, plain(row, "line"), plain(row, "text"), plain(row, "reason")));
  }
  if (sum.invalid > sum.invalid_rows.size()) {
    context.out.line(fmt::format("  and {} more", thousands(sum.invalid - sum.invalid_rows.size())));
  }
}

/// Says why `source` failed and what of the sources before it stays done.
ExitCode fail_after(Failure failure, const std::string& source, std::size_t finished, const Sum& sum) {
  if (failure.exit_code == ExitCode::kFailed) failure.message = fmt::format("{}: {}", source, failure.message);
  if (finished > 0) {
    failure.message += fmt::format(" (the {} before it: {} rows read, {} added)",
                                   finished == 1 ? "source" : fmt::format("{} sources", finished), thousands(sum.read),
                                   thousands(sum.added));
  }
  return fail(failure);
}

ExitCode add(const AddOptions& options, Context& context) {
  if (std::count(options.sources.begin(), options.sources.end(), "-") > 1) {
    complain("standard input (-) can be read only once");
    return ExitCode::kUsage;
  }
  std::vector<std::unique_ptr<ListSource>> sources;
  for (const std::string& argument : options.sources) {
    auto source = open_source(argument, options.list);
    if (!source) return fail({ExitCode::kFailed, 0, "", source.message()});
    sources.push_back(std::move(source).value());
  }

  Sum sum;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    std::optional<std::uint64_t> left;
    if (options.max) left = *options.max - std::min(*options.max, sum.read - sum.invalid);
    if (left == 0) break;
    ListSource& source = *sources[i];
    auto answer = send(context, request_path(options, source.filename(), left), source);
    if (!answer) return fail_after(answer.failure(), source.label(), i, sum);
    if (count(*answer, "read") == 0) complain(fmt::format("{}: the list is empty", printable(source.label())));
    sum.add(source.label(), *answer);
    sources[i].reset();
  }
  print_sum(context, options, sum);
  if (sum.read > 0 && sum.invalid == sum.read) {
    complain("nothing was added: every row is invalid");
    return ExitCode::kFailed;
  }
  return ExitCode::kDone;
}

}  // namespace

void declare_add(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<AddOptions>();
  Subcommand command(app, "add", "Add lists or seeds to a crawl");
  command.option("SOURCE", options->sources, "List file, - for standard input, or a URL").required();
  command.option("--crawl", options->crawl, "The crawl; it is created if there is none")
      .type_name("NAME")
      .check(check_crawl_name)
      .show_default();
  command.option("--max", options->max, "Take at most N valid rows").type_name("N").positive();
  const Argument link_regex =
      command.option("--link-regex", options->link_regex, "Follow links whose URL RE matches (RE2)").type_name("RE");
  command.flag("--follow", options->follow, "Follow all links, as --link-regex .").excludes(link_regex);
  command.option("--depth", options->depth, "Hops from a seed").type_name("N");
  command.option("--delay", options->delay, "Seconds between two requests to one host").type_name("S").non_negative();
  command.flag("--any-site", options->any_site, "Follow links to other sites too");
  command.flag("--list", options->list, "A URL is a list to download, not a seed");
  command.callback([&chosen, options] { chosen = [options](Context& context) { return add(*options, context); }; });
}

}  // namespace wswp::cli
