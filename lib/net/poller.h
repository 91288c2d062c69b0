#pragma once
// epoll(7), level-triggered, with as few epoll_ctl(2) as possible: what a descriptor was registered for is remembered,
// and a descriptor nobody waits for any more stays registered until it either fires once or is closed, since most are
// closed or waited for again at once. One thread.
//
// Invariant: for an open descriptor, `registered` is what the kernel has, provided the owner calls closed() before or
// after each close(2).

#include <sys/epoll.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/file.h"

namespace wswp::net {

class Poller {
 public:
  enum class Kind : std::uint8_t { kNobody, kTransfers, kRelay, kResolver, kWaker };
  struct Owner {
    Kind kind = Kind::kNobody;
    std::uint16_t number = 0;  // which one of its kind
  };
  struct Event {
    int fd;
    Owner owner;
    bool readable, writable, failed;
  };

  /// Throws std::system_error where the kernel gives no epoll.
  Poller();

  /// `owner` waits for `fd` to become readable and/or writable; for neither: it does not wait any more.
  void watch(int fd, Owner owner, bool readable, bool writable);
  /// `fd` is closed, about to be, or new: nothing is known of it.
  void closed(int fd);
  /// The events of at most `max_wait_ms` of waiting (-1: no limit); good until the next call.
  std::span<const Event> wait(int max_wait_ms);

 private:
  struct Descriptor {
    Owner owner;
    std::uint32_t wanted = 0;      // EPOLLIN, EPOLLOUT
    std::uint32_t registered = 0;  // 0: the kernel does not know it
  };
  void update(int fd, std::uint32_t registered, std::uint32_t events) const;

  FileDescriptor epoll_;
  std::vector<Descriptor> descriptors_;  // by descriptor
  std::array<epoll_event, 256> ready_{};
  std::vector<Event> events_;
};

}  // namespace wswp::net
