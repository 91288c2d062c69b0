#pragma once
// A name server on a UDP port of 127.0.0.1 that answers A queries as the test says (RFC 1035 section 4).

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/file.h"

namespace wswp::net {

struct DnsAnswer {
  std::vector<std::array<std::uint8_t, 4>> addresses;
  std::uint32_t ttl_s = 300;
  int rcode = 0;        // 2: SERVFAIL, 3: NXDOMAIN
  bool silent = false;  // no answer at all
};

class DnsServer {
 public:
  using Script = std::function<DnsAnswer(const std::string& name)>;

  explicit DnsServer(Script script)
      : script_(std::move(script)), socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size);
    getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~DnsServer() {
    shutdown(socket_.get(), SHUT_RDWR);  // wakes recvfrom with 0 bytes
    thread_.join();
  }
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;

  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  /// A queries seen for `name`.
  int queries(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = queries_.find(name);
    return found == queries_.end() ? 0 : found->second;
  }

 private:
  void serve() {
    std::array<char, 512> packet{};
    while (true) {
      sockaddr_in from{};
      socklen_t size = sizeof(from);
      const ssize_t got =
          recvfrom(socket_.get(), packet.data(), packet.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (got < 17) return;
      const std::string reply = answer({packet.data(), static_cast<std::size_t>(got)});
      if (reply.empty()) continue;
      sendto(socket_.get(), reply.data(), reply.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
    }
  }

  std::string answer(std::string_view query) {
    std::string name;
    std::size_t at = 12;
    while (at < query.size() && query[at] != 0) {
      const auto length = static_cast<std::size_t>(query[at]);
      name.append(name.empty() ? "" : ".").append(query.substr(at + 1, length));
      at += length + 1;
    }
    const std::string_view question = query.substr(12, at + 5 - 12);
    const bool wants_a = query[at + 2] == 1;
    if (wants_a) {
      const std::lock_guard lock(mutex_);
      ++queries_[name];
    }
    DnsAnswer answer = script_(name);
    if (answer.silent) return "";
    if (!wants_a) answer.addresses.clear();
    std::string reply(query.substr(0, 2));
    reply.append("\x81").append(1, static_cast<char>(0x80 | answer.rcode));
    append16(reply, 1);
    append16(reply, static_cast<unsigned>(answer.addresses.size()));
    append16(reply, 0);
    append16(reply, 0);
    reply.append(question);
    for (const auto& address : answer.addresses) {
      append16(reply, 0xc00c);  // the question's name
      append16(reply, 1);
      append16(reply, 1);
      append16(reply, answer.ttl_s >> 16U);
      append16(reply, answer.ttl_s & 0xffffU);
      append16(reply, 4);
      for (const std::uint8_t byte : address) reply.append(1, static_cast<char>(byte));
    }
    return reply;
  }
  static void append16(std::string& text, unsigned value) {
    text.append(1, static_cast<char>(value >> 8U)).append(1, static_cast<char>(value & 0xffU));
  }

  const Script script_;
  FileDescriptor socket_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, int> queries_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace wswp::net
