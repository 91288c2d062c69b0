#pragma once
// Pacing by address, for all processes: many hosts may live on one server, which should not be asked by all of them at
// once. A table of instants, indexed by a hash of the address; two addresses that fall on one slot share it, which
// only makes the crawl more polite. Lies in SharedMemory<AddressTable>; zeroed memory is an empty table.
// Any thread, any process; lock-free.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"
#include "net/ip_address.h"

namespace wswp::net {

class AddressTable {
 public:
  /// Takes the next free instant for a request to `address`: the milliseconds to wait from `now` until then (0: go).
  /// The one after it is at least `delay_ms` later. The reservation stands whether or not it is used.
  std::int64_t reserve(const IpAddress& address, MonoMs now, std::int64_t delay_ms);

 private:
  static constexpr std::size_t kSlots = 65'536;
  std::array<std::atomic<MonoMs>, kSlots> next_{};  // the earliest instant of the next request; 0: at once
  static_assert(std::atomic<MonoMs>::is_always_lock_free);
};

}  // namespace wswp::net
