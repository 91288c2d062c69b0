#include "daemon/api/connections.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <utility>

namespace wswp::api {

Connections::Connection* Connections::add(int socket, MonoMs now) {
  const std::lock_guard lock(mutex_);
  Connection& connection = all_.emplace_back();
  connection.socket = FileDescriptor(::fcntl(socket, F_DUPFD_CLOEXEC, 0));
  connection.idle_since = now;
  ++live_;
  if (live_ > limits_.connections) make_room(connection);
  return &connection;
}

/// Under the mutex.
void Connections::make_room(Connection& for_whom) {
  Connection* idlest = nullptr;
  for (Connection& one : all_) {
    if (&one == &for_whom || !one.idle || one.ended || one.surplus) continue;
    if (idlest == nullptr || one.idle_since < idlest->idle_since) idlest = &one;
  }
  if (idlest == nullptr) {
    for_whom.surplus = true;
  } else {
    ::shutdown(idlest->socket.get(), SHUT_RDWR);  // its thread finds the end of it
    idlest->ended = true;
  }
  --live_;
}

void Connections::remove(Connection* connection) {
  const std::lock_guard lock(mutex_);
  if (connection->in_a_long_request) {
    --long_;
    long_ended_ = true;
  }
  if (!connection->ended && !connection->surplus) --live_;
  all_.remove_if([&](const Connection& one) { return &one == connection; });
}

bool Connections::begin_request(Connection& connection) {
  const std::lock_guard lock(mutex_);
  connection.idle = false;
  return !connection.surplus;
}

bool Connections::begin_long_request(Connection& connection) {
  const std::lock_guard lock(mutex_);
  if (long_ >= limits_.long_requests) return false;
  ++long_;
  connection.in_a_long_request = true;
  return true;
}

void Connections::end_request(Connection& connection, MonoMs now) {
  const std::lock_guard lock(mutex_);
  connection.idle = true;
  connection.idle_since = now;
  if (!std::exchange(connection.in_a_long_request, false)) return;
  --long_;
  long_ended_ = true;
}

bool Connections::take_lull() {
  const std::lock_guard lock(mutex_);
  return long_ == 0 && std::exchange(long_ended_, false);
}

}  // namespace wswp::api
