#include "url/far_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/ascii.h"
#include "url/pieces.h"

namespace wswp::url {

namespace {

constexpr int kCentury = 100;
constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr std::array<std::string_view, 9> kCalendarWords = {"cal",   "event", "agenda", "termin",  "date",
                                                            "month", "day",   "week",   "schedule"};

/// Where the first occurrence of a word ends in `text`; npos: it is not there.
std::size_t end_of(std::string_view lower_word, std::string_view text) {
  const auto* const found = std::search(text.begin(), text.end(), lower_word.begin(), lower_word.end(),
                                        [](char a, char b) { return to_lower(a) == b; });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin()) + lower_word.size();
}

bool contains_ignoring_case(std::string_view text, std::string_view lower) {
  return end_of(lower, text) != std::string_view::npos;
}

/// How much of `text`, from its beginning, speaks of a calendar; npos: not even all of it.
std::size_t end_of_calendar_word(std::string_view text) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view word : kCalendarWords) first = std::min(first, end_of(word, text));
  return first;
}

bool speaks_of_calendar(std::string_view name) {
  return end_of_calendar_word(name) != std::string_view::npos;
}

/// The number at the beginning of `text`, of `fewest` to `most` digits with no further digit behind them; consumed.
std::optional<int> take_number(std::string_view& text, std::size_t fewest, std::size_t most) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto length = static_cast<std::size_t>(end - text.begin());
  if (length < fewest || length > most) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + length, value);
  text.remove_prefix(length);
  return value;
}

bool take_separator(std::string_view& text) {
  constexpr std::string_view kEncodedSlash = "%2F";
  std::size_t length = 0;
  if (text.starts_with('-') || text.starts_with('.') || text.starts_with('/')) length = 1;
  if (starts_with_ignoring_case(text, kEncodedSlash)) length = kEncodedSlash.size();
  text.remove_prefix(length);
  return length != 0;
}

bool is_month(int number) {
  return number >= 1 && number <= 12;
}
bool is_day(int number) {
  return number >= 1 && number <= 31;
}

bool is_month_name(std::string_view text) {
  constexpr std::size_t kLetters = 3;
  constexpr std::size_t kLongest = 9;  // "september"
  if (text.size() < kLetters || text.size() > kLongest || !std::all_of(text.begin(), text.end(), is_alpha))
    return false;
  for (std::size_t i = 0; i < kMonths.size(); i += kLetters) {
    if (starts_with_ignoring_case(text, kMonths.substr(i, kLetters))) return true;
  }
  return false;
}

/// What may follow a date: the extension of a file, or the time of the day.
bool ends_date(std::string_view rest) {
  return rest.empty() || rest.starts_with('.') || rest.starts_with('T') || rest.starts_with('t') ||
         rest.starts_with('+') || rest.starts_with("%20");
}

/// The year of "2031-05", "2031-05-01".
std::optional<int> year_first(std::string_view text) {
  const auto year = take_number(text, 4, 4);
  if (!year || !take_separator(text)) return std::nullopt;
  const auto month = take_number(text, 1, 2);
  if (!month || !is_month(*month)) return std::nullopt;
  if (ends_date(text)) return year;
  if (!take_separator(text)) return std::nullopt;
  const auto day = take_number(text, 1, 2);
  return day && is_day(*day) && ends_date(text) ? year : std::nullopt;
}

/// The year of "05-2031", "1.5.2031".
std::optional<int> year_last(std::string_view text) {
  const auto first = take_number(text, 1, 2);
  if (!first || !is_day(*first) || !take_separator(text)) return std::nullopt;
  if (auto year = take_number(text, 4, 4); year && ends_date(text)) return is_month(*first) ? year : std::nullopt;
  const auto second = take_number(text, 1, 2);
  if (!second || !is_day(*second) || !take_separator(text)) return std::nullopt;
  const auto year = take_number(text, 4, 4);
  return year && ends_date(text) ? year : std::nullopt;
}

/// The year of "203105", "20310501".
std::optional<int> year_of_digits(std::string_view text) {
  if ((text.size() != 6 && text.size() != 8) || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::string_view year = text.substr(0, 4);
  std::string_view month = text.substr(4, 2);
  std::string_view day = text.size() == 8 ? text.substr(6) : std::string_view("01");
  if (!is_month(*take_number(month, 2, 2)) || !is_day(*take_number(day, 2, 2))) return std::nullopt;
  return take_number(year, 4, 4);
}

std::optional<int> year_of(std::string_view text) {
  const auto year = year_first(text);
  return year ? year : year_last(text);
}

class FarDates {
 public:
  FarDates(int first_year, int last_year) : first_year_(first_year), last_year_(last_year) {}

  bool in_path(std::string_view path) const {
    std::string_view before;                  // the segment
    std::optional<std::size_t> calendar_end;  // of the path, found when it is first needed
    const auto speaks_before = [&](std::string_view year) {
      if (!calendar_end) calendar_end = end_of_calendar_word(path);
      return *calendar_end <= static_cast<std::size_t>(year.data() - path.data());
    };
    return !for_each_piece(path, '/', [&](std::string_view segment) {
      if (is_digit(segment.front()) && is_far(year_of(segment))) return false;
      if (is_far(year_alone(before)) && is_month_segment(segment, [&] { return speaks_before(before); })) return false;
      before = segment;
      return true;
    });
  }

  bool in_query(std::string_view query) const {
    return !for_each_piece(query, '&', [&](std::string_view piece) {
      const auto [name, value] = split_parameter(piece);
      if (value.empty() || !is_digit(value.front())) return true;
      if (is_far(year_of(value))) return false;
      if (is_far(year_of_digits(value)) && speaks_of_calendar(name)) return false;
      return !(is_far(year_alone(value)) && contains_ignoring_case(name, "year"));
    });
  }

 private:
  bool is_far(std::optional<int> year) const {
    if (!year) return false;
    return (*year > last_year_ && *year <= last_year_ + kCentury) ||
           (*year < first_year_ && *year >= first_year_ - kCentury);
  }

  static std::optional<int> year_alone(std::string_view text) {
    const auto year = take_number(text, 4, 4);
    return text.empty() ? year : std::nullopt;
  }

  /// `in_calendar()`: whether the path before the year speaks of one.
  template <class InCalendar>
  static bool is_month_segment(std::string_view segment, InCalendar in_calendar) {
    if (is_month_name(segment)) return true;
    const std::size_t size = segment.size();
    const auto month = take_number(segment, 1, 2);
    if (!month || !is_month(*month) || !ends_date(segment)) return false;
    return size - segment.size() == 2 || in_calendar();
  }

  int first_year_;
  int last_year_;
};

}  // namespace

bool has_far_date(std::string_view target, int first_year, int last_year) {
  const auto [path, query] = split_target(target);
  const FarDates dates(first_year, last_year);
  return dates.in_path(path) || dates.in_query(query);
}

}  // namespace wswp::url
