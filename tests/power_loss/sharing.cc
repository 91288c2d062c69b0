#include "sharing.h"

#include <algorithm>

namespace wswp::power {

void Sharing::leave(Holder* holder) {
  unmap(*holder);
  std::erase(holders_, holder);
}

int Sharing::lock(Holder& holder, int level) {
  if (holder.level >= level) return SQLITE_OK;
  int others = SQLITE_LOCK_NONE;  // the strongest that somebody else holds
  for (const Holder* other : holders_) {
    if (other != &holder) others = std::max(others, other->level);
  }
  const bool free = level == SQLITE_LOCK_SHARED     ? others < SQLITE_LOCK_PENDING
                    : level == SQLITE_LOCK_RESERVED ? others < SQLITE_LOCK_RESERVED
                                                    : others == SQLITE_LOCK_NONE;
  if (free) {
    holder.level = level;
  } else if (level == SQLITE_LOCK_EXCLUSIVE && others == SQLITE_LOCK_SHARED) {
    holder.level = SQLITE_LOCK_PENDING;  // no new readers, until the others are gone
  }
  return free ? SQLITE_OK : SQLITE_BUSY;
}

void Sharing::unlock(Holder& holder, int level) {
  holder.level = std::min(holder.level, level);
}

bool Sharing::is_reserved() const {
  return std::any_of(holders_.begin(), holders_.end(),
                     [](const Holder* holder) { return holder->level >= SQLITE_LOCK_RESERVED; });
}

void* Sharing::map(Holder& holder, std::size_t region, std::size_t size, bool make) {
  holder.mapped = true;
  if (region >= regions_.size() && !make) return nullptr;
  while (region >= regions_.size()) {
    regions_.push_back(std::make_unique<std::uint64_t[]>(size / sizeof(std::uint64_t)));
  }
  return regions_[region].get();
}

void Sharing::unmap(Holder& holder) {
  holder.shared = holder.exclusive = 0;
  holder.mapped = false;
  if (std::none_of(holders_.begin(), holders_.end(), [](const Holder* other) { return other->mapped; })) {
    regions_.clear();
  }
}

int Sharing::lock_shared(Holder& holder, SlotMask slots) {
  for (const Holder* other : holders_) {
    if (other != &holder && (other->exclusive & slots) != 0) return SQLITE_BUSY;
  }
  holder.shared |= slots;
  return SQLITE_OK;
}

int Sharing::lock_exclusive(Holder& holder, SlotMask slots) {
  for (const Holder* other : holders_) {
    if (other != &holder && ((other->exclusive | other->shared) & slots) != 0) return SQLITE_BUSY;
  }
  holder.exclusive |= slots;
  return SQLITE_OK;
}

}  // namespace wswp::power
