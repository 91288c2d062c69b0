#include "frontier/seed_list.h"

#include <limits>
#include <stdexcept>

namespace wswp::frontier {

void SeedList::add(const url::Url& url) {
  const std::size_t begin = text_.size(), end = begin + url.href().size();
  if (end > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a list of more than 4 GiB of seeds");
  text_.append(url.href());
  entries_.push_back(
      {.origin_end = static_cast<std::uint32_t>(begin + url.origin().size()), .end = static_cast<std::uint32_t>(end)});
}

void SeedList::clear() {
  text_.clear();
  entries_.clear();
}

}  // namespace wswp::frontier
