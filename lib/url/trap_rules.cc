#include "url/trap_rules.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "url/far_date.h"
#include "url/ip_address.h"
#include "url/pieces.h"
#include "url/session_id.h"

namespace wswp::url {

namespace {

/// Counts the pieces of a path or query, and how often the most frequent one occurs. The first kRemembered different
/// ones are told apart; a longer text is cut by its number of pieces, if at all.
class Repetitions {
 public:
  void add(std::string_view piece) {
    ++count_;
    auto* const end = seen_.data() + size_;
    auto* known = std::find_if(seen_.data(), end,
                               [&](const Seen& seen) { return std::string_view(seen.data, seen.size) == piece; });
    if (known == end) {
      if (size_ == seen_.size()) return;
      *known = {piece.data(), piece.size(), 0};
      ++size_;
    }
    most_ = std::max(most_, ++known->times);
  }
  std::size_t count() const { return count_; }
  std::size_t most() const { return most_; }

 private:
  static constexpr std::size_t kRemembered = 32;
  struct Seen {
    const char* data;
    std::size_t size;
    std::size_t times;
  };
  std::array<Seen, kRemembered> seen_;  // the first size_ are set
  std::size_t size_ = 0;
  std::size_t count_ = 0;
  std::size_t most_ = 0;
};

bool exceeds(std::size_t value, std::size_t limit) {
  return limit != 0 && value > limit;
}

Repetitions repetitions(std::string_view text, char separator) {
  Repetitions pieces;
  for_each_piece(text, separator, [&](std::string_view piece) {
    pieces.add(piece);
    return true;
  });
  return pieces;
}

std::size_t labels(std::string_view host) {
  if (host.starts_with('[') || ends_in_number(host)) return 0;
  return static_cast<std::size_t>(std::count(host.begin(), host.end(), '.')) + (host.ends_with('.') ? 0 : 1);
}

/// How often the percent sign that is encoded most often is: 2 for "%25252F".
std::size_t encodings(std::string_view text) {
  constexpr std::string_view kEncodedPercent = "25";
  std::size_t most = 0;
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    std::size_t times = 0;
    while (text.substr(i + 1 + times * kEncodedPercent.size()).starts_with(kEncodedPercent)) ++times;
    most = std::max(most, times);
  }
  return most;
}

}  // namespace

std::string_view to_string(Trap trap) {
  switch (trap) {
    case Trap::kNone:
      return "none";
    case Trap::kUrlTooLong:
      return "url_too_long";
    case Trap::kHostTooDeep:
      return "host_too_deep";
    case Trap::kPathTooDeep:
      return "path_too_deep";
    case Trap::kRepeatedSegments:
      return "repeated_segments";
    case Trap::kTooManyParameters:
      return "too_many_parameters";
    case Trap::kRepeatedParameters:
      return "repeated_parameters";
    case Trap::kNestedEncoding:
      return "nested_encoding";
    case Trap::kSessionId:
      return "session_id";
    case Trap::kFarDate:
      return "far_date";
  }
  return "unknown";
}

Trap trap_of(const Url& url, const TrapLimits& limits, int this_year) {
  if (exceeds(url.href().size(), limits.max_length)) return Trap::kUrlTooLong;
  if (exceeds(labels(url.host()), limits.max_host_labels)) return Trap::kHostTooDeep;
  const Target target = split_target(url.target());
  const Repetitions segments = repetitions(target.path, '/');
  if (exceeds(segments.count(), limits.max_segments)) return Trap::kPathTooDeep;
  if (exceeds(segments.most(), limits.max_repeats)) return Trap::kRepeatedSegments;
  const Repetitions parameters = repetitions(target.query, '&');
  if (exceeds(parameters.count(), limits.max_parameters)) return Trap::kTooManyParameters;
  if (exceeds(parameters.most(), limits.max_repeats)) return Trap::kRepeatedParameters;
  if (limits.max_encodings != 0 && encodings(url.target()) > limits.max_encodings) return Trap::kNestedEncoding;
  if (limits.session_ids && has_session_id(url.target())) return Trap::kSessionId;
  const int last_year = this_year + limits.max_years_ahead;
  if (limits.far_dates && has_far_date(url.target(), limits.first_year, last_year)) return Trap::kFarDate;
  return Trap::kNone;
}

int utc_year(WallMs instant) {
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(instant)};
  return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(time)).year());
}

}  // namespace wswp::url
