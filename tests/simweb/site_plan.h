#pragma once
// What a site and its pages do: pure functions of the world and the names. Any thread.
//
// Every name is a site. Names under simweb.test choose their behaviour by their labels instead of by hash:
// "robots-404.page-503-once.simweb.test" has these two and is plain in every other axis; labels that name no
// behaviour ("a17.page-stall.simweb.test") only tell sites apart.

#include <cstdint>
#include <optional>
#include <string_view>

#include "simweb/world.h"

namespace wswp::simweb {

struct SitePlan {
  std::uint64_t hash = 0;
  HostKind host = HostKind::kOk;
  DnsKind dns = DnsKind::kOk;
  RobotsKind robots = RobotsKind::kAllow;
  CharsetKind charset = CharsetKind::kUtf8;
  DeclaredKind declared = DeclaredKind::kHeader;
  CodingKind coding = CodingKind::kIdentity;
  FramingKind framing = FramingKind::kLength;
  HeadersKind headers = HeadersKind::kUsual;
  TrapKind trap = TrapKind::kNone;
  HintsKind hints = HintsKind::kNone;
  std::int64_t latency_us = 0;       // before every answer, scaled
  std::optional<PageKind> page;      // of all pages, where the name chooses it
  std::optional<MarkupKind> markup;  // the same
};

/// `host` is lower case and without a port.
SitePlan plan_site(const World& world, std::string_view host);

struct PagePlan {
  std::uint64_t hash = 0;
  PageKind kind = PageKind::kOk;
  MarkupKind markup = MarkupKind::kPlain;
};

/// `target` is the request target, path and query. The last stop of a redirect (/hop/0/…, /private/moved/…, /trap/…) is
/// always kOk; a host "www.…" never redirects to another.
PagePlan plan_page(const World& world, const SitePlan& site, std::string_view host, std::string_view target);

/// The address of a name, 127.x.y.z, in host byte order.
std::uint32_t address_of(const World& world, std::string_view host);
/// Seconds.
std::uint32_t dns_ttl_of(const World& world, std::string_view host);

}  // namespace wswp::simweb
