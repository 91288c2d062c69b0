#include "simweb/world.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace wswp::simweb {
namespace {

/// What a crawl of a list of home pages meets; the shares are rounded from published surveys of the top million sites,
/// the rare faults are raised so that a thousand sites show each of them.
constexpr std::string_view kWeb =
    "host_stall=1,host_closed=0.5,host_reset=0.5,"
    "dns_nxdomain=2,dns_servfail=0.3,dns_silent=0.2,dns_truncated=0.5,"
    "robots_404=28,robots_403=1,robots_5xx=1,robots_5xx_once=1,robots_redirect=8,robots_redirect_other=2,"
    "robots_redirect_loop=0.3,robots_disallow_all=3,robots_disallow_some=25,robots_crawl_delay=3,"
    "robots_agent_disallowed=0.5,robots_agent_allowed=0.5,robots_empty=2,robots_html=3,robots_binary=0.3,"
    "robots_bom=0.5,robots_closed=0.3,robots_stall=0.2,"
    "page_redirect=8,page_redirect_private=0.5,page_redirect_other=15,page_redirect_loop=0.3,page_redirect_self=0.2,"
    "page_403=1,page_404=2,page_410=0.3,page_500=0.5,page_503=0.5,page_503_once=1,page_503_twice=0.5,"
    "page_503_thrice=0.2,page_429=0.2,page_429_once=0.5,page_closed=0.5,page_closed_once=0.3,page_reset=0.5,"
    "page_stall=0.5,page_stall_body=0.2,page_partial=0.5,page_garbage=0.3,page_huge=0.2,page_bomb=0.1,page_empty=1,"
    "page_image=0.5,page_pdf=0.5,page_text=0.5,page_json=0.3,"
    "charset_utf8_bom=1,charset_windows_1251=4,charset_gb2312=4,charset_shift_jis=3,declared_meta=35,"
    "declared_http_equiv=15,coding_gzip=50,framing_chunked=35,framing_close=5,headers_odd=1,markup_odd=20,"
    "markup_base=3";

struct Profile {
  std::string_view name;
  std::string_view mix;
  std::string_view latency;
  SizeRange size;
  unsigned links;
  unsigned pages;
};
constexpr std::array<Profile, 4> kProfiles{{
    {"clean", "", "0", {18000, 18000}, 60, 100},
    {"web", kWeb, "5ms..50ms", {2000, 120000}, 60, 100},
    {"links", "markup_odd=75,markup_base=25", "0", {4000, 4000}, 20, 100},
    // A request takes 2.05 s on average and a site needs two of them; 10 % of the sites are cut off after 10 s.
    {"text500", "host_stall=10", "lognormal:2050ms,0.6", {18000, 18000}, 60, 100},
}};

}  // namespace

Result<SizeRange> parse_size_range(std::string_view spec) {
  SizeRange range;
  const char* end_of_spec = spec.data() + spec.size();
  auto parsed = std::from_chars(spec.data(), end_of_spec, range.low);
  range.high = range.low;
  if (parsed.ec == std::errc() && std::string_view(parsed.ptr, end_of_spec).starts_with(".."))
    parsed = std::from_chars(parsed.ptr + 2, end_of_spec, range.high);
  if (parsed.ec != std::errc() || parsed.ptr != end_of_spec || range.low == 0 || range.high < range.low)
    return Error{fmt::format("\"{}\" is not a size such as 18000 or 2000..60000", spec)};
  return range;
}

Result<World> world_of_profile(std::string_view name) {
  for (const Profile& profile : kProfiles) {
    if (profile.name != name) continue;
    World world;
    if (const auto set = world.mix.set(profile.mix); !set) return set.error();
    auto latency = Latency::parse(profile.latency);
    if (!latency) return latency.error();
    world.latency = *latency;
    world.size = profile.size;
    world.links = profile.links;
    world.pages = profile.pages;
    return world;
  }
  return Error{fmt::format("no profile is called \"{}\"; there are clean, web, links and text500", name)};
}

}  // namespace wswp::simweb
