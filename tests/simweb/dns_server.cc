#include "simweb/dns_server.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "base/log.h"
#include "simweb/dns_message.h"
#include "simweb/site_plan.h"

namespace wswp::simweb {
namespace {

constexpr std::size_t kMaxQuery = 4096;
constexpr std::uint32_t kLie = 0xc0000242;  // 192.0.2.66, of nobody (RFC 5737)
constexpr int kBacklog = 64;
constexpr int kTries = 20;  // the port the kernel chooses for UDP may be taken for TCP

/// Takes the first complete message off the front of a TCP stream (RFC 1035 4.2.2).
std::optional<std::string> take_message(std::string& stream) {
  if (stream.size() < 2) return std::nullopt;
  const auto size =
      static_cast<std::size_t>(static_cast<unsigned char>(stream[0]) << 8 | static_cast<unsigned char>(stream[1]));
  if (stream.size() < size + 2) return std::nullopt;
  std::string message = stream.substr(2, size);
  stream.erase(0, size + 2);
  return message;
}

}  // namespace

std::optional<std::string> answer_dns(const World& world, std::string_view query, bool over_tcp) {
  const auto question = decode_query(query);
  if (!question) return std::nullopt;
  DnsReply reply;
  if (question->name.empty()) return encode_reply(*question, reply);  // the root is no site, and lives
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
    case DnsKind::kWrongId:
      reply.has_wrong_id = true;
      if (question->type == kTypeA) reply.address = kLie;
      break;
    case DnsKind::kWrongName:
      reply.has_wrong_name = true;
      if (question->type == kTypeA) reply.address = kLie;
      break;
    case DnsKind::kEmpty:
      return "";
    case DnsKind::kTruncatedClosed:
      if (over_tcp) return "";
      reply.is_truncated = true;
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
  std::vector<pollfd> sockets;
  for (;;) {
    sockets = {{udp_.get(), POLLIN, 0}, {tcp_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
    for (const Stream& stream : streams_) sockets.push_back({stream.socket.get(), POLLIN, 0});
    if (poll(sockets.data(), sockets.size(), -1) < 0) continue;
    if (sockets[2].revents != 0) return;
    if (sockets[0].revents != 0) answer_datagrams();
    for (std::size_t i = streams_.size(); i-- > 0;) {
      if (sockets[i + 3].revents != 0 && !answer_stream(streams_[i]))
        streams_.erase(streams_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (sockets[1].revents == 0) continue;
    FileDescriptor client(accept4(tcp_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (client) streams_.push_back({std::move(client), ""});
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

bool DnsServer::answer_stream(Stream& stream) {
  std::array<char, kMaxQuery> piece{};
  const ssize_t count = recv(stream.socket.get(), piece.data(), piece.size(), 0);
  if (count <= 0) return false;
  stream.received.append(piece.data(), static_cast<std::size_t>(count));
  while (const auto query = take_message(stream.received)) {
    statistics_.count_dns_query();
    const auto reply = answer_dns(world_, *query, true);
    if (!reply) continue;
    if (reply->empty()) return false;
    std::string framed{static_cast<char>(reply->size() >> 8), static_cast<char>(reply->size() & 0xffU)};
    framed += *reply;
    if (send(stream.socket.get(), framed.data(), framed.size(), MSG_NOSIGNAL) < 0) return false;
  }
  return true;
}

}  // namespace wswp::simweb
