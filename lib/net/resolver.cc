#include "net/resolver.h"

#include <ares.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <utility>

#include "base/endpoint.h"
#include "base/file.h"
#include "net/address_policy.h"

namespace wswp::net {
namespace {

/// c-ares does not say why it could not ask: whether it is because no socket can be had is tried out.
Obstacle socket_shortage() {
  const FileDescriptor probe(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  return !probe && is_shortage(errno) ? obstacle_of_errno(errno) : Obstacle::kNone;
}

int type_of(int family) {
  return family == AF_INET6 ? ns_t_aaaa : ns_t_a;
}

/// RFC 6761, 6.3: no name server is asked for these.
const std::array<IpAddress, 2>& loopback() {
  static const std::array<IpAddress, 2> addresses{IpAddress::from_v4("\x7f\0\0\1"),
                                                  IpAddress::from_v6(&in6addr_loopback)};
  return addresses;
}

}  // namespace

Resolver::Resolver(Options options, Poller& poller, const Clock& clock, Answered answered)
    : options_(std::move(options)),
      poller_(poller),
      clock_(clock),
      answered_(std::move(answered)),
      known_(options_.max_names) {
  if (options_.nameservers.empty()) hosts_ = HostsFile::load("/etc/hosts");
  if (const auto opened = open_channels(); !opened) throw std::invalid_argument(opened.message());
}

Resolver::~Resolver() = default;

Result<std::unique_ptr<NameChannel>> Resolver::open_channel(NameChannel::Transport transport) {
  const NameChannel::Setup setup{
      .nameservers = options_.nameservers, .timeout_ms = options_.timeout_ms, .tries = options_.tries};
  return NameChannel::open(setup, transport, poller_, sockets_);
}

Result<> Resolver::open_channels() {
  auto names = open_channel(NameChannel::Transport::kUdp);
  auto root = open_channel(NameChannel::Transport::kUdp);
  if (!names || !root) return (!names ? names : root).error();
  names_ = *std::move(names);
  root_ = *std::move(root);
  return {};
}

std::optional<std::span<const IpAddress>> Resolver::find(std::string_view name) const {
  if (const auto* local = hosts_.find(name)) return *local;
  if (is_private_name(name)) return loopback();
  return known_.find(name, clock_.mono_ms());
}

void Resolver::ask(std::string_view name, std::uint64_t ticket) {
  const auto [place, is_new] = pending_.try_emplace(std::string(name));
  Pending& pending = place->second;
  pending.tickets.push_back(ticket);
  if (!is_new) return;
  pending.resolver = this;
  pending.name = &place->first;
  pending.number = ++asked_for_;
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
  age();
  while (!line_.empty() && (fresh_.size() < options_.max_queries || obstacle_ != Obstacle::kNone)) {
    Pending& next = *line_.front();
    line_.pop_front();
    if (obstacle_ != Obstacle::kNone) {
      answer(next, obstacle_);
      continue;
    }
    ++queries_;
    fresh_.insert(next.number);
    fresh_until_.emplace_back(clock_.mono_ms() + kFreshMs, next.number);
    next.unanswered = options_.ipv6 ? 2 : 1;
    if (options_.ipv6) query(next, next.queries[0], AF_INET6);
    query(next, next.queries[1], AF_INET);
  }
  sending_ = false;
}

/// Names that have been asked for long enough ago give their places to the next ones.
void Resolver::age() {
  const MonoMs now = clock_.mono_ms();
  while (!fresh_until_.empty() &&
         (fresh_until_.front().first <= now || !fresh_.contains(fresh_until_.front().second))) {
    fresh_.erase(fresh_until_.front().second);
    fresh_until_.pop_front();
  }
}

void Resolver::query(Pending& pending, Query& query, int family) {
  query.pending = &pending;
  query.family = family;
  names_->ask(*pending.name, type_of(family), on_answer, &query);
}

void Resolver::on_answer(void* query_pointer, int status, int /*timeouts*/, unsigned char* message, int size) {
  if (status == ARES_EDESTRUCTION) return;
  Query& query = *static_cast<Query*>(query_pointer);
  NameAnswer answer;
  if (message != nullptr) {
    answer = read_name_answer({message, static_cast<std::size_t>(size)}, *query.pending->name, query.family, !query.tcp,
                              kMaxAddresses);
  } else if (status == ARES_ENOTFOUND || status == ARES_ENODATA) {
    answer.kind = NameAnswer::Kind::kAbsent;
  }
  query.pending->resolver->answered(query, answer);
}

void Resolver::answered(Query& query, const NameAnswer& answer) {
  if (query.tcp) {
    ended_.push_back(std::move(query.tcp));
    std::erase(over_tcp_, &query);
  }
  if (answer.kind == NameAnswer::Kind::kCut) {
    tcp_line_.push_back(&query);
  } else {
    Pending& pending = *query.pending;
    if (answer.kind == NameAnswer::Kind::kFound) pending.take(answer, query.family);
    if (answer.kind == NameAnswer::Kind::kBroken) pending.failed = true;
    if (--pending.unanswered == 0) finish(pending);
  }
  send_over_tcp();
}

void Resolver::send_over_tcp() {
  while (!tcp_line_.empty() && over_tcp_.size() < kMaxTcp) {
    Query& query = *tcp_line_.front();
    tcp_line_.pop_front();
    auto opened = open_channel(NameChannel::Transport::kTcp);
    if (!opened) return answered(query, {});  // which calls this again
    query.tcp = *std::move(opened);
    over_tcp_.push_back(&query);
    query.tcp->ask(*query.pending->name, type_of(query.family), on_answer, &query);
  }
}

void Resolver::Pending::take(const NameAnswer& answer, int family) {
  const auto at = family == AF_INET6 ? addresses.begin() : addresses.end();
  addresses.insert(at, answer.addresses.begin(), answer.addresses.end());
  ttl_s = std::min(ttl_s, answer.ttl_s);
}

void Resolver::finish(Pending& pending) {
  --queries_;
  fresh_.erase(pending.number);
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
  root_->ask(".", ns_t_soa, on_root, this);
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

/// Not from judge(), which may have the channel on the stack.
void Resolver::forsake_all() {
  if (!has_forsaken()) return;
  for (Query* query : std::exchange(tcp_line_, {})) answered(*query, {});
  while (!over_tcp_.empty()) over_tcp_.front()->tcp->cancel();
  names_->cancel();
}

void Resolver::on_event(const Poller::Event& event) {
  ended_.clear();
  forsake_all();
  heard_ = heard_ || (event.readable && !event.failed);
  if (const auto socket = sockets_.find(event.fd); socket != sockets_.end()) socket->second->on_event(event);
}

std::optional<std::int64_t> Resolver::timer_ms() const {
  if (has_forsaken()) return 0;
  std::optional<std::int64_t> wait;
  const auto wait_at_most = [&wait](std::int64_t due) { wait = std::min(wait.value_or(due), due); };
  if (obstacle_ != Obstacle::kNone && !asking_root_) wait_at_most(root_due_ - clock_.mono_ms());
  if (!line_.empty() && !fresh_until_.empty()) wait_at_most(fresh_until_.front().first - clock_.mono_ms());
  if (queries_ == 0 && !asking_root_) return wait;
  const auto wait_for = [&wait_at_most](NameChannel& channel) {
    if (const auto due = channel.timer_ms()) wait_at_most(*due);
  };
  wait_for(*names_);
  wait_for(*root_);
  for (const Query* query : over_tcp_) wait_for(*query->tcp);
  return wait;
}

void Resolver::on_timer() {
  ended_.clear();
  forsake_all();
  if (obstacle_ != Obstacle::kNone && !asking_root_ && clock_.mono_ms() >= root_due_) {
    // The system's name servers are others on another network, and c-ares reads them when a channel is made.
    if (options_.nameservers.empty() && queries_ == 0) static_cast<void>(open_channels());
    ask_root();
  }
  names_->on_timer();
  root_->on_timer();
  const std::vector<Query*> over_tcp = over_tcp_;
  for (Query* query : over_tcp) {
    if (std::find(over_tcp_.begin(), over_tcp_.end(), query) != over_tcp_.end()) query->tcp->on_timer();
  }
  send_queries();
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
