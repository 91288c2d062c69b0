#include "net/resolver.h"

#include <ares.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "base/file.h"
#include "base/obstacle.h"
#include "net/address_policy.h"
#include "net/endpoint.h"

namespace wswp::net {
namespace {

constexpr int kSettings =
    ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_DOMAINS | ARES_OPT_SOCK_STATE_CB;

void init_library() {
  static std::once_flag once;
  std::call_once(once, [] { ares_library_init(ARES_LIB_INIT_ALL); });
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += ',';
    out += part;
  }
  return out;
}

/// c-ares does not say why it could not ask: whether it is because no socket can be had is tried out. An errno, or 0.
int socket_shortage() {
  const FileDescriptor probe(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  return !probe && is_shortage(errno) ? errno : 0;
}

/// The addresses of an answer, IPv6 first, and the shortest time to live in `ttl_seconds`.
Resolver::Addresses addresses_of(const ares_addrinfo& info, std::int64_t& ttl_seconds) {
  Resolver::Addresses addresses;
  for (const auto* node = info.nodes; node != nullptr; node = node->ai_next) {
    if (node->ai_family == AF_INET) {
      sockaddr_in v4{};
      std::memcpy(&v4, node->ai_addr, sizeof(v4));
      addresses.push_back(IpAddress::from_v4(&v4.sin_addr));
    } else if (node->ai_family == AF_INET6) {
      sockaddr_in6 v6{};
      std::memcpy(&v6, node->ai_addr, sizeof(v6));
      addresses.push_back(IpAddress::from_v6(&v6.sin6_addr));
    }
    ttl_seconds = std::min<std::int64_t>(ttl_seconds, node->ai_ttl);
  }
  std::stable_partition(addresses.begin(), addresses.end(), [](const IpAddress& address) { return address.v6; });
  return addresses;
}

}  // namespace

Resolver::Resolver(Options options, Poller& poller, const Clock& clock, Answered answered)
    : options_(std::move(options)), poller_(poller), clock_(clock), answered_(std::move(answered)) {
  init_library();
  if (options_.nameservers.empty()) hosts_ = HostsFile::load("/etc/hosts");
  ares_options settings{};
  std::string lookups = "b";  // name servers only: hosts(5) is ours, c-ares would read the file for every name
  settings.lookups = lookups.data();
  settings.timeout = static_cast<int>(options_.timeout_ms);
  settings.tries = options_.tries;
  settings.ndomains = 0;  // names of the web are complete
  settings.sock_state_cb = on_socket;
  settings.sock_state_cb_data = this;
  if (const int status = ares_init_options(&channel_, &settings, kSettings); status != ARES_SUCCESS) {
    throw std::runtime_error(std::string("cannot set up the resolver: ") + ares_strerror(status));
  }
  if (options_.nameservers.empty()) return;
  if (ares_set_servers_ports_csv(channel_, joined(options_.nameservers).c_str()) != ARES_SUCCESS) {
    ares_destroy(channel_);
    throw std::invalid_argument("nameservers: not a list of addresses: " + joined(options_.nameservers));
  }
}

Resolver::~Resolver() {
  pending_.clear();
  ares_destroy(channel_);
}

const Resolver::Addresses* Resolver::find(std::string_view name) {
  key_.assign(name);
  if (const auto* local = hosts_.find(key_)) return local;
  const auto known = known_.find(key_);
  return known != known_.end() && clock_.mono_ms() < known->second.until ? &known->second.addresses : nullptr;
}

void Resolver::ask(std::string_view name, std::uint64_t ticket) {
  const auto [place, is_new] = pending_.try_emplace(std::string(name));
  place->second.tickets.push_back(ticket);
  if (!is_new) return;
  line_.push_back(place->first);
  send_queries();
}

void Resolver::send_queries() {
  if (sending_) return;  // c-ares may answer within the loop below, which goes on anyway
  sending_ = true;
  ares_addrinfo_hints hints{};
  hints.ai_flags = ARES_AI_NOSORT;
  hints.ai_family = options_.ipv6 ? AF_UNSPEC : AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  while (queries_ < options_.max_queries && !line_.empty()) {
    ++queries_;
    auto query = std::make_unique<Query>(Query{this, std::move(line_.front())});
    line_.pop_front();
    const char* name = query->name.c_str();
    ares_getaddrinfo(channel_, name, nullptr, &hints, on_answer, query.release());
  }
  sending_ = false;
}

void Resolver::on_answer(void* query_pointer, int status, int /*timeouts*/, ares_addrinfo* info) {
  const std::unique_ptr<Query> query(static_cast<Query*>(query_pointer));
  const std::unique_ptr<ares_addrinfo, decltype(&ares_freeaddrinfo)> owned(info, ares_freeaddrinfo);
  if (status == ARES_EDESTRUCTION) return;
  Resolver& self = *query->resolver;
  --self.queries_;
  Addresses addresses;
  std::int64_t ttl_seconds = kMaxTtlMs / 1000;
  if (status == ARES_SUCCESS && info != nullptr) addresses = addresses_of(*info, ttl_seconds);
  const bool absent = status == ARES_SUCCESS || status == ARES_ENOTFOUND || status == ARES_ENODATA;
  const std::int64_t ttl_ms = !addresses.empty() ? std::clamp(ttl_seconds * 1000, kMinTtlMs, kMaxTtlMs)
                              : absent           ? kAbsentTtlMs
                                                 : kFailureTtlMs;
  const int local_errno = addresses.empty() && !absent ? socket_shortage() : 0;
  auto waiting = self.pending_.extract(query->name);
  for (const std::uint64_t ticket : waiting.mapped().tickets) self.answered_(ticket, addresses, local_errno);
  if (local_errno == 0) self.remember(query->name, std::move(addresses), ttl_ms);
  self.send_queries();
}

void Resolver::remember(const std::string& name, Addresses addresses, std::int64_t ttl_ms) {
  const auto [place, is_new] = known_.try_emplace(name);
  place->second = {std::move(addresses), clock_.mono_ms() + ttl_ms};
  if (!is_new) return;
  order_.push_back(&place->first);
  while (order_.size() > options_.max_names) {
    known_.erase(known_.find(*order_.front()));
    order_.pop_front();
  }
}

void Resolver::on_socket(void* resolver, int fd, int readable, int writable) {
  Poller& poller = static_cast<Resolver*>(resolver)->poller_;
  if (readable == 0 && writable == 0) {  // c-ares says so just before it closes the socket, and only then
    poller.closed(fd);
  } else {
    poller.watch(fd, {Poller::Kind::kResolver}, readable != 0, writable != 0);
  }
}

void Resolver::on_event(int fd, bool readable, bool writable) {
  ares_process_fd(channel_, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
}

std::optional<std::int64_t> Resolver::timer_ms() const {
  if (queries_ == 0) return std::nullopt;
  timeval buffer{};
  const timeval* next = ares_timeout(channel_, nullptr, &buffer);
  if (next == nullptr) return std::nullopt;
  return std::int64_t{next->tv_sec} * 1000 + (next->tv_usec + 999) / 1000;
}

void Resolver::on_timer() {
  ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

bool has_global_ipv6() {
  const FileDescriptor probe(socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!probe) return false;
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(53);
  inet_pton(AF_INET6, "2001:500:1::53", &address.sin6_addr);  // h.root-servers.net; connecting UDP sends nothing
  socklen_t size = sizeof(address);
  // The casts are those of the sockets API.
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (connect(probe.get(), generic, size) != 0 || getsockname(probe.get(), generic, &size) != 0) return false;
  return !is_private(IpAddress::from_v6(&address.sin6_addr));
}

Result<> check_nameservers(const std::vector<std::string>& nameservers) {
  for (const std::string& server : nameservers) {
    const auto endpoint = endpoint_of_authority(server, 53);
    const bool bare = IpAddress::parse(server).has_value();
    if (!bare && (!endpoint || !IpAddress::parse(endpoint->host))) {
      return Error{"nameservers: \"" + server + "\" is not an address or address:port"};
    }
  }
  return {};
}

}  // namespace wswp::net
