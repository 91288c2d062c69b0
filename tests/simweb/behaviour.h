#pragma once
// Every way a site can behave, as axes that are drawn independently: what the host does, its robots.txt, its pages,
// their charset, and so on. The first kind of an axis is its plain one and gets what the others leave of the 100 %.
// README.md describes each kind; the names here are the keys of --mix and the labels of *.simweb.test.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

namespace wswp::simweb {

enum class Axis : std::uint8_t {
  kHost,
  kDns,
  kRobots,
  kPage,
  kCharset,
  kDeclared,
  kCoding,
  kFraming,
  kHeaders,
  kMarkup,
  kTrap,
  kHints
};
inline constexpr std::size_t kAxes = 12;
inline constexpr std::size_t kMaxKinds = 40;

enum class HostKind : std::uint8_t { kOk, kStall, kClosed, kReset };
enum class DnsKind : std::uint8_t {
  kOk,
  kNxdomain,
  kServfail,
  kSilent,
  kTruncated,
  kWrongId,
  kWrongName,
  kTruncatedClosed,
  kEmpty
};
enum class RobotsKind : std::uint8_t {
  kAllow,
  kMissing,
  kForbidden,
  kServerError,
  kServerErrorOnce,
  kRedirect,
  kRedirectOther,
  kRedirectLoop,
  kDisallowAll,
  kDisallowSome,
  kCrawlDelay,
  kAgentDisallowed,
  kAgentAllowed,
  kEmpty,
  kHtml,
  kBinary,
  kBom,
  kClosed,
  kStall,
};
enum class PageKind : std::uint8_t {
  kOk,
  kRedirect,
  kRedirectPrivate,
  kRedirectOther,
  kRedirectLoop,
  kRedirectSelf,
  kRedirectTrap,
  kRedirectTrapOther,
  kForbidden,
  kNotFound,
  kGone,
  kError500,
  kError503,
  kError503Once,
  kError503Twice,
  kError503Thrice,
  kTooMany,
  kTooManyOnce,
  kClosed,
  kClosedOnce,
  kReset,
  kStall,
  kStallBody,
  kPartial,
  kGarbage,
  kHuge,
  kBomb,
  kEmpty,
  kImage,
  kPdf,
  kText,
  kJson,
};
enum class CharsetKind : std::uint8_t { kUtf8, kUtf8Bom, kWindows1251, kGb2312, kShiftJis };
enum class DeclaredKind : std::uint8_t { kHeader, kMeta, kHttpEquiv };
enum class CodingKind : std::uint8_t { kIdentity, kGzip };
enum class FramingKind : std::uint8_t { kLength, kChunked, kClose };
enum class HeadersKind : std::uint8_t { kUsual, kOdd };
enum class MarkupKind : std::uint8_t { kPlain, kOdd, kBase };
enum class TrapKind : std::uint8_t { kNone, kCalendar, kPaths, kSessions, kParameters, kHosts };
enum class HintsKind : std::uint8_t { kNone, kLink, kRefresh, kNofollow, kNofollowOther };

constexpr Axis axis_of(HostKind /*kind*/) {
  return Axis::kHost;
}
constexpr Axis axis_of(DnsKind /*kind*/) {
  return Axis::kDns;
}
constexpr Axis axis_of(RobotsKind /*kind*/) {
  return Axis::kRobots;
}
constexpr Axis axis_of(PageKind /*kind*/) {
  return Axis::kPage;
}
constexpr Axis axis_of(CharsetKind /*kind*/) {
  return Axis::kCharset;
}
constexpr Axis axis_of(DeclaredKind /*kind*/) {
  return Axis::kDeclared;
}
constexpr Axis axis_of(CodingKind /*kind*/) {
  return Axis::kCoding;
}
constexpr Axis axis_of(FramingKind /*kind*/) {
  return Axis::kFraming;
}
constexpr Axis axis_of(HeadersKind /*kind*/) {
  return Axis::kHeaders;
}
constexpr Axis axis_of(MarkupKind /*kind*/) {
  return Axis::kMarkup;
}
constexpr Axis axis_of(TrapKind /*kind*/) {
  return Axis::kTrap;
}
constexpr Axis axis_of(HintsKind /*kind*/) {
  return Axis::kHints;
}

/// The names of an axis's kinds, in the order of its enum, for instance "robots_404".
std::span<const std::string_view> kind_names(Axis axis);

/// A kind by its name, in any axis.
struct NamedKind {
  Axis axis;
  std::size_t kind;
};
Result<NamedKind> find_kind(std::string_view name);

/// How often each kind occurs, in parts per million of an axis.
class Mix {
 public:
  /// "robots_404=10,page_503=0.5": percent of the sites (of the pages, for page_ and markup_). Kinds not named keep
  /// their share. An unknown name, a bad number and an axis of more than 100 % are errors.
  Result<> set(std::string_view spec);

  template <class Kind>
  Kind draw(std::uint64_t hash) const {
    return static_cast<Kind>(pick(axis_of(Kind{}), hash));
  }

 private:
  std::size_t pick(Axis axis, std::uint64_t hash) const;

  std::array<std::array<std::uint32_t, kMaxKinds>, kAxes> shares_{};
  std::array<std::uint32_t, kAxes> totals_{};
};

}  // namespace wswp::simweb
