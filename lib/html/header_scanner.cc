#include "html/header_scanner.h"

#include "base/utf8.h"
#include "html/link_header.h"
#include "html/robots_tag.h"

namespace wswp::html {

HeaderFindings scan_header(const HeaderFields& fields, std::string_view robots_token, WallMs now) {
  HeaderFindings findings;
  if (!fields.link.empty()) findings.links = parse_link_header(fields.link);
  if (const auto url = parse_refresh(fields.refresh)) {
    std::string href;
    append_well_formed(*url, href);
    findings.links.add(href, LinkKind::kRefresh);
  }
  if (!fields.x_robots_tag.empty()) findings.robots = parse_robots_tag(fields.x_robots_tag, robots_token, now);
  return findings;
}

}  // namespace wswp::html
