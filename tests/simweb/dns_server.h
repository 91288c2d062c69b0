#pragma once
// The DNS server of all names, over UDP and, for the names whose UDP answers are truncated, TCP on the same port.
// One thread of its own; start and stop by one thread.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "simweb/endpoint.h"
#include "simweb/statistics.h"
#include "simweb/world.h"

namespace wswp::simweb {

/// The reply to a query, or nothing where the name's server is silent or the message is not a query. An empty one is a
/// datagram without a byte, and over TCP the end of the connection. Pure.
std::optional<std::string> answer_dns(const World& world, std::string_view query, bool over_tcp);

class DnsServer {
 public:
  /// Binds; `endpoint` gets its port. `world` and `statistics` outlive the server.
  static Result<std::unique_ptr<DnsServer>> bind(const World& world, Statistics& statistics, Endpoint& endpoint);
  ~DnsServer();
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;

  void start();
  void stop();

 private:
  DnsServer(const World& world, Statistics& statistics);
  void run();
  void answer_datagrams();

  /// A client over TCP; it may send many queries (RFC 7766 6.2.1).
  struct Stream {
    FileDescriptor socket;
    std::string received;  // not answered yet
  };
  /// False: the client has closed.
  bool answer_stream(Stream& stream);

  const World& world_;
  Statistics& statistics_;
  FileDescriptor udp_;
  FileDescriptor tcp_;
  FileDescriptor stop_;
  std::vector<Stream> streams_;
  std::thread thread_;
};

}  // namespace wswp::simweb
