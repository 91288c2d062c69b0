#include "hostile_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <system_error>
#include <utility>

namespace wswp::fuzz {
namespace {

constexpr std::chrono::milliseconds kRest{500};
constexpr int kMaxEvents = 256;

[[noreturn]] void fail(const char* doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

}  // namespace

HostileServer::HostileServer(Greet greet)
    : greet_(std::move(greet)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);  // all of 127/8, which names may lead to
  socklen_t size = sizeof(address);
  if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0) fail("bind");
  if (::listen(listener_.get(), 1024) != 0) fail("listen");
  if (::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("getsockname");
  port_ = ntohs(address.sin_port);
  watch(listener_.get(), EPOLLIN, EPOLL_CTL_ADD);
  watch(stop_.get(), EPOLLIN, EPOLL_CTL_ADD);
  thread_ = std::thread([this] { run(); });
}

HostileServer::~HostileServer() {
  ::eventfd_write(stop_.get(), 1);
  thread_.join();
}

void HostileServer::watch(int fd, std::uint32_t events, int operation) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  if (::epoll_ctl(epoll_.get(), operation, fd, &event) != 0) fail("epoll_ctl");
}

void HostileServer::run() {
  std::array<epoll_event, kMaxEvents> events{};
  while (true) {
    const int count = ::epoll_wait(epoll_.get(), events.data(), kMaxEvents, wait_ms(Clock::now()));
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events.at(static_cast<std::size_t>(i));
      if (event.data.fd == stop_.get()) return;
      if (event.data.fd == listener_.get()) {
        accept_all();
        continue;
      }
      const auto found = connections_.find(event.data.fd);
      if (found == connections_.end()) continue;
      if ((event.events & EPOLLOUT) != 0) found->second.blocked = false;
      if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && !receive(found->second)) connections_.erase(found);
    }
    const auto now = Clock::now();
    for (auto each = connections_.begin(); each != connections_.end();)
      each = advance(each->second, now) ? std::next(each) : connections_.erase(each);
  }
}

void HostileServer::accept_all() {
  while (true) {
    FileDescriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) return;
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const int fd = socket.get();
    watch(fd, EPOLLIN, EPOLL_CTL_ADD);
    Connection& connection = connections_[fd];
    connection.socket = std::move(socket);
    connection.conversation = greet_();
  }
}

bool HostileServer::receive(Connection& connection) {
  std::array<char, 65536> buffer{};
  const ssize_t count = ::recv(connection.socket.get(), buffer.data(), buffer.size(), 0);
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  if (count == 0) return false;
  if (!goes_on(connection.end)) return true;
  Delivery delivery = connection.conversation->received({buffer.data(), static_cast<std::size_t>(count)});
  for (std::string& piece : delivery.pieces) connection.pieces.push_back(std::move(piece));
  connection.pause_ms = delivery.pause_ms;
  const bool rests = connection.end == End::kRest && delivery.end == End::kKeep;  // something of the protocol's came
  if (!rests) connection.end = delivery.end;
  if (connection.resting) connection.due = {};
  connection.resting = false;
  return true;
}

bool HostileServer::advance(Connection& connection, Clock::time_point now) {
  if (connection.blocked || now < connection.due) return true;
  if (!connection.pieces.empty()) return send_pieces(connection, now);
  return finish(connection, now);
}

bool HostileServer::send_pieces(Connection& connection, Clock::time_point now) {
  while (!connection.pieces.empty()) {
    const std::string& piece = connection.pieces.front();
    const ssize_t sent =
        ::send(connection.socket.get(), piece.data() + connection.sent, piece.size() - connection.sent, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno != EAGAIN) return false;
      connection.blocked = true;
      watch(connection.socket.get(), EPOLLIN | EPOLLOUT | EPOLLET, EPOLL_CTL_MOD);
      return true;
    }
    connection.sent += static_cast<std::size_t>(sent);
    if (connection.sent < piece.size()) continue;
    connection.pieces.pop_front();
    connection.sent = 0;
    if (connection.pause_ms > 0) {
      connection.due = now + std::chrono::milliseconds(connection.pause_ms);
      return true;
    }
  }
  return finish(connection, now);
}

bool HostileServer::finish(Connection& connection, Clock::time_point now) {
  if (connection.end == End::kKeep) return true;
  if (connection.resting || connection.end == End::kClose) return false;
  if (connection.end == End::kReset) {
    const linger at_once{1, 0};
    ::setsockopt(connection.socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    return false;
  }
  connection.resting = true;
  connection.due = now + kRest;
  return true;
}

int HostileServer::wait_ms(Clock::time_point now) const {
  auto next = Clock::time_point::max();
  for (const auto& [fd, connection] : connections_) {
    const bool waits = connection.blocked || (connection.pieces.empty() && connection.end == End::kKeep);
    if (!waits) next = std::min(next, connection.due);
  }
  if (next == Clock::time_point::max()) return -1;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next - now).count();
  return static_cast<int>(std::max<std::int64_t>(0, left + 1));
}

}  // namespace wswp::fuzz
