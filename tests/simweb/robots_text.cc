#include "simweb/robots_text.h"

#include <strings.h>

namespace wswp::simweb {

Rules rules_of(RobotsKind kind) {
  switch (kind) {
    case RobotsKind::kDisallowAll:
    case RobotsKind::kBom:
      return Rules::kDisallowAll;
    case RobotsKind::kRedirect:
    case RobotsKind::kRedirectOther:
    case RobotsKind::kDisallowSome:
    case RobotsKind::kCrawlDelay:
      return Rules::kDisallowPrivate;
    case RobotsKind::kAgentDisallowed:
      return Rules::kAgentDisallowed;
    case RobotsKind::kAgentAllowed:
      return Rules::kAgentAllowed;
    default:
      return Rules::kAllowAll;
  }
}

bool allows(Rules rules, std::string_view agent, std::string_view target) {
  const bool named =
      agent.size() == kNamedAgent.size() && strncasecmp(agent.data(), kNamedAgent.data(), agent.size()) == 0;
  const bool is_private = target.starts_with("/private/");
  if (target == "/robots.txt") return true;
  switch (rules) {
    case Rules::kAllowAll:
      return true;
    case Rules::kDisallowAll:
      return false;
    case Rules::kDisallowPrivate:
      return !is_private;
    case Rules::kAgentDisallowed:
      return !named;
    case Rules::kAgentAllowed:
      return named && !is_private;
  }
  return true;
}

void append_robots(std::string& out, RobotsKind kind, std::string_view crawl_delay) {
  switch (kind) {
    case RobotsKind::kHtml:
      out += "<!DOCTYPE html><html><head><title>Page not found</title></head></html>\n";
      return;
    case RobotsKind::kBinary:
      out += "\xff\xfe\x80\x81\x01\x02\n\xc3\x28\xa0\xa1\xf0\x28\n";
      return;
    case RobotsKind::kEmpty:
      return;
    case RobotsKind::kBom:
      out += "\xef\xbb\xbf";
      break;
    default:
      break;
  }
  switch (rules_of(kind)) {
    case Rules::kAllowAll:
      out += "User-agent: *\nDisallow:\n";
      break;
    case Rules::kDisallowAll:
      out += "User-agent: *\nDisallow: /\n";
      break;
    case Rules::kDisallowPrivate:
      out += "# Rules\r\nUser-agent: *\r\n";
      if (kind == RobotsKind::kCrawlDelay) out.append("Crawl-delay: ").append(crawl_delay).append("\r\n");
      out += "Disallow: /private/\r\nDisallow: /*.pdf$\r\n\r\nSitemap: /sitemap.xml\r\n";
      break;
    case Rules::kAgentDisallowed:
      out.append("User-agent: ").append(kNamedAgent).append("\nDisallow: /\n\nUser-agent: *\nDisallow:\n");
      break;
    case Rules::kAgentAllowed:
      out.append("User-agent: *\nDisallow: /\n\nUser-agent: ").append(kNamedAgent).append("\nDisallow: /private/\n");
      break;
  }
}

}  // namespace wswp::simweb
