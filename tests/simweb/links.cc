#include "simweb/links.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "simweb/escape.h"
#include "simweb/hash.h"

namespace wswp::simweb {
namespace {

constexpr std::uint64_t kNeighbours = 10'000;

enum class Spelling : std::uint8_t {
  kRootRelative,
  kAbsolute,
  kUpperCase,
  kSchemeRelative,
  kRelative,
  kDotSegments,
  kFragment,
  kBlanks,
  kSingleQuotes,
  kUnquoted,
  kArea,
  kDefaultPort,
  kEntity,
  kCount,
};

void append_number(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.append(std::begin(digits), end);
}

/// Where link `index` of a page leads.
struct Destination {
  bool own = true;
  std::uint64_t hash = 0;
};

Destination draw(const World& world, const PagePlan& page, unsigned index) {
  const std::uint64_t hash = mixed(page.hash, 1000U + index);
  return {scaled(hash, 100) >= world.external, mixed(hash, 1)};
}

void append_authority(std::string& out, const World& world, const PageName& name, const Destination& to) {
  if (to.own) {
    out += name.authority;
    return;
  }
  const bool is_address = std::isdigit(static_cast<unsigned char>(name.host.back())) != 0;
  if (to.hash % 8 == 0 && !name.host.starts_with("blog.") && !is_address) {
    out.append("blog.").append(name.host);
  } else if (world.sites.empty()) {
    out += "neighbour-";
    append_number(out, scaled(to.hash, kNeighbours));
    out += ".test";
  } else {
    out += world.sites[scaled(to.hash, world.sites.size())];
  }
  out += name.authority.substr(name.host.size());
}

void append_target(std::string& out, const World& world, const Destination& to) {
  append_path(out, to.own ? scaled(to.hash, world.pages) : 0);
}

void append_upper(std::string& out, std::string_view text) {
  std::transform(text.begin(), text.end(), std::back_inserter(out),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
}

Spelling spelling_of(const PagePlan& page, const PageName& name, const Destination& to) {
  const std::uint64_t hash = mixed(to.hash, 2);
  const auto odd = static_cast<Spelling>(scaled(hash, static_cast<std::uint64_t>(Spelling::kCount)));
  if (!to.own) {
    const bool may_vary = page.markup != MarkupKind::kPlain;
    return may_vary && (odd == Spelling::kUpperCase || odd == Spelling::kSchemeRelative) ? odd : Spelling::kAbsolute;
  }
  if (page.markup == MarkupKind::kPlain) return hash % 4 == 0 ? Spelling::kAbsolute : Spelling::kRootRelative;
  if (odd == Spelling::kDefaultPort && name.authority.size() != name.host.size()) return Spelling::kAbsolute;
  return odd;
}

/// As many "../" as lead from the page, or from its <base>, to the root.
void append_way_up(std::string& out, const PagePlan& page, std::string_view target) {
  const std::string_view base = page.markup == MarkupKind::kBase ? kBasePath : target.substr(0, target.find('?'));
  const auto depth = std::count(base.begin(), base.end(), '/') - 1;
  if (depth <= 0) out += "./";
  for (auto level = depth; level > 0; --level) out += "../";
}

void append_href(std::string& out, const PagePlan& page, const PageName& name, Spelling spelling,
                 std::string_view authority, std::string_view target) {
  switch (spelling) {
    case Spelling::kAbsolute:
      out.append("http://").append(authority);
      break;
    case Spelling::kUpperCase:
      out += "HTTP://";
      append_upper(out, authority);
      break;
    case Spelling::kSchemeRelative:
      out.append("//").append(authority);
      break;
    case Spelling::kDefaultPort:
      out.append("http://").append(authority).append(":80");
      break;
    case Spelling::kDotSegments:
      out += "/x/./y/../..";
      break;
    case Spelling::kBlanks:
      out += " \n\t";
      break;
    case Spelling::kEntity:
      out += "&#x2f;";
      target.remove_prefix(1);
      break;
    case Spelling::kRelative:
      append_way_up(out, page, name.target);
      target.remove_prefix(1);
      break;
    default:
      break;
  }
  append_escaped(out, target);
  if (spelling == Spelling::kFragment) out += "#part-2";
  if (spelling == Spelling::kBlanks) out += "\n ";
}

std::string_view opening(Spelling spelling) {
  switch (spelling) {
    case Spelling::kSingleQuotes:
      return "<li><a class=x href='";
    case Spelling::kUnquoted:
      return "<LI><A HREF=";
    case Spelling::kArea:
      return R"(<li><map><area shape="rect" href=")";
    default:
      return R"(<li><a href=")";
  }
}

std::string_view closing(Spelling spelling) {
  switch (spelling) {
    case Spelling::kSingleQuotes:
      return "'>link</a>\n";
    case Spelling::kUnquoted:
      return " >link</A>\n";
    case Spelling::kArea:
      return "\"></map>\n";
    default:
      return "\">link</a></li>\n";
  }
}

}  // namespace

void append_path(std::string& out, std::uint64_t number) {
  if (number == 0) {
    out += '/';
    return;
  }
  std::string_view before = "/p/";
  std::string_view after;
  switch (number % 8) {
    case 1:
      before = "/search?id=";
      after = "&lang=en";
      break;
    case 2:
      before = "/a/b/";
      after = ".html";
      break;
    case 3:
      before = "/c%20d/";
      after = "/";
      break;
    case 7:
      before = "/private/";
      after = ".html";
      break;
    default:
      break;
  }
  out += before;
  append_number(out, number);
  out += after;
}

std::vector<std::string> links_of(const World& world, const PageName& name, const PagePlan& page) {
  std::vector<std::string> urls(world.links);
  for (unsigned index = 0; index < world.links; ++index) {
    const Destination to = draw(world, page, index);
    urls[index] = "http://";
    append_authority(urls[index], world, name, to);
    append_target(urls[index], world, to);
  }
  return urls;
}

void append_links(std::string& out, const World& world, const PageName& name, const PagePlan& page) {
  std::string authority;
  std::string target;
  for (unsigned index = 0; index < world.links; ++index) {
    const Destination to = draw(world, page, index);
    authority.clear();
    append_authority(authority, world, name, to);
    target.clear();
    append_target(target, world, to);
    const Spelling spelling = spelling_of(page, name, to);
    out += opening(spelling);
    append_href(out, page, name, spelling, authority, target);
    out += closing(spelling);
  }
}

}  // namespace wswp::simweb
