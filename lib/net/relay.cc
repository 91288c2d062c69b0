#include "net/relay.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "net/curl_multi.h"

namespace wswp::net {
namespace {

constexpr std::size_t kMostHeld = std::size_t{64} << 10U;

}  // namespace

Relay::Relay(EasyHandle connected, CurlMulti& multi, Poller& poller, Relays& relays)
    : connected_(std::move(connected)),
      multi_(multi),
      poller_(poller),
      relays_(relays),
      listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
  ended_ = broken_ = curl_easy_getinfo(connected_.get(), CURLINFO_ACTIVESOCKET, &server_) != CURLE_OK || server_ < 0;
  sockaddr unnamed{};
  unnamed.sa_family = AF_UNIX;  // alone: the kernel makes a name up (unix(7))
  if (!listener_ || bind(listener_.get(), &unnamed, sizeof(unnamed.sa_family)) != 0) return;
  if (listen(listener_.get(), 1) != 0) return;
  poller_.closed(listener_.get());
  relays_.insert_or_assign(listener_.get(), this);
  poller_.watch(listener_.get(), {Poller::Kind::kRelay}, true, false);
}

Relay::~Relay() {
  for (const int fd : {listener_.get(), client_.get()}) {
    if (fd < 0) continue;
    relays_.erase(fd);
    poller_.closed(fd);
  }
  if (client_ && server_ >= 0) {
    relays_.erase(server_);
    poller_.watch(server_, {}, false, false);
  }
  multi_.remove(connected_.get());
}

curl_socket_t Relay::open_socket(curl_sockaddr& address) const {
  sockaddr_un name{};
  socklen_t size = sizeof(name);
  if (getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&name), &size) != 0) return CURL_SOCKET_BAD;
  address.family = AF_UNIX;
  address.addrlen = size;
  std::memcpy(&address.addr, &name, size);  // curl's buffer is that of a sockaddr_storage
  return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

void Relay::accept_client() {
  FileDescriptor peer(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (!peer || getsockopt(peer.get(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return;
  if (credentials.pid != getpid()) return;
  client_ = std::move(peer);
  poller_.closed(client_.get());
  poller_.watch(listener_.get(), {}, false, false);
  relays_.insert_or_assign(client_.get(), this);
  if (server_ >= 0) relays_.insert_or_assign(server_, this);
}

void Relay::on_event() {
  if (!client_) accept_client();
  if (!client_) return;
  pass_request();
  do {
    pass_answer();
  } while (take_answer());
  pass_answer();
  watch();
}

void Relay::pass_request() {
  if (request_.empty()) {
    std::array<char, 4096> buffer;
    const ssize_t count = recv(client_.get(), buffer.data(), buffer.size(), 0);
    if (count > 0) request_.assign(buffer.data(), static_cast<std::size_t>(count));
  }
  while (!request_.empty() && !ended_) {
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(connected_.get(), request_.data(), request_.size(), &sent);
    if (code == CURLE_AGAIN) return;
    ended_ = broken_ = code != CURLE_OK;
    request_.erase(0, sent);
  }
}

bool Relay::take_answer() {
  if (ended_ || answer_.size() >= kMostHeld) return false;
  std::array<char, 16'384> buffer;
  std::size_t count = 0;
  const CURLcode code = curl_easy_recv(connected_.get(), buffer.data(), buffer.size(), &count);
  if (code == CURLE_AGAIN) return false;
  broken_ = code != CURLE_OK;
  ended_ = broken_ || count == 0;
  filter_.feed({buffer.data(), count}, answer_);
  if (ended_) filter_.finish(answer_);
  return !ended_;
}

void Relay::pass_answer() {
  const ssize_t sent = answer_.empty() ? 0 : send(client_.get(), answer_.data(), answer_.size(), MSG_NOSIGNAL);
  if (sent > 0) answer_.erase(0, static_cast<std::size_t>(sent));
  if (sent < 0 && errno != EAGAIN) {  // nobody wants it any more
    answer_.clear();
    ended_ = true;
  }
  if (ended_ && answer_.empty() && !std::exchange(told_end_, true)) shutdown(client_.get(), SHUT_WR);
}

void Relay::watch() {
  const bool room = !ended_ && answer_.size() < kMostHeld;
  if (server_ >= 0) poller_.watch(server_, {Poller::Kind::kRelay}, room, !ended_ && !request_.empty());
  poller_.watch(client_.get(), {Poller::Kind::kRelay}, !ended_ && request_.empty(), !answer_.empty());
}

}  // namespace wswp::net
