#include "net/resolver.h"

#include <ares.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
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

IpAddress address_of(const ares_addrinfo_node& node) {
  if (node.ai_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, node.ai_addr, sizeof(v6));
    return IpAddress::from_v6(&v6.sin6_addr);
  }
  sockaddr_in v4{};
  std::memcpy(&v4, node.ai_addr, sizeof(v4));
  return IpAddress::from_v4(&v4.sin_addr);
}

/// Whether each alias is of the name that the one before leads to. c-ares itself follows any alias in an answer.
bool aliases_lead_from_the_question(const ares_addrinfo& info) {
  const char* name = info.name;
  for (const auto* alias = info.cnames; alias != nullptr; alias = alias->next) {
    if (strcasecmp(alias->alias, name) != 0) return false;
    name = alias->name;
  }
  return true;
}

}  // namespace

Resolver::Resolver(Options options, Poller& poller, const Clock& clock, Answered answered)
    : options_(std::move(options)),
      poller_(poller),
      clock_(clock),
      answered_(std::move(answered)),
      known_(options_.max_names) {
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
  ares_destroy(channel_);
}

std::optional<std::span<const IpAddress>> Resolver::find(std::string_view name) const {
  if (const auto* local = hosts_.find(name)) return *local;
  return known_.find(name, clock_.mono_ms());
}

void Resolver::ask(std::string_view name, std::uint64_t ticket) {
  const auto [place, is_new] = pending_.try_emplace(std::string(name));
  Pending& pending = place->second;
  pending.tickets.push_back(ticket);
  if (!is_new) return;
  pending.resolver = this;
  pending.name = &place->first;
  line_.push_back(&pending);
  send_queries();
}

void Resolver::send_queries() {
  if (sending_) return;  // c-ares may answer within the loop below, which goes on anyway
  sending_ = true;
  while (queries_ < options_.max_queries && !line_.empty()) {
    Pending& next = *line_.front();
    line_.pop_front();
    ++queries_;
    next.unanswered = options_.ipv6 ? 2 : 1;
    if (options_.ipv6) query(next, AF_INET6);
    query(next, AF_INET);
  }
  sending_ = false;
}

/// Asked for both families at once, c-ares would tell how the last answer went, and not that the other one failed.
void Resolver::query(Pending& pending, int family) {
  ares_addrinfo_hints hints{};
  hints.ai_flags = ARES_AI_NOSORT;
  hints.ai_family = family;
  hints.ai_socktype = SOCK_STREAM;
  ares_getaddrinfo(channel_, pending.name->c_str(), nullptr, &hints, on_answer, &pending);
}

void Resolver::on_answer(void* pending_pointer, int status, int /*timeouts*/, ares_addrinfo* info) {
  const std::unique_ptr<ares_addrinfo, decltype(&ares_freeaddrinfo)> owned(info, ares_freeaddrinfo);
  if (status == ARES_EDESTRUCTION) return;
  Pending& pending = *static_cast<Pending*>(pending_pointer);
  if (status == ARES_SUCCESS && aliases_lead_from_the_question(*info)) {
    pending.take(*info);
  } else if (status != ARES_ENOTFOUND && status != ARES_ENODATA) {
    pending.failed = true;
  }
  if (--pending.unanswered == 0) pending.resolver->finish(pending);
}

void Resolver::Pending::take(const ares_addrinfo& info) {
  const bool v6 = info.nodes != nullptr && info.nodes->ai_family == AF_INET6;
  auto at = v6 ? addresses.begin() : addresses.end();
  int left = kMaxAddresses;
  for (const auto* node = info.nodes; node != nullptr && left > 0; node = node->ai_next, --left) {
    at = addresses.insert(at, address_of(*node)) + 1;
    ttl_s = std::min<std::int64_t>(ttl_s, node->ai_ttl);
  }
  for (const auto* alias = info.cnames; alias != nullptr; alias = alias->next) {
    ttl_s = std::min<std::int64_t>(ttl_s, alias->ttl);
  }
}

void Resolver::finish(const Pending& pending) {
  --queries_;
  auto done = pending_.extract(*pending.name);
  const Addresses& addresses = done.mapped().addresses;
  const bool failed = addresses.empty() && pending.failed;
  const int local_errno = failed ? socket_shortage() : 0;
  for (const std::uint64_t ticket : pending.tickets) answered_(ticket, addresses, local_errno);
  const std::int64_t ttl_ms = failed              ? kFailureTtlMs
                              : addresses.empty() ? kAbsentTtlMs
                                                  : std::clamp(pending.ttl_s * 1000, kMinTtlMs, kMaxTtlMs);
  if (local_errno == 0) known_.put(done.key(), addresses, clock_.mono_ms() + ttl_ms);
  send_queries();
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
