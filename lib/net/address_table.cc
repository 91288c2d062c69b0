#include "net/address_table.h"

#include <algorithm>

namespace wswp::net {

std::int64_t AddressTable::reserve(const IpAddress& address, MonoMs now, std::int64_t delay_ms) {
  std::atomic<MonoMs>& slot = next_[hash_of(address) % kSlots];
  MonoMs next = slot.load(std::memory_order_relaxed);
  MonoMs start = 0;
  do {
    start = std::max(next, now);
  } while (!slot.compare_exchange_weak(next, start + delay_ms, std::memory_order_relaxed));
  return start - now;
}

}  // namespace wswp::net
