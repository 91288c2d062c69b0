// How fast is a page read? Takes the HTML files below a folder and measures, on one core, what a crawler does with
// each: scanning for links, resolving them to canonical URLs, and asking the trap rules.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "frontier/stopwatch.h"
#include "html/page_scanner.h"
#include "url/document_base.h"
#include "url/trap_rules.h"
#include "url/url.h"

namespace wswp::bench {
namespace {

struct Sample {
  url::Url url;
  std::string bytes;
  html::Page page;
};

std::vector<Sample> read_pages(const std::filesystem::path& root) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.is_regular_file() && entry.path().extension() == ".html") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Sample> samples;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    Sample sample;
    sample.bytes.assign(std::istreambuf_iterator<char>(file), {});
    const std::string place = std::filesystem::relative(path, root).string();
    if (url::parse_into("https://docs.example.org/3/" + place, nullptr, sample.url) != url::Problem::kNone) continue;
    samples.push_back(std::move(sample));
  }
  return samples;
}

/// Seconds of CPU that one turn of `work` takes, the median of several.
double median_s(int turns, const std::function<void()>& work) {
  std::vector<double> spent;
  for (int i = 0; i < turns; ++i) {
    const Stopwatch watch;
    work();
    spent.push_back(watch.spent().cpu_us / 1e6);
  }
  std::sort(spent.begin(), spent.end());
  return spent[spent.size() / 2];
}

void scan(std::vector<Sample>& samples) {
  html::PageScanner scanner;
  for (Sample& sample : samples) {
    scanner.reset({.content_type = "text/html; charset=utf-8", .want_links = true, .robots_token = "wswp"});
    scanner.feed(sample.bytes);
    sample.page = scanner.finish();
  }
}

/// All links of all pages, each given to `visit` as a canonical URL.
template <class Visit>
void resolve(const std::vector<Sample>& samples, Visit visit) {
  url::Url target;
  for (const Sample& sample : samples) {
    const url::DocumentBase base(sample.url, sample.page.base_href);
    for (const html::Link& link : sample.page.links) {
      if (base.resolve(link.href, target)) visit(target);
    }
  }
}

void run(const std::string& folder, int turns) {
  std::vector<Sample> samples = read_pages(folder);
  if (samples.empty()) throw std::runtime_error("no .html files below " + folder);
  const double scan_s = median_s(turns, [&] { scan(samples); });
  std::size_t bytes = 0, links = 0, resolved = 0, cut = 0;
  for (const Sample& sample : samples) {
    bytes += sample.bytes.size();
    links += sample.page.links.size();
  }
  std::vector<url::Url> targets;
  resolve(samples, [&](const url::Url& target) { targets.push_back(target); });
  const double resolve_s = median_s(turns, [&] { resolve(samples, [&](const url::Url&) { ++resolved; }); });
  const double trap_s = median_s(turns, [&] {
    for (const url::Url& target : targets) cut += url::trap_of(target, {}, 2026) == url::Trap::kNone ? 0U : 1U;
  });
  fmt::print("{} pages, {:.1f} MB, {} links, of which {} resolve; CPU, median of {} turns\n", samples.size(),
             static_cast<double>(bytes) / 1e6, links, targets.size(), turns);
  fmt::print("scan     {:8.0f} MB/s {:8.2f} million links/s\n", static_cast<double>(bytes) / 1e6 / scan_s,
             static_cast<double>(links) / 1e6 / scan_s);
  fmt::print("resolve  {:13} {:8.2f} million links/s\n", "", static_cast<double>(links) / 1e6 / resolve_s);
  fmt::print("traps    {:13} {:8.2f} million links/s, {:.2f} % cut\n", "",
             static_cast<double>(targets.size()) / 1e6 / trap_s,
             100.0 * static_cast<double>(cut) / static_cast<double>(turns) / static_cast<double>(targets.size()));
}

}  // namespace
}  // namespace wswp::bench

int main(int argc, char** argv) {
  CLI::App app("How fast are pages scanned, links resolved and traps told?");
  std::string folder;
  int turns = 15;
  app.add_option("folder", folder, "with HTML files, such as /usr/share/doc/python3.11/html")->required();
  app.add_option("--turns", turns)->check(CLI::Range(1, 1000))->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    wswp::bench::run(folder, turns);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_pages: {}\n", error.what());
    return 1;
  }
  return 0;
}
