#include "cli/status_view.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr std::size_t kMaxColumns = 100;
constexpr std::size_t kCellColumns = 13;  // six cells are 78 columns
constexpr std::size_t kMinBarColumns = 10;

struct Cell {
  const char* key;
  const char* title;
  Style style;
  bool outcome;
};
constexpr std::array kCells{
    Cell{"fetched", "fetched", Style::kGreen, true},        Cell{"failed", "failed", Style::kRed, true},
    Cell{"disallowed", "disallowed", Style::kYellow, true}, Cell{"skipped", "skipped", Style::kCyan, true},
    Cell{"pending", "pending", Style::kBold, false},        Cell{"in_flight", "in flight", Style::kBold, false}};

std::string plural(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", thousands(number), noun, number == 1 ? "" : "s");
}

double number(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>() : 0;
}

Style state_style(const std::string& state) {
  if (state == "running") return Style::kGreen;
  if (state == "impaired") return Style::kRed;
  return state == "done" ? Style::kCyan : Style::kYellow;
}

std::string header(const Json& status, const Terminal& terminal) {
  const Json workers = status.value("workers", Json::array());
  std::uint64_t in_flight = 0, restarts = 0;
  for (const Json& worker : workers) {
    in_flight += count(worker, "in_flight");
    restarts += count(worker, "restarts");
  }
  const std::string state = plain(status, "state");
  std::string line = paint(terminal, Style::kBold, "wswpd " + plain(status, "version"));
  line += "  " + paint(terminal, state_style(state), state);
  line += "  up " + human_duration(number(status, "uptime_s"));
  line += "  " + plural(workers.size(), "worker");
  line += fmt::format("  {} in flight", thousands(in_flight));
  if (restarts > 0) line += "  " + paint(terminal, Style::kYellow, plural(restarts, "restart"));
  return line;
}

/// "  database 1.2 GB, log 16.8 MB"; empty where the daemon does not say.
std::string database(const Json& status) {
  const auto found = status.find("database");
  if (found == status.end()) return "";
  return fmt::format("  database {}, log {}", human_bytes(count(*found, "bytes")),
                     human_bytes(count(*found, "log_bytes")));
}

/// One line a problem, naming all processes that have it.
void add_problems(std::vector<std::string>& lines, const Json& status, const Terminal& terminal) {
  std::vector<std::pair<std::string, std::string>> problems;  // message → processes
  for (const Json& problem : status.value("problems", Json::array())) {
    const std::string message = plain(problem, "message");
    const auto same = std::find_if(problems.begin(), problems.end(), [&](const auto& p) { return p.first == message; });
    if (same == problems.end()) {
      problems.emplace_back(message, plain(problem, "process"));
    } else {
      same->second += ", " + plain(problem, "process");
    }
  }
  for (const auto& [message, processes] : problems)
    lines.push_back(fmt::format("  {} {}", paint(terminal, Style::kRed, processes + ":"), message));
}

std::string progress(std::uint64_t finished, std::uint64_t total, const Terminal& terminal) {
  const std::string figures =
      fmt::format("{}  {} of {}", percentage(finished, total), thousands(finished), thousands(total));
  if (!terminal.interactive) return "  " + figures;
  const std::size_t columns = std::min(static_cast<std::size_t>(terminal.columns), kMaxColumns);
  const std::size_t others = figures.size() + 2 + 2 + 2;  // margins left, between and right
  const std::size_t bar_columns = columns > others + kMinBarColumns ? columns - others : kMinBarColumns;
  const double fraction = total == 0 ? 0 : static_cast<double>(finished) / static_cast<double>(total);
  const std::string bar = progress_bar(fraction, bar_columns, terminal.unicode);
  return fmt::format("  {}  {}", paint(terminal, Style::kGreen, bar), figures);
}

std::string pace(const Json& crawl) {
  std::string line =
      fmt::format("  {:.1f} URLs/s  {}", number(crawl, "rate_per_s"), human_bytes(count(crawl, "bytes")));
  const auto eta = crawl.find("eta_s");
  if (eta != crawl.end() && eta->is_number()) line += "  ETA " + human_duration(eta->get<double>());
  return line;
}

/// "  cut by trap rules: 1,204 links (far_date 1,100, repeated_segments 104)", most frequent first; empty: none were.
std::string cut_links(const Json& crawl) {
  std::vector<std::pair<std::uint64_t, std::string>> rules;
  std::uint64_t links = 0;
  const Json cut = crawl.value("cut", Json::object());
  for (const auto& [rule, value] : cut.items()) {
    rules.emplace_back(count(cut, rule), printable(rule));
    links += rules.back().first;
  }
  if (links == 0) return "";
  std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string list;
  for (const auto& [number, rule] : rules)
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", rule, thousands(number));
  return fmt::format("  cut by trap rules: {} ({})", plural(links, "link"), list);
}

void add_crawl(std::vector<std::string>& lines, const Json& crawl, const Terminal& terminal) {
  const Json urls = crawl.value("urls", Json::object());
  const std::uint64_t total = count(urls, "total");
  const std::uint64_t finished = total - std::min(total, count(urls, "pending"));
  std::string titles, counts, shares;
  for (const Cell& cell : kCells) {
    const std::uint64_t urls_here = count(urls, cell.key);
    titles += paint(terminal, cell.style, pad_left(cell.title, kCellColumns));
    counts += pad_left(thousands(urls_here), kCellColumns);
    if (cell.outcome) shares += pad_left(percentage(urls_here, finished), kCellColumns);
  }
  const std::string state = plain(crawl, "state");
  lines.push_back(fmt::format("{}  {}", paint(terminal, Style::kBold, plain(crawl, "name")),
                              paint(terminal, state_style(state), state)));
  lines.push_back(progress(finished, total, terminal));
  lines.push_back(titles);
  lines.push_back(counts);
  lines.push_back(shares);
  lines.push_back(pace(crawl));
  if (const std::uint64_t left = count(crawl, "retrying"); left > 0)
    lines.push_back(fmt::format("  retry: {} still to be taken back", plural(left, "failure")));
  if (std::string line = cut_links(crawl); !line.empty()) lines.push_back(std::move(line));
}

}  // namespace

std::string progress_bar(double fraction, std::size_t columns, bool unicode) {
  const std::size_t inner = unicode || columns < 2 ? columns : columns - 2;
  const double wanted = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(inner);
  const auto filled = static_cast<std::size_t>(wanted);
  std::string bar = unicode ? "" : "[";
  for (std::size_t i = 0; i < inner; ++i) {
    if (unicode) {
      bar += i < filled ? "█" : "░";
    } else {
      bar += i < filled ? '#' : '-';
    }
  }
  return unicode ? bar : bar + "]";
}

std::vector<std::string> status_lines(const Json& status, const Terminal& terminal) {
  std::vector<std::string> lines{header(status, terminal)};
  if (std::string files = database(status); !files.empty()) lines.push_back(std::move(files));
  add_problems(lines, status, terminal);
  const Json crawls = status.value("crawls", Json::array());
  for (const Json& crawl : crawls) {
    lines.emplace_back();
    add_crawl(lines, crawl, terminal);
  }
  if (crawls.empty() && plain(status, "state") != "starting")
    lines.emplace_back("no crawls yet; \"wswpctl add LIST\" starts one");
  return lines;
}

}  // namespace wswp::cli
