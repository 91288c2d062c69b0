#pragma once
// Text → the address of a page, as the WHATWG URL standard parses it (https://url.spec.whatwg.org/), for the two
// schemes a crawler fetches: http and https. Pure: no locks, no I/O; any thread, one Url to one thread at a time.
//
// What leaves the standard, on purpose:
// - the fragment and the credentials are dropped: they do not change which page is fetched, or must not be sent;
// - every other scheme is refused, also mailto:, javascript: and ftp:;
// - bytes that are not UTF-8 are percent-encoded as they stand in path and query (a server that sends a raw byte in
//   Location means that byte), where the standard has only text;
// - a canonical URL is at most kMaxLength bytes long, a host name with other than ASCII characters at most
//   kMaxUnicodeHost bytes, and a label of it has at most kMaxUnicodeLabel such characters, which is more than DNS has
//   room for (RFC 1035 2.3.4): so that a hostile page cannot make the parser slow, for which a label takes time in
//   proportion to the square of its length (RFC 3492 6.3), or the frontier large.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wswp::url {

inline constexpr std::size_t kMaxLength = std::size_t{64} * 1024;
inline constexpr std::size_t kMaxUnicodeHost = 2048;
inline constexpr std::size_t kMaxUnicodeLabel = 63;

/// Why a text is no URL of ours.
enum class Problem : std::uint8_t {
  kNone,
  kNoScheme,       // relative, and there is no base
  kOtherScheme,    // mailto:, javascript:, ftp: and the like
  kNoHost,         // "http://", "http://:80/", "http://user@/"
  kHostCharacter,  // a code point that no host name can have
  kHostName,       // IDNA (UTS 46) refuses the name
  kIpv4,           // ends in a number and is no IPv4 address
  kIpv6,           // brackets without an IPv6 address
  kPort,           // not a number up to 65535
  kTooLong,        // longer than kMaxLength, kMaxUnicodeHost or kMaxUnicodeLabel
};

/// The problem in words that continue "not a URL: ", without a trailing full stop.
std::string_view describe(Problem problem);

/// An absolute http or https URL in canonical form: the standard's serialisation without fragment and credentials.
///
///     http://example.com:8080/a?b=c
///     └scheme┘└── host ──┘└port┘└target┘
///     └────── origin ───────┘
///
/// Invariant: href() == origin() + target(), and parsing href() gives the same Url. A default-constructed Url is empty
/// (all parts are empty) and is good only as the target of resolve() or of an assignment; so is a moved-from one.
class Url {
 public:
  Url() = default;

  const std::string& href() const { return href_; }
  /// "http" or "https".
  std::string_view scheme() const { return view(0, scheme_end_); }
  /// Scheme, host and the port where it is not the scheme's default: the frontier's "authority" of a host.
  std::string_view origin() const { return view(0, origin_end_); }
  /// A lower-case ASCII name ("xn--…" for others), "127.0.0.1" or "[::1]".
  std::string_view host() const { return view(scheme_end_ + (href_.empty() ? 0U : 3U), host_end_); }
  /// The port to connect to: the scheme's default where the URL names none.
  std::uint16_t port() const { return port_; }
  /// Path and query, what a request line asks for; begins with '/'.
  std::string_view target() const { return view(origin_end_, static_cast<std::uint32_t>(href_.size())); }

  bool empty() const { return href_.empty(); }
  bool operator==(const Url& other) const { return href_ == other.href_; }

 private:
  friend class Parser;

  std::string_view view(std::uint32_t begin, std::uint32_t end) const {
    return {href_.data() + begin, static_cast<std::size_t>(end - begin)};
  }

  std::string href_;
  std::uint32_t scheme_end_ = 0;
  std::uint32_t host_end_ = 0;
  std::uint32_t origin_end_ = 0;
  std::uint16_t port_ = 0;
};

/// The core of all that follows: parses `input` (UTF-8), against `base` where it is not null, into `out`, whose storage
/// is reused. After a problem `out` is empty. Preconditions: `out` is not `*base`, and `input` does not lie in it.
Problem parse_into(std::string_view input, const Url* base, Url& out);

/// The way in for links found in pages: no error text is made. Preconditions as for parse_into().
inline bool resolve(std::string_view reference, const Url& base, Url& out) {
  return parse_into(reference, &base, out) == Problem::kNone;
}

/// An absolute URL. Error: what is wrong with the text (the text itself is not repeated).
Result<Url> parse(std::string_view input);

/// An absolute or a relative URL that was found at `base`.
Result<Url> parse(std::string_view reference, const Url& base);

}  // namespace wswp::url
