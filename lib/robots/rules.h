#pragma once
// The rules of one robots.txt that concern one crawler, RFC 9309 (https://www.rfc-editor.org/rfc/rfc9309) with what
// https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt adds to it, in a compact form that can
// be stored and matched again without the text. Pure: text in, verdicts out.
//
// Invariant: rules are sorted so that the first one that matches decides (longest pattern first, Allow before Disallow
// where they are equally long), and there are none at all if none of them disallows anything.
//
// Immutable once built: any number of threads may ask the same object.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wswp::robots {

/// A robots.txt is read up to here; the line that crosses the limit is dropped (RFC 9309 2.5 asks for at least this).
inline constexpr std::size_t kMaxTextBytes = std::size_t{500} * 1024;
/// What to fetch of one: the byte after the limit tells whether the last line is whole. Cut at the limit itself, a
/// "Disallow: /private/" may end as "Disallow: /".
inline constexpr std::size_t kFetchBytes = kMaxTextBytes + 1;
/// Seconds; a larger Crawl-delay is cut to this.
inline constexpr double kMaxCrawlDelay = 86400.0;
/// Further Sitemap lines are ignored, and so are longer ones.
inline constexpr std::size_t kMaxSitemaps = 100;
inline constexpr std::size_t kMaxSitemapBytes = std::size_t{2} * 1024;

/// Whose rules apply: those of the groups that name the crawler, or else those of "*".
enum class GroupKind : std::uint8_t { kNone, kStar, kOwn };

struct Verdict {
  bool allowed = true;
  /// The pattern of the line that decided, percent-encoding normalised; empty: no line matched. Lives in the Rules.
  std::string_view rule;
  /// The number of that line in the robots.txt, from 1; 0: no line matched.
  std::uint32_t line = 0;
};

class Rules {
 public:
  /// `product_token` as of product_token(), in any case. All groups that name it are merged; where none does, those
  /// of "*"; where there are none either, everything is allowed (RFC 9309 2.2.1). Never fails: what is not understood
  /// is skipped, as the RFC demands.
  static Rules parse(std::string_view robots_txt, std::string_view product_token);
  /// For a robots.txt that is unavailable (RFC 9309 2.3.1.3), and one that is unreachable (2.3.1.4).
  static Rules allow_all();
  static Rules disallow_all();

  /// `path_and_query` begins with '/' and has no fragment. Time: about the length of all patterns times that of the
  /// path at worst, whatever the patterns are.
  Verdict verdict(std::string_view path_and_query) const;

  /// Seconds, 0 to kMaxCrawlDelay: the largest of the group. Not part of the RFC.
  std::optional<double> crawl_delay() const { return crawl_delay_; }
  /// The values of the Sitemap lines of the whole file that are absolute http or https URLs, as they stand, each once
  /// (https://www.sitemaps.org/protocol.html). On whichever host: who uses them judges that.
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }
  /// kNone also where the stored form of an earlier version did not say.
  GroupKind group() const { return group_; }
  /// Everything is allowed, and there is no delay and no sitemap: nothing need be stored.
  bool trivial() const { return rules_.empty() && !crawl_delay_ && sitemaps_.empty(); }

  /// Lines of text: "2" (the version), then "g own" or "g star", "d SECONDS", "s SITEMAP", "+LINE PATTERN" (Allow),
  /// "-LINE PATTERN".
  std::string serialize() const;
  /// What serialize() wrote, also that of version 1, which had no groups; fails on anything else.
  static Result<Rules> deserialize(std::string_view text);

 private:
  struct Rule {
    std::string pattern;  // see pattern.h
    std::uint32_t line = 0;
    bool allow = false;
  };
  friend class RulesBuilder;

  /// Establishes the invariant.
  void arrange();
  bool restore(std::string_view line);

  std::vector<Rule> rules_;
  std::vector<std::string> sitemaps_;
  std::optional<double> crawl_delay_;
  GroupKind group_ = GroupKind::kNone;
};

}  // namespace wswp::robots
