#include "net/name_cache.h"

#include <utility>

namespace wswp::net {

std::optional<std::span<const IpAddress>> NameCache::find(std::string_view name, MonoMs now) const {
  const auto found = entries_.find(name);
  if (found == entries_.end() || now >= found->second.until) return std::nullopt;
  return found->second.addresses;
}

void NameCache::put(std::string_view name, std::span<const IpAddress> addresses, MonoMs until) {
  Entry entry{{addresses.begin(), addresses.end(), &memory_}, until};
  if (const auto known = entries_.find(name); known != entries_.end()) {
    known->second = std::move(entry);
    return;
  }
  if (order_.size() >= max_names_) {
    entries_.erase(entries_.find(*order_.front()));
    order_.pop_front();
  }
  order_.push_back(&entries_.emplace(name, std::move(entry)).first->first);
}

}  // namespace wswp::net
