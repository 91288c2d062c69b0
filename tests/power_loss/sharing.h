#pragma once
// What connections to one database share besides its bytes: the locks of the file
// (https://www.sqlite.org/lockingv3.html) and, in WAL mode, memory with eight locks of its own
// (https://www.sqlite.org/walformat.html). Both die with the power. Belongs to one thread, on which all the connections
// live.

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace wswp::power {

/// Which of the eight locks of the shared memory, as bits.
using SlotMask = std::uint32_t;

class Sharing {
 public:
  /// What one connection holds.
  struct Holder {
    int level = SQLITE_LOCK_NONE;
    SlotMask shared = 0, exclusive = 0;
    bool mapped = false;
  };

  void enter(Holder* holder) { holders_.push_back(holder); }
  void leave(Holder* holder);

  /// SQLITE_OK or SQLITE_BUSY; SQLITE_LOCK_PENDING may be left behind on the way to an exclusive lock.
  int lock(Holder& holder, int level);
  static void unlock(Holder& holder, int level);
  bool is_reserved() const;

  /// The shared memory's region, made where it is missing; null: it is missing and not wanted.
  void* map(Holder& holder, std::size_t region, std::size_t size, bool make);
  /// The memory goes with its last user.
  void unmap(Holder& holder);
  int lock_shared(Holder& holder, SlotMask slots);
  int lock_exclusive(Holder& holder, SlotMask slots);

 private:
  std::vector<Holder*> holders_;
  std::vector<std::unique_ptr<std::uint64_t[]>> regions_;
};

}  // namespace wswp::power
