#include "net/resolver.h"

#include <ares.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
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

#include "base/endpoint.h"
#include "base/file.h"
#include "net/address_policy.h"

namespace wswp::net {
namespace {

#ifdef ARES_OPT_QUERY_CACHE  // c-ares 1.31 keeps answers itself, also that of the root; 0 seconds: it does not
constexpr int kNoQueryCache = ARES_OPT_QUERY_CACHE;
#else
constexpr int kNoQueryCache = 0;
#endif
constexpr int kSettings =
    ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_DOMAINS | ARES_OPT_SOCK_STATE_CB | kNoQueryCache;

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

/// c-ares does not say why it could not ask: whether it is because no socket can be had is tried out.
Obstacle socket_shortage() {
  const FileDescriptor probe(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  return !probe && is_shortage(errno) ? obstacle_of_errno(errno) : Obstacle::kNone;
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
  if (const int status = open_channel(); status != ARES_SUCCESS) {
    throw std::runtime_error(std::string("cannot set up the resolver: ") + ares_strerror(status));
  }
  if (options_.nameservers.empty()) return;
  if (ares_set_servers_ports_csv(channel_, joined(options_.nameservers).c_str()) != ARES_SUCCESS) {
    ares_destroy(channel_);
    throw std::invalid_argument("nameservers: not a list of addresses: " + joined(options_.nameservers));
  }
}

int Resolver::open_channel() {
  ares_options settings{};
  std::string lookups = "b";  // name servers only: hosts(5) is ours, c-ares would read the file for every name
  settings.lookups = lookups.data();
  settings.timeout = static_cast<int>(options_.timeout_ms);
  settings.tries = options_.tries;
  settings.ndomains = 0;  // names of the web are complete
  settings.sock_state_cb = on_socket;
  settings.sock_state_cb_data = this;
  ares_channeldata* fresh = nullptr;
  const int status = ares_init_options(&fresh, &settings, kSettings);
  if (status != ARES_SUCCESS) return status;
  if (channel_ != nullptr) ares_destroy(channel_);
  channel_ = fresh;
  return status;
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
  if (root_due_ == 0) ask_root();  // at first, to know what is said of it while all is well
  line_.push_back(&pending);
  send_queries();
}

void Resolver::give_up(std::string_view name, std::uint64_t ticket) {
  const auto place = pending_.find(std::string(name));
  if (place != pending_.end()) std::erase(place->second.tickets, ticket);
  if (obstacle_ != Obstacle::kNone) return answered_(ticket, {}, obstacle_);
  given_up_.push_back(ticket);
  ask_root();
}

void Resolver::send_queries() {
  if (sending_) return;  // c-ares may answer within the loop below, which goes on anyway
  sending_ = true;
  while (!line_.empty() && (queries_ < options_.max_queries || obstacle_ != Obstacle::kNone)) {
    Pending& next = *line_.front();
    line_.pop_front();
    if (obstacle_ != Obstacle::kNone) {
      answer(next, obstacle_);
      continue;
    }
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

void Resolver::finish(Pending& pending) {
  --queries_;
  const bool failed = pending.failed && pending.addresses.empty();
  Obstacle obstacle = Obstacle::kNone;
  if (failed) obstacle = obstacle_ != Obstacle::kNone ? obstacle_ : socket_shortage();
  if (failed && obstacle == Obstacle::kNone) {
    doubted_.push_back(&pending);
    ask_root();
  } else {
    answer(pending, obstacle);
  }
  send_queries();
}

void Resolver::answer(const Pending& pending, Obstacle obstacle) {
  const auto done = pending_.extract(*pending.name);
  const Addresses& addresses = pending.addresses;
  for (const std::uint64_t ticket : pending.tickets) answered_(ticket, addresses, obstacle);
  if (obstacle != Obstacle::kNone) return;
  const std::int64_t ttl_ms = !addresses.empty() ? std::clamp(pending.ttl_s * 1000, kMinTtlMs, kMaxTtlMs)
                              : pending.failed   ? kFailureTtlMs
                                                 : kAbsentTtlMs;
  known_.put(done.key(), addresses, clock_.mono_ms() + ttl_ms);
}

void Resolver::ask_root() {
  if (asking_root_) return;  // one question serves all who are in doubt
  asking_root_ = true;
  ares_query(channel_, ".", ns_c_in, ns_t_soa, on_root, this);
}

void Resolver::on_root(void* resolver, int status, int /*timeouts*/, unsigned char* /*answer*/, int /*size*/) {
  if (status == ARES_EDESTRUCTION) return;
  auto& self = *static_cast<Resolver*>(resolver);
  self.judge(self.verdict_of(status));
}

/// Servers that say something, but never of the root, and those that only have errors for it, such as in a closed
/// network, are not judged by that: it is the names that fail. (To c-ares, errors are as silence.)
Obstacle Resolver::verdict_of(int status) {
  const bool answered = status == ARES_SUCCESS || status == ARES_ENODATA || status == ARES_ENOTFOUND;
  root_answered_ = root_answered_ || answered;
  if (answered || (heard_ && !root_answered_)) return Obstacle::kNone;
  const Obstacle shortage = socket_shortage();
  return shortage != Obstacle::kNone ? shortage : Obstacle::kNoNameServer;
}

void Resolver::judge(Obstacle verdict) {
  asking_root_ = false;
  obstacle_ = verdict;
  root_due_ = clock_.mono_ms() + kRootPauseMs;
  for (const Pending* pending : std::exchange(doubted_, {})) answer(*pending, verdict);
  for (const std::uint64_t ticket : std::exchange(given_up_, {})) answered_(ticket, {}, verdict);
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

void Resolver::on_event(const Poller::Event& event) {
  heard_ = heard_ || (event.readable && !event.failed);
  ares_process_fd(channel_, event.readable || event.failed ? event.fd : ARES_SOCKET_BAD,
                  event.writable || event.failed ? event.fd : ARES_SOCKET_BAD);
}

std::optional<std::int64_t> Resolver::timer_ms() const {
  std::optional<std::int64_t> wait;
  if (obstacle_ != Obstacle::kNone && !asking_root_) wait = root_due_ - clock_.mono_ms();
  if (queries_ == 0 && !asking_root_) return wait;
  timeval buffer{};
  const timeval* next = ares_timeout(channel_, nullptr, &buffer);
  if (next == nullptr) return wait;
  const std::int64_t due = std::int64_t{next->tv_sec} * 1000 + (next->tv_usec + 999) / 1000;
  return wait ? std::min(*wait, due) : due;
}

void Resolver::on_timer() {
  if (obstacle_ != Obstacle::kNone && !asking_root_ && clock_.mono_ms() >= root_due_) {
    // The system's name servers are others on another network, and c-ares reads them when a channel is made.
    if (options_.nameservers.empty() && queries_ == 0) open_channel();
    ask_root();
  }
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
    if (!endpoint_of_name_server(server))
      return Error{"nameservers: \"" + server + "\" is not an address or address:port"};
  }
  return {};
}

}  // namespace wswp::net
