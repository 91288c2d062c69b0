// Does the frontier get slower as it grows? Measures add, claim and record at several sizes and prints their costs and
// the ratio to the smallest size.

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/log.h"
#include "lock_watch.h"
#include "trial.h"

namespace wswp::bench {
namespace {

struct Options {
  std::vector<std::uint64_t> sizes = {100'000, 1'000'000, 10'000'000};
  std::string directory;
  std::uint64_t chunk = TrialOptions{}.chunk;
  bool keep = false;
};

struct Row {
  std::uint64_t size;
  std::vector<Figures> trials;
  std::vector<Figures> references;  // of the smallest size, each made right after the trial: the machine's speed drifts

  double median(const std::function<double(const Figures&)>& of) const {
    std::vector<double> values;
    for (const Figures& trial : trials) values.push_back(of(trial));
    return middle(values);
  }

  double ratio(const std::function<double(const Figures&)>& of) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < trials.size(); ++i) values.push_back(of(trials[i]) / of(references[i]));
    return middle(values);
  }

  static double middle(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }
};

/// Small frontiers are filled quickly, and a busy machine disturbs them most.
int repetitions(std::uint64_t size) {
  return size <= 200'000 ? 5 : size <= 2'000'000 ? 3 : 1;
}

using Column = Spent Figures::*;
constexpr Column kColumns[] = {&Figures::add, &Figures::add_more, &Figures::claim, &Figures::record,
                               &Figures::record_links};

void print_costs(const std::vector<Row>& rows, const char* title, double Spent::*scale) {
  fmt::print("\n{:<24}{:>9}{:>14}{:>9}{:>9}{:>18}{:>11}\n", title, "add", "add 100,000", "claim", "record",
             "record+20 links", "bytes/URL");
  const auto cost = [&](Column column) {
    return [column, scale](const Figures& figures) { return figures.*column.*scale; };
  };
  constexpr int kWidths[] = {9, 14, 9, 9, 18};
  for (const Row& row : rows) {
    fmt::print("{:>18} URLs ", row.size);
    for (int i = 0; i < 5; ++i) fmt::print("{:>{}.2f}", row.median(cost(kColumns[i])), kWidths[i]);
    fmt::print("{:>11.0f}\n", row.median([](const Figures& figures) { return figures.bytes_per_url; }));
    if (&row == &rows.front()) continue;
    fmt::print("{:>24}", "ratio to the first ");
    for (int i = 0; i < 5; ++i) fmt::print("{:>{}.2f}", row.ratio(cost(kColumns[i])), kWidths[i]);
    fmt::print("\n");
  }
}

void print_locks(const std::vector<Row>& rows) {
  fmt::print("\n{:<24}{:>21}{:>21}{:>26}\n", "write lock held, ms", "add: median/p99/max", "claim: median/max",
             "record+links: median/max");
  for (const Row& row : rows) {
    const auto ms = [&](Held Figures::*what, double Held::*which) {
      return row.median([&](const Figures& figures) { return figures.*what.*which; });
    };
    fmt::print("{:>18} URLs ", row.size);
    fmt::print("{:>21}", fmt::format("{:.1f} / {:.1f} / {:.1f}", ms(&Figures::add_held, &Held::median),
                                     ms(&Figures::add_held, &Held::p99), ms(&Figures::add_held, &Held::most)));
    fmt::print("{:>21}", fmt::format("{:.2f} / {:.2f}", ms(&Figures::claim_held, &Held::median),
                                     ms(&Figures::claim_held, &Held::most)));
    fmt::print("{:>26}\n", fmt::format("{:.2f} / {:.2f}", ms(&Figures::record_held, &Held::median),
                                       ms(&Figures::record_held, &Held::most)));
  }
}

Figures run_in(const Options& options, std::uint64_t size, int number) {
  const std::string path = fmt::format("{}/frontier-{}-{}.db", options.directory, size, number);
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
  const Figures figures = run_trial(path, {.urls = size, .chunk = options.chunk});
  if (!options.keep) {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
  }
  return figures;
}

void run(Options options) {
  const bool own_directory = options.directory.empty();
  if (own_directory) {
    options.directory = (std::filesystem::temp_directory_path() / "wswp-bench-XXXXXX").string();
    if (::mkdtemp(options.directory.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
  } else {
    std::filesystem::create_directories(options.directory);
  }
  std::vector<Row> rows;
  for (const std::uint64_t size : options.sizes) {
    Row& row = rows.emplace_back(Row{.size = size});
    for (int i = 0; i < repetitions(size); ++i) {
      row.trials.push_back(run_in(options, size, i));
      if (rows.size() > 1) row.references.push_back(run_in(options, options.sizes.front(), i));
    }
  }
  if (own_directory && !options.keep) std::filesystem::remove_all(options.directory);
  print_costs(rows, "CPU µs an operation", &Spent::cpu_us);
  print_costs(rows, "elapsed µs an operation", &Spent::wall_us);
  print_locks(rows);
}

}  // namespace
}  // namespace wswp::bench

int main(int argc, char** argv) {
  CLI::App app("Does the frontier get slower as it grows?");
  wswp::bench::Options options;
  app.add_option("--sizes", options.sizes, "URLs, ascending")
      ->delimiter(',')
      ->check(CLI::Range(100'000, 1'000'000'000));
  app.add_option("--dir", options.directory, "Where the databases go (default: a temporary directory)");
  app.add_option("--chunk", options.chunk, "URLs in one call of add")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_flag("--keep", options.keep, "Keep the databases");
  CLI11_PARSE(app, argc, argv);
  wswp::log::set_level(wswp::log::Level::kWarning);
  wswp::bench::LockWatch::install();
  try {
    wswp::bench::run(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_frontier: {}\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
