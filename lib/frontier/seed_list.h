#pragma once
// URLs of a list on their way into the frontier, packed one behind the other: a fifth of the memory of as many
// url::Url, and no allocation each. A plain value, of one thread at a time.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "url/url.h"

namespace wswp::frontier {

struct KeyedSeed {
  std::int64_t key;   // host_key() of its origin
  std::size_t index;  // in the list

  bool operator<(const KeyedSeed& other) const { return key != other.key ? key < other.key : index < other.index; }
};

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

  /// All seeds, by key. Sorted at the first call after an add, which may so be made where there is time for it.
  const std::vector<KeyedSeed>& in_key_order() const;

 private:
  struct Entry {
    std::uint32_t origin_end, end;  // in text_
  };
  std::size_t begin(std::size_t i) const { return i == 0 ? 0 : entries_[i - 1].end; }
  std::string_view view(std::size_t from, std::size_t to) const { return {text_.data() + from, to - from}; }

  std::string text_;
  std::vector<Entry> entries_;
  mutable std::vector<KeyedSeed> keyed_;
  mutable bool sorted_ = true;
};

}  // namespace wswp::frontier
