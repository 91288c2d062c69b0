#include "simweb/behaviour.h"

#include <charconv>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "simweb/hash.h"

namespace wswp::simweb {
namespace {

constexpr std::uint32_t kMillion = 1'000'000;

constexpr std::array<std::string_view, 4> kHostNames{"host_ok", "host_stall", "host_closed", "host_reset"};
constexpr std::array<std::string_view, 9> kDnsNames{"dns_ok",         "dns_nxdomain",         "dns_servfail",
                                                    "dns_silent",     "dns_truncated",        "dns_wrong_id",
                                                    "dns_wrong_name", "dns_truncated_closed", "dns_empty"};
constexpr std::array<std::string_view, 19> kRobotsNames{"robots_allow",
                                                        "robots_404",
                                                        "robots_403",
                                                        "robots_5xx",
                                                        "robots_5xx_once",
                                                        "robots_redirect",
                                                        "robots_redirect_other",
                                                        "robots_redirect_loop",
                                                        "robots_disallow_all",
                                                        "robots_disallow_some",
                                                        "robots_crawl_delay",
                                                        "robots_agent_disallowed",
                                                        "robots_agent_allowed",
                                                        "robots_empty",
                                                        "robots_html",
                                                        "robots_binary",
                                                        "robots_bom",
                                                        "robots_closed",
                                                        "robots_stall"};
constexpr std::array<std::string_view, 32> kPageNames{"page_ok",
                                                      "page_redirect",
                                                      "page_redirect_private",
                                                      "page_redirect_other",
                                                      "page_redirect_loop",
                                                      "page_redirect_self",
                                                      "page_redirect_trap",
                                                      "page_redirect_trap_other",
                                                      "page_403",
                                                      "page_404",
                                                      "page_410",
                                                      "page_500",
                                                      "page_503",
                                                      "page_503_once",
                                                      "page_503_twice",
                                                      "page_503_thrice",
                                                      "page_429",
                                                      "page_429_once",
                                                      "page_closed",
                                                      "page_closed_once",
                                                      "page_reset",
                                                      "page_stall",
                                                      "page_stall_body",
                                                      "page_partial",
                                                      "page_garbage",
                                                      "page_huge",
                                                      "page_bomb",
                                                      "page_empty",
                                                      "page_image",
                                                      "page_pdf",
                                                      "page_text",
                                                      "page_json"};
constexpr std::array<std::string_view, 5> kCharsetNames{"charset_utf8", "charset_utf8_bom", "charset_windows_1251",
                                                        "charset_gb2312", "charset_shift_jis"};
constexpr std::array<std::string_view, 3> kDeclaredNames{"declared_header", "declared_meta", "declared_http_equiv"};
constexpr std::array<std::string_view, 2> kCodingNames{"coding_identity", "coding_gzip"};
constexpr std::array<std::string_view, 3> kFramingNames{"framing_length", "framing_chunked", "framing_close"};
constexpr std::array<std::string_view, 2> kHeadersNames{"headers_usual", "headers_odd"};
constexpr std::array<std::string_view, 3> kMarkupNames{"markup_plain", "markup_odd", "markup_base"};
constexpr std::array<std::string_view, 6> kTrapNames{"trap_none",     "trap_calendar",   "trap_paths",
                                                     "trap_sessions", "trap_parameters", "trap_hosts"};
constexpr std::array<std::string_view, 5> kHintsNames{"hints_none", "hints_link", "hints_refresh", "hints_nofollow",
                                                      "hints_nofollow_other"};

Result<std::uint32_t> parse_share(std::string_view text) {
  double percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (error != std::errc() || end != text.data() + text.size() || percent < 0 || percent > 100)
    return Error{fmt::format("\"{}\" is not a percentage from 0 to 100", text)};
  return static_cast<std::uint32_t>(std::lround(percent * 10'000));
}

}  // namespace

std::span<const std::string_view> kind_names(Axis axis) {
  switch (axis) {
    case Axis::kHost:
      return kHostNames;
    case Axis::kDns:
      return kDnsNames;
    case Axis::kRobots:
      return kRobotsNames;
    case Axis::kPage:
      return kPageNames;
    case Axis::kCharset:
      return kCharsetNames;
    case Axis::kDeclared:
      return kDeclaredNames;
    case Axis::kCoding:
      return kCodingNames;
    case Axis::kFraming:
      return kFramingNames;
    case Axis::kHeaders:
      return kHeadersNames;
    case Axis::kMarkup:
      return kMarkupNames;
    case Axis::kTrap:
      return kTrapNames;
    case Axis::kHints:
      return kHintsNames;
  }
  return {};
}

Result<NamedKind> find_kind(std::string_view name) {
  for (std::size_t axis = 0; axis < kAxes; ++axis) {
    const auto names = kind_names(static_cast<Axis>(axis));
    for (std::size_t kind = 0; kind < names.size(); ++kind) {
      if (names[kind] == name) return NamedKind{static_cast<Axis>(axis), kind};
    }
  }
  return Error{fmt::format("no behaviour is called \"{}\"", name)};
}

Result<> Mix::set(std::string_view spec) {
  while (!spec.empty()) {
    const std::string_view item = spec.substr(0, spec.find(','));
    spec.remove_prefix(item.size() == spec.size() ? item.size() : item.size() + 1);
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) return Error{fmt::format("\"{}\" is not NAME=PERCENT", item)};
    const auto found = find_kind(item.substr(0, equals));
    if (!found) return found.error();
    const auto share = parse_share(item.substr(equals + 1));
    if (!share) return share.error();
    const auto axis = static_cast<std::size_t>(found->axis);
    if (found->kind == 0)
      return Error{fmt::format("{} is what the other kinds of its axis leave of 100 %; set those", item)};
    shares_[axis][found->kind] = *share;
    totals_[axis] = 0;
    for (const std::uint32_t each : shares_[axis]) totals_[axis] += each;
    if (totals_[axis] > kMillion) return Error{fmt::format("with {} its axis exceeds 100 %", item)};
  }
  return {};
}

std::size_t Mix::pick(Axis axis, std::uint64_t hash) const {
  const auto index = static_cast<std::size_t>(axis);
  if (totals_[index] == 0) return 0;
  std::uint64_t draw = scaled(mixed(hash, index), kMillion);
  if (draw >= totals_[index]) return 0;
  std::size_t kind = 0;
  while (draw >= shares_[index][kind]) draw -= shares_[index][kind++];
  return kind;
}

}  // namespace wswp::simweb
