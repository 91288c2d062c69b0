#include "simweb/trap_links.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "simweb/escape.h"
#include "simweb/hash.h"

namespace wswp::simweb {
namespace {

constexpr std::string_view kTrap = "/trap/";
constexpr std::uint64_t kSessionSalt = 400;
constexpr unsigned kSessionPages = 10;
constexpr unsigned kHostsPerPage = 5;
// The default limits of a crawler.
constexpr int kYearsAhead = 2;
constexpr std::ptrdiff_t kRepeats = 3;
constexpr std::ptrdiff_t kParameters = 20;

/// A link as it stands in a page, and as it is seen.
struct Step {
  std::string href;
  TrapLink seen;
};
using Steps = std::vector<Step>;

std::string absolute(const PageName& name, std::string_view target) {
  return fmt::format("http://{}{}", name.authority, target);
}

void add(Steps& steps, const PageName& name, const std::string& target, std::string_view cut_by = "") {
  steps.push_back({target, {absolute(name, target), cut_by}});
}

/// The number that `text` begins with; 0 where it begins with none.
unsigned number_of(std::string_view text) {
  unsigned number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void calendar(Steps& steps, const PageName& name, std::string_view rest, int this_year) {
  const auto day = [&](unsigned year, unsigned month) {
    const bool far = static_cast<int>(year) > this_year + kYearsAhead;
    add(steps, name, fmt::format("{}{}/{:02}/", kTrap, year, month), far ? "far_date" : "");
  };
  if (rest.size() < 8) return day(2025, 1);
  const unsigned year = number_of(rest);
  const unsigned month = number_of(rest.substr(5));
  day(month == 12 ? year + 1 : year, month % 12 + 1);
  day(year + 1, month);
}

void paths(Steps& steps, const PageName& name, std::string_view rest, bool relative) {
  if (name.target == "/") return add(steps, name, std::string(kTrap));
  for (const char segment : {'a', 'b'}) {
    const bool cut = std::count(rest.begin(), rest.end(), segment) >= kRepeats;
    add(steps, name, fmt::format("{}{}/", name.target, segment), cut ? "repeated_segments" : "");
    if (relative) steps.back().href = fmt::format("{}/", segment);
  }
}

void sessions(Steps& steps, const PageName& name, std::string_view rest) {
  const unsigned page = number_of(rest);
  for (const unsigned next : {(page + 1) % kSessionPages, (3 * page + 1) % kSessionPages}) {
    add(steps, name, fmt::format("{}{}", kTrap, next));
    steps.back().href +=
        fmt::format("?PHPSESSID={:016x}", mixed(hash_of(name.target, kSessionSalt), kSessionPages + next));
  }
}

void parameters(Steps& steps, const PageName& name, std::string_view rest) {
  const std::string_view query = rest.substr(std::min(rest.find('?'), rest.size()));
  const auto count = query.empty() ? 0 : std::count(query.begin(), query.end(), '&') + 1;
  const char separator = query.empty() ? '?' : '&';
  if (!rest.starts_with("same")) {
    const bool cut = count >= kParameters;
    const std::string page = rest.starts_with("more") ? std::string(name.target) : std::string(kTrap) + "more";
    add(steps, name, fmt::format("{}{}p{}=1", page, separator, count + 1), cut ? "too_many_parameters" : "");
  }
  if (!rest.starts_with("more")) {
    const bool cut = count >= kRepeats;
    const std::string page = rest.starts_with("same") ? std::string(name.target) : std::string(kTrap) + "same";
    add(steps, name, fmt::format("{}{}x=1", page, separator), cut ? "repeated_parameters" : "");
  }
}

void hosts(Steps& steps, const PageName& name) {
  constexpr std::string_view kWild = "wild-";
  std::string_view farm = name.authority;
  unsigned number = 0;
  if (farm.starts_with(kWild)) {
    number = number_of(farm.substr(kWild.size()));
    farm.remove_prefix(farm.find('.') + 1);
  }
  for (unsigned i = 1; i <= kHostsPerPage; ++i) {
    const std::string url = fmt::format("http://wild-{}.{}/", kHostsPerPage * number + i, farm);
    steps.push_back({url, {url, ""}});
  }
}

Steps steps_of(const SitePlan& site, const PageName& name, int this_year, bool relative) {
  Steps steps;
  const bool inside = name.target.starts_with(kTrap);
  if (!inside && name.target != "/") return steps;
  const std::string_view rest = inside ? name.target.substr(kTrap.size()) : std::string_view();
  switch (site.trap) {
    case TrapKind::kNone:
      break;
    case TrapKind::kCalendar:
      calendar(steps, name, rest, this_year);
      break;
    case TrapKind::kPaths:
      paths(steps, name, rest, relative);
      break;
    case TrapKind::kSessions:
      sessions(steps, name, rest);
      break;
    case TrapKind::kParameters:
      parameters(steps, name, rest);
      break;
    case TrapKind::kHosts:
      hosts(steps, name);
      break;
  }
  return steps;
}

}  // namespace

void append_trap_links(std::string& out, const SitePlan& site, const PagePlan& page, const PageName& name) {
  for (const Step& step : steps_of(site, name, 0, page.markup != MarkupKind::kBase)) {
    out += "<li><a href=\"";
    append_escaped(out, step.href);
    out += "\">more</a></li>\n";
  }
}

std::vector<TrapLink> trap_links_of(const SitePlan& site, const PageName& name, int this_year) {
  std::vector<TrapLink> links;
  for (Step& step : steps_of(site, name, this_year, false)) {
    const bool known =
        std::any_of(links.begin(), links.end(), [&](const TrapLink& link) { return link.url == step.seen.url; });
    if (!known) links.push_back(std::move(step.seen));
  }
  return links;
}

void append_hints(std::string& head, const SitePlan& site, const PageName& name) {
  if (site.hints == HintsKind::kNofollow) head += "X-Robots-Tag: noarchive\r\nX-Robots-Tag: nofollow\r\n";
  if (site.hints == HintsKind::kNofollowOther) head += "X-Robots-Tag: otherbot: noindex, nofollow\r\n";
  if (name.target != "/") return;
  if (site.hints == HintsKind::kLink) {
    head +=
        "Link: </hinted/1?a=b,c;d>; rel=\"next\", <hinted/2>; rel=canonical\r\n"
        "Link: </not/style.css>; rel=stylesheet\r\n";
  }
  if (site.hints == HintsKind::kRefresh) head += "Refresh: 5; url=/hinted/3\r\n";
}

std::vector<std::string> hinted_links_of(const SitePlan& site, const PageName& name) {
  if (name.target != "/") return {};
  if (site.hints == HintsKind::kLink) return {absolute(name, "/hinted/1?a=b,c;d"), absolute(name, "/hinted/2")};
  if (site.hints == HintsKind::kRefresh) return {absolute(name, "/hinted/3")};
  return {};
}

}  // namespace wswp::simweb
