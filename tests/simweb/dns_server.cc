#include "simweb/dns_server.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>

#include "base/log.h"
#include "simweb/dns_message.h"
#include "simweb/site_plan.h"

namespace wswp::simweb {
namespace {

constexpr std::size_t kMaxQuery = 4096;
constexpr int kBacklog = 64;
constexpr int kTries = 20;  // the port the kernel chooses for UDP may be taken for TCP

/// Reads exactly `size` bytes, or fails within the socket's time limit.
bool read_all(int fd, char* out, std::size_t size) {
  const ssize_t count = recv(fd, out, size, MSG_WAITALL);
  return count >= 0 && static_cast<std::size_t>(count) == size;
}

}  // namespace

std::optional<std::string> answer_dns(const World& world, std::string_view query, bool over_tcp) {
  const auto question = decode_query(query);
  if (!question) return std::nullopt;
  DnsReply reply;
  reply.ttl = dns_ttl_of(world, question->name);
  switch (plan_site(world, question->name).dns) {
    case DnsKind::kSilent:
      return std::nullopt;
    case DnsKind::kNxdomain:
      reply.code = DnsCode::kNameError;
      break;
    case DnsKind::kServfail:
      reply.code = DnsCode::kServerFailure;
      break;
    case DnsKind::kTruncated:
      reply.is_truncated = !over_tcp;
      [[fallthrough]];
    case DnsKind::kOk:
      if (question->type == kTypeA) reply.address = address_of(world, question->name);
      break;
  }
  return encode_reply(*question, reply);
}

DnsServer::DnsServer(const World& world, Statistics& statistics)
    : world_(world), statistics_(statistics), stop_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Result<std::unique_ptr<DnsServer>> DnsServer::bind(const World& world, Statistics& statistics, Endpoint& endpoint) {
  std::unique_ptr<DnsServer> server(new DnsServer(world, statistics));
  const Endpoint asked = endpoint;
  for (int attempt = 1;; ++attempt) {
    endpoint = asked;
    auto udp = bind_socket(endpoint, SOCK_DGRAM, false);
    if (!udp) return udp.error();
    auto tcp = bind_socket(endpoint, SOCK_STREAM, false);
    if (!tcp && (asked.port != 0 || attempt == kTries)) return tcp.error();
    if (!tcp) continue;
    server->udp_ = *std::move(udp);
    server->tcp_ = *std::move(tcp);
    break;
  }
  if (::listen(server->tcp_.get(), kBacklog) < 0) return errno_error("cannot listen on", endpoint.to_string());
  return server;
}

DnsServer::~DnsServer() {
  stop();
}

void DnsServer::start() {
  thread_ = std::thread([this] { run(); });
}

void DnsServer::stop() {
  if (!thread_.joinable()) return;
  const std::uint64_t one = 1;
  if (::write(stop_.get(), &one, sizeof(one)) < 0) log::error("{}", errno_error("waking", "the DNS thread").message);
  thread_.join();
}

void DnsServer::run() {
  std::array<pollfd, 3> sockets{{{udp_.get(), POLLIN, 0}, {tcp_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}}};
  for (;;) {
    if (poll(sockets.data(), sockets.size(), -1) < 0) continue;
    if (sockets[2].revents != 0) return;
    if (sockets[0].revents != 0) answer_datagrams();
    if (sockets[1].revents != 0) answer_stream();
  }
}

void DnsServer::answer_datagrams() {
  std::array<char, kMaxQuery> query{};
  for (;;) {
    sockaddr_in from{};
    socklen_t length = sizeof(from);
    const ssize_t count =
        recvfrom(udp_.get(), query.data(), query.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
    if (count < 0) return;
    statistics_.count_dns_query();
    const auto reply = answer_dns(world_, {query.data(), static_cast<std::size_t>(count)}, false);
    if (!reply) continue;
    sendto(udp_.get(), reply->data(), reply->size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&from), length);
  }
}

void DnsServer::answer_stream() {
  const FileDescriptor client(accept4(tcp_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!client) return;
  const timeval limit{1, 0};
  setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  std::array<unsigned char, 2> prefix{};
  std::array<char, kMaxQuery> query{};
  if (!read_all(client.get(), reinterpret_cast<char*>(prefix.data()), prefix.size())) return;
  const auto size = static_cast<std::size_t>(prefix[0] << 8 | prefix[1]);
  if (size > query.size() || !read_all(client.get(), query.data(), size)) return;
  statistics_.count_dns_query();
  const auto reply = answer_dns(world_, {query.data(), size}, true);
  if (!reply) return;
  std::string framed{static_cast<char>(reply->size() >> 8), static_cast<char>(reply->size() & 0xffU)};
  framed += *reply;
  send(client.get(), framed.data(), framed.size(), MSG_NOSIGNAL);
}

}  // namespace wswp::simweb
