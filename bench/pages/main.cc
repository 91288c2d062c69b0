// How fast is a page read? Takes the HTML files below a folder, or simweb's pages, and measures, on one core, what a
// crawler does with each: scanning for links, resolving them to canonical URLs, and asking the trap rules. The scan
// alone is also what libxml2 and gumbo take for it.

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "frontier/stopwatch.h"
#include "html/page_scanner.h"
#include "pages/other_parsers.h"
#include "pages/samples.h"
#include "url/document_base.h"
#include "url/trap_rules.h"
#include "url/url.h"

namespace wswp::bench {
namespace {

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
    for (const html::Link link : sample.page.links) {
      if (base.resolve(link.href, target)) visit(target);
    }
  }
}

/// The links that every parser here looks for.
std::size_t anchors(const std::vector<Sample>& samples) {
  std::size_t count = 0;
  for (const Sample& sample : samples) {
    for (const html::Link link : sample.page.links) {
      if (link.kind == html::LinkKind::kAnchor || link.kind == html::LinkKind::kArea) ++count;
    }
  }
  return count;
}

class Table {
 public:
  explicit Table(const std::vector<Sample>& samples) : pages_(static_cast<double>(samples.size())) {
    for (const Sample& sample : samples) bytes_ += static_cast<double>(sample.bytes.size());
    fmt::print("{} pages, {:.1f} MB; CPU\n\n", samples.size(), bytes_ / 1e6);
    fmt::print("scan              MB/s   ms a page   links of a, area   million/s\n");
  }

  void row(std::string_view parser, double seconds, std::size_t links) const {
    fmt::print("{:<15}{:>7.0f}{:>12.4f}{:>19}{:>12.2f}\n", parser, bytes_ / 1e6 / seconds, seconds * 1e3 / pages_,
               links, static_cast<double>(links) / 1e6 / seconds);
  }

 private:
  double pages_;
  double bytes_ = 0;
};

void compare(const Table& table, const OtherParser& parser, const std::vector<Sample>& samples, int turns) {
  if (parser.links == nullptr) {
    fmt::print("{:<15}  not built: {} was missing\n", parser.name, parser.package);
    return;
  }
  std::size_t links = 0;
  const double seconds = median_s(turns, [&] {
    links = 0;
    for (const Sample& sample : samples) {
      std::vector<std::string> found;
      parser.links(sample.bytes, found);
      links += found.size();
    }
  });
  table.row(parser.name, seconds, links);
}

void measure_urls(const std::vector<Sample>& samples, int turns) {
  std::size_t links = 0, resolved = 0, cut = 0;
  for (const Sample& sample : samples) links += sample.page.links.size();
  std::vector<url::Url> targets;
  resolve(samples, [&](const url::Url& target) { targets.push_back(target); });
  const double resolve_s = median_s(turns, [&] { resolve(samples, [&](const url::Url&) { ++resolved; }); });
  const double trap_s = median_s(turns, [&] {
    for (const url::Url& target : targets) cut += url::trap_of(target, {}, 2026) == url::Trap::kNone ? 0U : 1U;
  });
  fmt::print("\nresolve {:8.2f} million links/s; {} links, of which {} resolve\n",
             static_cast<double>(links) / 1e6 / resolve_s, links, targets.size());
  fmt::print("traps   {:8.2f} million links/s, {:.2f} % cut\n", static_cast<double>(targets.size()) / 1e6 / trap_s,
             100.0 * static_cast<double>(cut) / static_cast<double>(turns) / static_cast<double>(targets.size()));
}

void run(std::vector<Sample> samples, int turns) {
  if (samples.empty()) throw std::runtime_error("no .html files there");
  const Table table(samples);
  const double scan_s = median_s(turns, [&] { scan(samples); });
  table.row("wswp", scan_s, anchors(samples));
  for (const OtherParser& parser : other_parsers()) compare(table, parser, samples, std::min(turns, 3));
  measure_urls(samples, turns);
}

}  // namespace
}  // namespace wswp::bench

int main(int argc, char** argv) {
  CLI::App app("How fast are pages scanned, links resolved and traps told?");
  std::string folder;
  int simweb_pages = 0, turns = 15;
  CLI::Option_group* pages = app.add_option_group("Pages");
  pages->require_option(1);
  pages->add_option("folder", folder, "with HTML files, such as /usr/share/doc/python3.11/html");
  pages->add_option("--simweb", simweb_pages, "so many pages of simweb instead")->check(CLI::Range(1, 100'000));
  app.add_option("--turns", turns, "of which the median counts; other parsers have at most 3")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    wswp::bench::run(folder.empty() ? wswp::bench::pages_of_simweb(simweb_pages) : wswp::bench::pages_of_folder(folder),
                     turns);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_pages: {}\n", error.what());
    return 1;
  }
  return 0;
}
