#include "simweb/site_plan.h"

#include <algorithm>
#include <string>

#include "simweb/hash.h"

namespace wswp::simweb {
namespace {

constexpr std::string_view kCatalogue = ".simweb.test";
constexpr std::uint64_t kLatencySalt = 100;
constexpr std::uint64_t kAddressSalt = 101;
constexpr std::uint64_t kTtlSalt = 102;
constexpr std::uint32_t kAddresses = 0xfe0000;  // 127.1.0.0 to 127.254.255.255

void choose(SitePlan& plan, NamedKind named) {
  switch (named.axis) {
    case Axis::kHost:
      plan.host = static_cast<HostKind>(named.kind);
      break;
    case Axis::kDns:
      plan.dns = static_cast<DnsKind>(named.kind);
      break;
    case Axis::kRobots:
      plan.robots = static_cast<RobotsKind>(named.kind);
      break;
    case Axis::kPage:
      plan.page = static_cast<PageKind>(named.kind);
      break;
    case Axis::kCharset:
      plan.charset = static_cast<CharsetKind>(named.kind);
      break;
    case Axis::kDeclared:
      plan.declared = static_cast<DeclaredKind>(named.kind);
      break;
    case Axis::kCoding:
      plan.coding = static_cast<CodingKind>(named.kind);
      break;
    case Axis::kFraming:
      plan.framing = static_cast<FramingKind>(named.kind);
      break;
    case Axis::kHeaders:
      plan.headers = static_cast<HeadersKind>(named.kind);
      break;
    case Axis::kMarkup:
      plan.markup = static_cast<MarkupKind>(named.kind);
      break;
    case Axis::kTrap:
      plan.trap = static_cast<TrapKind>(named.kind);
      break;
    case Axis::kHints:
      plan.hints = static_cast<HintsKind>(named.kind);
      break;
  }
}

void choose_by_labels(SitePlan& plan, std::string_view labels) {
  plan.page = PageKind::kOk;
  plan.markup = MarkupKind::kPlain;
  while (!labels.empty()) {
    std::string name(labels.substr(0, labels.find('.')));
    labels.remove_prefix(std::min(labels.size(), name.size() + 1));
    std::replace(name.begin(), name.end(), '-', '_');
    if (const auto named = find_kind(name)) choose(plan, *named);
  }
}

}  // namespace

SitePlan plan_site(const World& world, std::string_view host) {
  SitePlan plan;
  plan.hash = hash_of(host, world.seed);
  plan.latency_us = static_cast<std::int64_t>(
      static_cast<double>(world.latency.draw_us(mixed(plan.hash, kLatencySalt))) * world.time_scale);
  if (host.ends_with(kCatalogue)) {
    choose_by_labels(plan, host.substr(0, host.size() - kCatalogue.size()));
    return plan;
  }
  plan.host = world.mix.draw<HostKind>(plan.hash);
  plan.dns = world.mix.draw<DnsKind>(plan.hash);
  plan.robots = world.mix.draw<RobotsKind>(plan.hash);
  plan.charset = world.mix.draw<CharsetKind>(plan.hash);
  plan.declared = world.mix.draw<DeclaredKind>(plan.hash);
  plan.coding = world.mix.draw<CodingKind>(plan.hash);
  plan.framing = world.mix.draw<FramingKind>(plan.hash);
  plan.headers = world.mix.draw<HeadersKind>(plan.hash);
  plan.trap = world.mix.draw<TrapKind>(plan.hash);
  plan.hints = world.mix.draw<HintsKind>(plan.hash);
  return plan;
}

PagePlan plan_page(const World& world, const SitePlan& site, std::string_view host, std::string_view target) {
  PagePlan plan;
  plan.hash = hash_of(target, site.hash);
  plan.kind = site.page.value_or(world.mix.draw<PageKind>(plan.hash));
  plan.markup = site.markup.value_or(world.mix.draw<MarkupKind>(plan.hash));
  const bool last_stop =
      target.starts_with("/hop/0/") || target.starts_with("/private/moved/") || target.starts_with("/trap/");
  const bool settled = plan.kind == PageKind::kRedirectOther && host.starts_with("www.");
  if (last_stop || settled) plan.kind = PageKind::kOk;
  return plan;
}

std::uint32_t address_of(const World& world, std::string_view host) {
  const std::uint64_t hash = mixed(hash_of(host, world.seed), kAddressSalt);
  const std::uint32_t count = world.addresses == 0 ? kAddresses : std::min(world.addresses, kAddresses);
  return 0x7f010000U + static_cast<std::uint32_t>(scaled(hash, count));
}

std::uint32_t dns_ttl_of(const World& world, std::string_view host) {
  const std::uint64_t hash = mixed(hash_of(host, world.seed), kTtlSalt);
  return world.dns_ttl + static_cast<std::uint32_t>(scaled(hash, world.dns_ttl + 1U));
}

}  // namespace wswp::simweb
