#include "frontier/seed_list.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "frontier/host_directory.h"

namespace wswp::frontier {

void SeedList::add(const url::Url& url) {
  const std::size_t begin = text_.size(), end = begin + url.href().size();
  if (end > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a list of more than 4 GiB of seeds");
  keyed_.push_back({.key = host_key(url.origin()), .index = entries_.size()});
  sorted_ = false;
  text_.append(url.href());
  entries_.push_back(
      {.origin_end = static_cast<std::uint32_t>(begin + url.origin().size()), .end = static_cast<std::uint32_t>(end)});
}

void SeedList::clear() {
  text_.clear();
  entries_.clear();
  keyed_.clear();
  sorted_ = true;
}

const std::vector<KeyedSeed>& SeedList::in_key_order() const {
  if (!sorted_) std::sort(keyed_.begin(), keyed_.end());
  sorted_ = true;
  return keyed_;
}

}  // namespace wswp::frontier
