#pragma once
// Stands between a server and the handle of libcurl that speaks HTTP with it, and mends the header of its answer on the
// way (head_filter.h). One handle of libcurl has connected, through TLS where the URL says so, and now serves as a
// socket (CURLOPT_CONNECT_ONLY); the other one connects to the relay, by a Unix socket whose name the kernel makes up.
//
//   server ◀─ TLS ─▶ handle that connected ◀─ Relay ◀─ Unix socket ─▶ handle that speaks HTTP/1.1
//
// It costs a request more than usual, and is for the few servers that need it. For lib/net only; belongs to the thread
// of its loop.

#include <curl/curl.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "base/file.h"
#include "net/head_filter.h"
#include "net/poller.h"

namespace wswp::net {

class CurlMulti;
class Relay;

/// The relays of a loop, by the descriptors they wait for.
using Relays = std::unordered_map<int, Relay*>;

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;

class Relay {
 public:
  /// `connected` has ended well, and is still in `multi`. All but it must outlive the relay.
  Relay(EasyHandle connected, CurlMulti& multi, Poller& poller, Relays& relays);
  /// The connection is closed with it.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  /// A socket for the handle that speaks HTTP, which connects it to `address` and closes it; -1: there is none, and
  /// errno says why.
  curl_socket_t open_socket(curl_sockaddr& address) const;
  /// One of the descriptors is ready.
  void on_event();
  /// The connection has ended with an error.
  bool broken() const { return broken_; }
  CURL* easy() const { return connected_.get(); }

 private:
  /// Only what this process connects.
  void accept_client();
  void pass_request();
  /// Whether anything came.
  bool take_answer();
  void pass_answer();
  void watch();

  EasyHandle connected_;
  CurlMulti& multi_;
  Poller& poller_;
  Relays& relays_;
  int server_ = -1;  // the descriptor of the connection, which libcurl closes
  FileDescriptor listener_, client_;
  std::string request_, answer_;  // not passed on yet
  HeadFilter filter_;
  bool ended_ = false;  // the server
  bool broken_ = false;
  bool told_end_ = false;
};

}  // namespace wswp::net
