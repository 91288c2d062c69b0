#pragma once
// Questions to the name servers and their raw answers, over one channel of c-ares in the loop's poller.
//
// The questions of a channel share its sockets and, in c-ares, their fate: one error of a socket, over UDP or TCP,
// closes all sockets to that server and costs each question that is out one of its tries. So questions that are not to
// suffer from each other go over channels of their own, and a channel is either for UDP, which never turns to TCP by
// itself, or for TCP.
//
// Belongs to the thread of its loop.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "net/poller.h"

struct ares_channeldata;

namespace wswp::net {

class NameChannel {
 public:
  enum class Transport : std::uint8_t { kUdp, kTcp };
  struct Setup {
    std::vector<std::string> nameservers;  // as in Resolver::Options
    std::int64_t timeout_ms = 2'000;       // of the first round; doubles
    int tries = 3;                         // rounds over the name servers
  };
  /// Which channel a socket belongs to.
  using Sockets = std::unordered_map<int, NameChannel*>;
  /// `status` is that of c-ares: ARES_SUCCESS and others say what a message says, which then is `answer`.
  using Answered = void (*)(void* asker, int status, int timeouts, unsigned char* answer, int size);

  /// Fails for name servers that c-ares does not understand, and for want of memory or open files. `poller` and
  /// `sockets` must outlive the channel.
  static Result<std::unique_ptr<NameChannel>> open(const Setup& setup, Transport transport, Poller& poller,
                                                   Sockets& sockets);
  /// Whoever waits is told ARES_EDESTRUCTION.
  ~NameChannel();
  NameChannel(const NameChannel&) = delete;
  NameChannel& operator=(const NameChannel&) = delete;

  /// Asks for records of `name`, of class IN. May call `answered` at once.
  void ask(const std::string& name, int type, Answered answered, void* asker);
  /// Whoever waits is told ARES_ECANCELLED. Not from `answered`.
  void cancel();
  /// One of its sockets is ready. Answers may come; the channel must outlive the call.
  void on_event(const Poller::Event& event);
  /// Milliseconds until on_timer() wants to be called, or somewhat less; nothing: it waits for nothing.
  std::optional<std::int64_t> timer_ms();
  void on_timer();

 private:
  NameChannel(const Setup& setup, Poller& poller, Sockets& sockets)
      : timeout_ms_(setup.timeout_ms), poller_(poller), sockets_(sockets) {}
  static void on_socket(void* channel, int fd, int readable, int writable);

  const std::int64_t timeout_ms_;
  Poller& poller_;
  Sockets& sockets_;
  ares_channeldata* channel_ = nullptr;
  // c-ares has its own clock and walks all questions to tell the next time-out; so what it told last is remembered.
  const SystemClock clock_;
  MonoMs due_ = 0;  // no time-out before that; 0: ask
};

}  // namespace wswp::net
