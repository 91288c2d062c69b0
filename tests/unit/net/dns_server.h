#pragma once
// A name server on a port of 127.0.0.1, UDP and TCP, that answers as the test says. One thread of its own, on which the
// script is called. A client over TCP whose question the script answers with nothing waits; one whose answer is empty
// is hung up on.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "unit/net/dns_message.h"

namespace wswp::net {

/// An honest server's answer to queries of type A.
struct DnsAnswer {
  std::vector<std::array<std::uint8_t, 4>> addresses;
  std::uint32_t ttl_s = 300;
  int rcode = 0;
  bool silent = false;  // no answer at all
};

class DnsServer {
 public:
  /// The messages to be sent, in this order.
  using Script = std::function<std::vector<std::string>(const DnsQuery& query)>;

  enum class Tcp { kServed, kRefused };

  explicit DnsServer(Script script, Tcp tcp = Tcp::kServed)
      : script_(std::move(script)), tcp_is_served_(tcp == Tcp::kServed), stop_(eventfd(0, EFD_CLOEXEC)) {
    while (!bind_both()) {
    }
    if (tcp_is_served_) listen(tcp_.get(), 1024);
    thread_ = std::thread([this] { serve(); });
  }
  explicit DnsServer(std::function<DnsAnswer(const std::string& name)> answer)
      : DnsServer(
            Script([answer = std::move(answer)](const DnsQuery& query) { return say(query, answer(query.name)); })) {}
  ~DnsServer() {
    const std::uint64_t one = 1;
    static_cast<void>(!write(stop_.get(), &one, sizeof(one)));
    thread_.join();
  }
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;

  std::atomic<bool> dead = false;         // nothing is answered
  std::atomic<MonoMs> root_since_ms = 0;  // questions for the root are not answered before that (SystemClock)
  std::atomic<int> root_code = 0;         // to questions for the root, about which the script is not asked; -1: silence

  /// So many clients were connected over TCP at once.
  std::size_t most_clients() const { return most_clients_; }

  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  /// Queries seen for `name`; without: for all names but the root.
  int queries(const std::string& name, std::uint16_t type = kTypeA) const {
    const std::lock_guard lock(mutex_);
    const auto found = queries_.find({name, type});
    return found == queries_.end() ? 0 : found->second;
  }
  int queries() const {
    const std::lock_guard lock(mutex_);
    int sum = 0;
    for (const auto& [question, count] : queries_) sum += question.first.empty() ? 0 : count;
    return sum;
  }

 private:
  static std::vector<std::string> say(const DnsQuery& query, const DnsAnswer& answer) {
    if (answer.silent) return {};
    std::vector<DnsRecord> records;
    if (query.type == kTypeA) {
      for (const auto& address : answer.addresses) records.push_back(a_record(query.name, address, answer.ttl_s));
    }
    return {reply_to(query, std::move(records), answer.rcode).bytes()};
  }

  /// False: the port that UDP got is taken for TCP.
  bool bind_both() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(address);
    udp_ = FileDescriptor(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    tcp_ = FileDescriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (bind(udp_.get(), generic, size) != 0 || getsockname(udp_.get(), generic, &size) != 0) return false;
    port_ = ntohs(address.sin_port);
    return bind(tcp_.get(), generic, size) == 0;
  }

  void serve() {
    std::vector<FileDescriptor> clients;
    while (true) {
      const int listener = tcp_is_served_ ? tcp_.get() : -1;
      std::vector<pollfd> sockets{{stop_.get(), POLLIN, 0}, {udp_.get(), POLLIN, 0}, {listener, POLLIN, 0}};
      for (const FileDescriptor& client : clients) sockets.push_back({client.get(), POLLIN, 0});
      if (poll(sockets.data(), sockets.size(), -1) < 0) continue;
      if (sockets[0].revents != 0) return;
      if (sockets[1].revents != 0) answer_datagram();
      for (std::size_t i = clients.size(); i-- > 0;) {
        if (sockets[i + 3].revents != 0 && !answer_client(clients[i].get())) {
          clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
        }
      }
      if ((sockets[2].revents & POLLIN) != 0) {
        clients.emplace_back(accept4(tcp_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        most_clients_ = std::max(most_clients_.load(), clients.size());
      }
    }
  }

  void answer_datagram() {
    std::array<char, 512> packet{};
    sockaddr_in from{};
    auto* generic = reinterpret_cast<sockaddr*>(&from);
    socklen_t size = sizeof(from);
    const ssize_t got = recvfrom(udp_.get(), packet.data(), packet.size(), 0, generic, &size);
    if (got < 17) return;
    DnsQuery query = parse_dns_query({packet.data(), static_cast<std::size_t>(got)});
    query.client_port = ntohs(from.sin_port);
    for (const std::string& reply : answer(query)) {
      sendto(udp_.get(), reply.data(), reply.size(), 0, generic, size);
    }
  }

  /// False: the client has gone.
  bool answer_client(int fd) {
    std::array<unsigned char, 2> length{};
    std::array<char, 512> packet{};
    if (recv(fd, length.data(), 2, MSG_WAITALL) != 2) return false;
    const auto size = static_cast<std::size_t>(length[0]) << 8U | length[1];
    if (size > packet.size() || recv(fd, packet.data(), size, MSG_WAITALL) != static_cast<ssize_t>(size)) return false;
    DnsQuery query = parse_dns_query({packet.data(), size});
    query.over_tcp = true;
    for (const std::string& reply : answer(query)) {
      if (reply.empty()) return false;
      const std::string framed = dns_u16(static_cast<std::uint32_t>(reply.size())) + reply;
      send(fd, framed.data(), framed.size(), MSG_NOSIGNAL);
    }
    return true;
  }

  std::vector<std::string> answer(DnsQuery& query) {
    {
      const std::lock_guard lock(mutex_);
      query.number = ++queries_[{query.name, query.type}];
    }
    const bool mute = root_code < 0 || SystemClock().mono_ms() < root_since_ms;
    if (dead || (query.name.empty() && mute)) return {};
    if (query.name.empty()) return {reply_to(query, {}, root_code).bytes()};
    return script_(query);
  }

  const Script script_;
  const bool tcp_is_served_;
  FileDescriptor stop_, udp_, tcp_;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> most_clients_ = 0;
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::uint16_t>, int> queries_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace wswp::net
