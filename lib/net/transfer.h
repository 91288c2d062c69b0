#pragma once
// One slot of the loop, re-used for transfer after transfer: the curl handle of the present one, with what the loop and
// curl's callbacks need to know of it. For lib/net only; belongs to the thread of its loop.
//
// Each transfer has a handle of its own. libcurl 7.88 keeps a pointer to the last header line of a handle, also when it
// has released that line's memory with the next transfer, and appends a line that begins with a blank to it
// (lib/headers.c); nothing but the end of the handle clears it. Connections and addresses belong to the multi handle,
// so they outlive this one.
//
// Addresses go to curl as a permanent entry of its address cache (CURLOPT_RESOLVE), which the slot takes out again when
// it is used for another name, and which serves the next request to the host as well (Request::again); with that, the
// cache holds one entry a slot at most, is never pruned (CURLOPT_DNS_CACHE_TIMEOUT -1), and curl still tries several
// addresses as RFC 8305 says. connect_to changes the address when the socket is opened. CURLOPT_CONNECT_TO instead
// costs the same at 100 transfers in flight, but 18 % more at 1,000, because curl then files all connections under one
// name and searches them one by one.

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/endpoint.h"
#include "net/detour.h"
#include "net/fetch_loop.h"
#include "net/head_parser.h"
#include "net/poller.h"
#include "net/relay.h"
#include "net/request_headers.h"
#include "net/resolver.h"

namespace wswp::net {

class CurlMulti;

/// What the transfers of a loop share; must outlive all that curl may still close.
struct TransferShared {
  Poller& poller;
  const RequestHeaders& headers;
  std::size_t open_sockets = 0;
  Relays relays = {};
  /// What a handler threw within a callback of curl, through which no exception can go. From then on no handler is
  /// called: whoever catches the exception finds all as it was.
  std::exception_ptr thrown = {};
};

class Transfer {
 public:
  enum class Phase : std::uint8_t { kIdle, kStarting, kResolving, kPacing, kRunning, kFailed };

  /// All must outlive it.
  Transfer(const FetchOptions& options, TransferShared& shared, CurlMulti& multi, std::uint32_t index);
  ~Transfer() = default;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// kIdle → kStarting.
  void accept(const Request& request, FetchHandler& handler, MonoMs now, const Detour* detour);
  /// Makes the handle for curl_multi_add_handle: → kRunning. `addresses` is filled, and not empty; a former handle of
  /// the transfer has been removed. Throws std::runtime_error where curl gives none or does not take the options.
  void prepare(MonoMs now);
  /// kRunning, but what runs will only connect: then begin_relay() is to follow.
  bool connects_only() const { return manner_ == Manner::kFiltered && relay_ == nullptr; }
  /// The handle has connected, and stays where it was added. Makes another one, to be added, that speaks HTTP.
  void begin_relay(MonoMs now);
  /// What came of it. Views are good until the next accept().
  Response response(FetchError outcome, MonoMs now) const;
  /// The error that curl's `code`, its last word, stands for, given what the callbacks saw.
  FetchError judge(CURLcode code);
  /// → kIdle. The handle goes; it has been removed from its multi handle.
  void release();

  /// Of kRunning; else nullptr.
  CURL* easy() const { return easy_.get(); }
  CurlMulti& multi() const { return multi_; }
  FetchHandler& handler() const { return *handler_; }
  /// Nothing: the URL is not one of HTTP.
  const std::optional<Endpoint>& target() const { return target_; }
  /// The target's host, if it is an address.
  const std::optional<IpAddress>& literal() const { return literal_; }
  const Detour* detour() const { return detour_; }
  bool proxied() const { return detour_ != nullptr && !detour_->proxy.empty(); }
  /// Names this use of the slot: differs from all former ones.
  std::uint64_t ticket() const { return std::uint64_t{index_} << 32U | serial_; }
  static std::size_t index_of(std::uint64_t ticket) { return ticket >> 32U; }

  Phase phase = Phase::kIdle;
  MonoMs started = 0;                    // moved on by the wait for pacing
  MonoMs paced_until = 0;                // kPacing
  bool looked_up_again = false;          // curl lost the entry of its address cache once
  FetchError error = FetchError::kNone;  // kFailed
  Obstacle obstacle = Obstacle::kNone;   // what this side was short of
  Resolver::Addresses addresses;         // to connect to: of the target, connect_to or the proxy

 private:
  static std::size_t on_header(const char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_write(const char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
  static int on_close_socket(void* shared, curl_socket_t fd) noexcept;
  static int on_resolve(void* resolver, void* reserved, void* self) noexcept;
  template <class Value>
  void set(CURLoption option, Value value);
  void make_handle(MonoMs now);
  void set_invariants();
  void set_addresses();
  /// A socket that has just been opened, or what there is instead.
  curl_socket_t opened(curl_socket_t fd);
  /// What curl connects to is an address, not a name whose addresses are in its cache.
  bool to_literal() const;
  /// False: the step says so, or it throws, or one has thrown before.
  template <class Step>
  bool goes_well(const Step& step) noexcept;
  bool take_line(std::string_view line);
  void begin_body();
  bool write(std::string_view piece);
  /// A body came, longer than any coding needs for an empty one, and its decoder made nothing of it.
  bool decoded_nothing() const;
  /// The request went out, and curl is about to connect: the kept connection it went over has ended without an answer,
  /// or an HTTP/2 server has refused it, and curl would send it again at once. When to ask a host again is not its to
  /// decide.
  bool repeats();
  std::optional<Manner> manner_of_repeat(CURLcode code) const;
  /// The connection broke before what it was to bring had come.
  bool lacks_end(CURLcode code) const;
  FetchError error_of_end(CURLcode code) const;

  const FetchOptions& options_;
  TransferShared& shared_;
  CurlMulti& multi_;
  const std::uint32_t index_;
  std::unique_ptr<Relay> relay_;  // kFiltered
  EasyHandle easy_;               // goes before it

  std::uint32_t serial_ = 0;
  FetchHandler* handler_ = nullptr;
  const Detour* detour_ = nullptr;
  std::string url_, cookies_;
  std::optional<Endpoint> target_;  // views into url_
  std::optional<IpAddress> literal_;
  bool last_ = false;
  bool again_ = false;
  Manner manner_ = Manner::kUsual;
  std::size_t max_body_ = 0;
  HeadParser head_;
  std::size_t bytes_ = 0;
  bool truncated_ = false;
  bool enough_ = false;                          // on_body said so, or truncated_
  bool refused_ = false;                         // the address policy, at the socket
  std::optional<Manner> repeat_;                 // see Response
  std::array<char, CURL_ERROR_SIZE> message_{};  // curl's, of a failure
  bool malformed_ = false;                       // the head

  std::string key_;                      // "host:port" of this slot's entry in curl's cache; "": none
  std::string entry_;                    // the same with ":addresses"
  std::string removal_;                  // "-host:port" of the former one
  std::array<curl_slist, 2> entries_{};  // curl reads them when the transfer begins
};

}  // namespace wswp::net
