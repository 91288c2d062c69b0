#pragma once
// One client of the HTTP server. Belongs to the loop that accepted it.

#include <cstdint>
#include <string>

#include "base/file.h"
#include "simweb/answer.h"
#include "simweb/http_request.h"
#include "simweb/response.h"

namespace wswp::simweb {

/// The life of a connection:
///   kReading → (kWaiting for the site's latency) → (kSending, while the client reads slower than we write) → kReading
/// and from any of them to its end, or to kStalled, where it stays until the client hangs up.
enum class ConnectionState : std::uint8_t { kReading, kWaiting, kSending, kStalled };

struct Connection {
  FileDescriptor socket;
  std::uint64_t id = 0;          // unique in the process; the connection column of the log
  std::uint32_t generation = 0;  // tells it from an earlier one with the same descriptor
  ConnectionState state = ConnectionState::kReading;
  bool wants_write = false;  // EPOLLOUT is armed
  Afterwards afterwards = Afterwards::kKeep;
  std::string input;     // bytes of requests that are not complete or not due yet
  std::string output;    // what the socket did not take yet
  std::size_t sent = 0;  // of output

  // The request whose latency runs.
  std::string host;
  std::string authority;
  std::string target;
  HttpRequest request;  // its views are empty but for the method, which is "GET" or "HEAD"
  Answer answer;
};

}  // namespace wswp::simweb
