#pragma once
// A multi handle of curl: its sockets in the loop's poller, its timer, and the slots that run on it. For lib/net only;
// belongs to the thread of its loop.
//
// A loop of many transfers has several. curl keeps the connections, addresses and sockets of a multi handle in tables
// of 97, 71 and 911 lists, whatever their number, so with thousands of hosts in one handle each look-up walks a list of
// hundreds: at 5,000 transfers a site cost three times what it does at 100. All transfers to a host run on one handle,
// where its connection is found again.

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "net/poller.h"

namespace wswp::net {

class Transfer;

class CurlMulti {
 public:
  /// `number`: that of its events in the poller. Throws std::runtime_error where curl gives no handle.
  CurlMulti(Poller& poller, const Clock& clock, std::uint16_t number);
  /// All slots must be idle.
  ~CurlMulti();
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  /// The idle slot that was used last; nullptr: there is none, the caller makes one.
  Transfer* take_idle();
  void give_back(Transfer& transfer) { idle_.push_back(&transfer); }

  /// Has curl run a transfer that is prepared. Throws std::runtime_error where it does not.
  void add(Transfer& transfer);
  void remove(Transfer& transfer);
  void remove(CURL* easy);

  /// A socket of this handle is ready; `what` of CURL_CSELECT_*.
  void on_event(int fd, int what);
  /// When fire() wants to be called; nothing: never.
  std::optional<MonoMs> due() const { return due_; }
  void fire();
  /// A transfer that curl is done with, still added, and the code it ended with; nullptr: no more.
  Transfer* next_done(CURLcode& code);

 private:
  static int on_socket(CURL* easy, curl_socket_t fd, int what, void* self, void* socket) noexcept;
  static int on_timer(CURLM* multi, long timeout_ms, void* self) noexcept;

  Poller& poller_;
  const Clock& clock_;
  const std::uint16_t number_;
  CURLM* handle_;
  std::vector<Transfer*> idle_;
  std::optional<MonoMs> due_;
};

}  // namespace wswp::net
