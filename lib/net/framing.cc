#include "net/framing.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "net/blank.h"

namespace wswp::net {
namespace {

/// Takes the first element off a list with commas, without the blanks around it. `list` is empty after the last.
std::string_view take_element(std::string_view& list) {
  const std::size_t comma = std::min(list.find(','), list.size());
  std::string_view element = list.substr(0, comma);
  list.remove_prefix(std::min(comma + 1, list.size()));
  return trim(element);
}

/// "20", "20, 20": the same length many times is one (RFC 9110 8.6).
bool is_one_length(std::string_view list) {
  const bool ends_open = list.ends_with(',');
  const std::string_view first = take_element(list);
  if (first.empty() || ends_open || !std::all_of(first.begin(), first.end(), is_digit)) return false;
  while (!list.empty()) {
    if (take_element(list) != first) return false;
  }
  return true;
}

/// Chunked comes once and last, or not at all (RFC 9112 6.1).
bool ends_with_chunks(std::string_view codings) {
  bool chunked = false;
  while (!codings.empty()) {
    const std::string_view coding = take_element(codings);
    if (coding.empty()) continue;
    if (chunked) return false;
    chunked = equal_ignoring_case(coding, "chunked");
  }
  return true;
}

}  // namespace

void Framing::clear() {
  lengths.clear();
  transfer_codings.clear();
  content_codings.clear();
  folded = too_long = false;
}

bool Framing::has(const std::string* field) const {
  return field == &lengths || field == &transfer_codings || field == &content_codings;
}

bool Framing::sound() const {
  if (too_long) return false;
  if (!transfer_codings.empty()) return ends_with_chunks(transfer_codings);
  return lengths.empty() || is_one_length(lengths);
}

bool Framing::decodable() const {
  constexpr std::array<std::string_view, 7> kKnown{"gzip", "x-gzip", "deflate", "br", "zstd", "identity", "none"};
  std::string_view list = content_codings;
  while (!list.empty()) {
    const std::string_view coding = take_element(list);
    const auto is_it = [coding](std::string_view known) { return equal_ignoring_case(coding, known); };
    if (!coding.empty() && std::none_of(kKnown.begin(), kKnown.end(), is_it)) return false;
  }
  return true;
}

}  // namespace wswp::net
