#include "base/http_date.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>

#include "base/ascii.h"

namespace wswp {
namespace {

constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr std::size_t kMonthLength = 3;
constexpr std::string_view kSeparators = " \t,-;";

/// A number that is all of `text`, of one to `max_digits` digits; -1: it is none.
int number(std::string_view text, std::size_t max_digits) {
  int value = -1;
  if (text.empty() || text.size() > max_digits || !is_digit(text.front())) return -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

/// Up to the next of `separators`, which is consumed with it.
std::string_view take(std::string_view& text, std::string_view separators) {
  const std::size_t end = text.find_first_of(separators);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

class DateReader {
 public:
  explicit DateReader(WallMs now) : now_(now) {}

  std::optional<WallMs> read(std::string_view text) {
    while (!text.empty()) {
      const std::string_view token = take(text, kSeparators);
      if (!token.empty()) read_token(token);
    }
    const std::chrono::year_month_day date{std::chrono::year(year_), std::chrono::month(month_),
                                           std::chrono::day(day_)};
    if (year_ < 1970 || !date.ok()) return std::nullopt;
    const std::chrono::seconds since_1970 = std::chrono::sys_days(date).time_since_epoch() + time_;
    return std::chrono::milliseconds(since_1970).count();
  }

 private:
  void read_token(std::string_view token) {
    if (is_alpha(token.front())) return read_name(token);
    // "06T08:49:37Z" of ISO 8601.
    if (const std::size_t t = token.find_first_of("tT"); t != std::string_view::npos) {
      read_number(token.substr(0, t));
      token.remove_prefix(t + 1);
    }
    if (token.find(':') != std::string_view::npos) return read_time(token);
    read_number(token);
  }

  /// Days of the week and zones say nothing.
  void read_name(std::string_view token) {
    for (std::size_t i = 0; i < kMonths.size(); i += kMonthLength) {
      if (starts_with_ignoring_case(token, kMonths.substr(i, kMonthLength))) {
        month_ = static_cast<unsigned>(i / kMonthLength) + 1;
      }
    }
  }

  /// In the order in which dates have them: a number of up to two digits is the day, or first the month of a date that
  /// begins with its year; what is longer, or left, is the year.
  void read_number(std::string_view token) {
    const int value = number(token, 4);
    if (value < 0) return;
    if (token.size() <= 2 && year_ != 0 && month_ == 0) {
      month_ = static_cast<unsigned>(value);
    } else if (token.size() <= 2 && day_ == 0) {
      day_ = static_cast<unsigned>(value);
    } else if (year_ == 0) {
      year_ = token.size() > 2 ? value : full_year(value);
    }
  }

  /// "hh:mm", "hh:mm:ss", also with a fraction or more behind it.
  void read_time(std::string_view token) {
    const int hours = number(take(token, ":"), 2);
    const int minutes = number(take(token, ":"), 2);
    const int seconds = number(token.substr(0, 2), 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return;
    time_ =
        std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(std::clamp(seconds, 0, 60));
  }

  int full_year(int two_digits) const {
    const std::chrono::sys_time<std::chrono::milliseconds> now{std::chrono::milliseconds(now_)};
    const int this_year = int(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year());
    const int year = this_year - this_year % 100 + two_digits;
    if (year >= this_year + 50) return year - 100;
    return year < this_year - 50 ? year + 100 : year;
  }

  WallMs now_;
  int year_ = 0;
  unsigned month_ = 0;
  unsigned day_ = 0;
  std::chrono::seconds time_{0};
};

}  // namespace

std::optional<WallMs> parse_http_date(std::string_view text, WallMs now) {
  return DateReader(now).read(text);
}

}  // namespace wswp
