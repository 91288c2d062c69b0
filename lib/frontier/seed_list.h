#pragma once
// URLs of a list on their way into the frontier, packed one behind the other: a fifth of the memory of as many
// url::Url, and no allocation each. A plain value.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "url/url.h"

namespace wswp::frontier {

class SeedList {
 public:
  /// Throws std::length_error beyond 4 GiB of URLs.
  void add(const url::Url& url);
  void clear();

  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  /// Of all URLs together.
  std::size_t bytes() const { return text_.size(); }

  std::string_view url(std::size_t i) const { return view(begin(i), entries_[i].end); }
  std::string_view origin(std::size_t i) const { return view(begin(i), entries_[i].origin_end); }
  std::string_view target(std::size_t i) const { return view(entries_[i].origin_end, entries_[i].end); }

 private:
  struct Entry {
    std::uint32_t origin_end, end;  // in text_
  };
  std::size_t begin(std::size_t i) const { return i == 0 ? 0 : entries_[i - 1].end; }
  std::string_view view(std::size_t from, std::size_t to) const { return {text_.data() + from, to - from}; }

  std::string text_;
  std::vector<Entry> entries_;
};

}  // namespace wswp::frontier
