#pragma once
// Who is connected to the socket, and who has to go where there is no room: the one that has been idle for longest. A
// request is short, answered at once, or long: a list that is sent, or rows that are read. Long ones have places of
// their own, so that however many there are, a short one gets through. Any thread.

#include <cstddef>
#include <list>
#include <mutex>

#include "base/clock.h"
#include "base/file.h"

namespace wswp::api {

class Connections {
 public:
  struct Limits {
    std::size_t connections;    // at a time
    std::size_t long_requests;  // of these; fewer
  };

  /// One connection; its fields belong to Connections.
  struct Connection {
    FileDescriptor socket;  // a duplicate: what it names stays this connection until it is forgotten
    MonoMs idle_since = 0;
    bool idle = true;
    bool in_a_long_request = false;
    bool surplus = false;  // nobody could make room for it
    bool ended = false;    // to make room
  };

  explicit Connections(Limits limits) : limits_(limits) {}

  /// A connection has come. Where that is one too many, the idlest is ended.
  Connection* add(int socket, MonoMs now);
  /// It has gone.
  void remove(Connection* connection);

  /// A request has come on it. False: there is no room for another connection, so it is not to be served.
  bool begin_request(Connection& connection);
  /// It is a long one. False: all places are taken, and it is not to be served.
  bool begin_long_request(Connection& connection);
  /// The request has been answered, or given up.
  void end_request(Connection& connection, MonoMs now);

  /// Whether long requests have ended since the last call, and none is under way: a good time to give memory back.
  bool take_lull();

 private:
  void make_room(Connection& for_whom);

  const Limits limits_;
  std::mutex mutex_;
  std::list<Connection> all_;  // all below: under mutex_
  std::size_t live_ = 0;       // of these, that are served or wait for a request
  std::size_t long_ = 0;
  bool long_ended_ = false;
};

}  // namespace wswp::api
