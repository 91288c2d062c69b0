// wswpctl results [CRAWL]: one row per URL with an outcome, streamed from the daemon to the reader or a file.

#include <memory>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "cli/api_path.h"
#include "cli/command.h"
#include "cli/line_splitter.h"
#include "cli/output_file.h"
#include "cli/result_rows.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

struct ResultsOptions {
  std::string crawl;  // empty: all
  std::string outcome;
  std::string format;  // empty: not given
  std::string output;  // empty: standard output
};

/// The format that was asked for; nothing if --json forbids it.
std::optional<std::string> row_format(const ResultsOptions& options, bool json) {
  if (json)
    return options.format.empty() || options.format == "jsonl" ? std::optional<std::string>("jsonl") : std::nullopt;
  if (!options.format.empty()) return options.format;
  const auto ends_with = [&](std::string_view end) { return std::string_view(options.output).ends_with(end); };
  if (ends_with(".csv")) return "csv";
  if (ends_with(".jsonl") || ends_with(".ndjson")) return "jsonl";
  return "table";
}

/// Streams the rows into `out`; returns how many. Stops early, and quietly, when `out` can take no more.
Reply<std::uint64_t> print_rows(const ResultsOptions& options, Context& context, RowPrinter& printer, Writer& out) {
  ApiPath path = crawl_path(options.crawl, "results");
  if (!options.outcome.empty()) path.query("outcome", options.outcome);
  std::uint64_t rows = 0;
  std::optional<Error> bad_row;
  bool headed = false;
  const auto head_once = [&] {
    if (!headed) printer.head(out);
    headed = true;
  };
  LineSplitter lines([&](std::string_view line) {
    if (line.empty()) return true;
    head_once();
    if (auto printed = printer.row(out, line); !printed) {
      bad_row = printed.error();
      return false;
    }
    ++rows;
    return out.ok();
  });
  const auto streamed = context.client.stream(path.str(), [&](std::string_view piece) { return lines.feed(piece); });
  if (streamed) lines.finish();
  if (bad_row) return Failure{ExitCode::kFailed, 0, "", bad_row->message};
  if (!out.ok()) return rows;
  if (!streamed) return streamed.failure();
  head_once();
  return rows;
}

/// The rows in the file, or why they are not.
Reply<std::uint64_t> write_file(const ResultsOptions& options, Context& context, RowPrinter& printer) {
  auto file = OutputFile::open(options.output);
  if (!file) return Failure{ExitCode::kFailed, 0, "", file.message()};
  Writer out(file->fd());
  auto rows = print_rows(options, context, printer, out);
  out.flush();
  if (!out.ok()) {
    const std::string reason = std::generic_category().message(out.error());
    return Failure{ExitCode::kFailed, 0, "", fmt::format("cannot write {}: {}", options.output, reason)};
  }
  if (!rows) return rows;
  if (const auto kept = file->keep(); !kept) return Failure{ExitCode::kFailed, 0, "", kept.message()};
  return rows;
}

ExitCode print_to_file(const ResultsOptions& options, Context& context, RowPrinter& printer) {
  const auto rows = write_file(options, context, printer);
  if (!rows) return fail(rows.failure());
  if (context.json) {
    print_json(context, {{"rows", *rows}, {"output", options.output}});
  } else {
    context.out.line(
        fmt::format("{} {} written to {}", thousands(*rows), *rows == 1 ? "row" : "rows", printable(options.output)));
  }
  return ExitCode::kDone;
}

ExitCode results(const ResultsOptions& options, Context& context) {
  const auto format = row_format(options, context.json);
  if (!format) {
    complain(fmt::format("--json and --format {} exclude each other", options.format));
    return ExitCode::kUsage;
  }
  if (!options.output.empty() && !is_standard_output(options.output)) {
    const auto printer = make_row_printer(*format, Terminal{});
    return print_to_file(options, context, *printer);
  }
  const auto printer = make_row_printer(*format, context.terminal);
  const auto rows = print_rows(options, context, *printer, context.out);
  return rows ? ExitCode::kDone : fail(rows.failure());
}

}  // namespace

void declare_results(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<ResultsOptions>();
  Subcommand command(app, "results", "One row per URL with an outcome");
  command.option("CRAWL", options->crawl, "Only this crawl").check(check_crawl_name);
  command.option("--outcome", options->outcome, "Only rows with this outcome")
      .one_of({"fetched", "failed", "disallowed", "skipped"});
  command.option("--format", options->format, "How to print them; table, or after the name of the output file")
      .one_of({"table", "csv", "jsonl"});
  command.option("--output", options->output, "Write to FILE, which appears when it is complete; - is standard output")
      .type_name("FILE");
  command.callback([&chosen, options] { chosen = [options](Context& context) { return results(*options, context); }; });
}

}  // namespace wswp::cli
