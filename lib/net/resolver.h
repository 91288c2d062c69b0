#pragma once
// Names → addresses, with c-ares in the loop's poller: no thread per look-up. Answers, negative ones too, are
// remembered for their time to live within bounds; names asked for while they are being looked up share one query.
// Without configured name servers, hosts(5) comes first.
//
//   find() ─ known? ─▶ answer   ask() ─▶ line ─▶ query over UDP ─▶ remembered ─▶ answered(ticket, answer)
//                                                  │      └ failed ─▶ doubted ─ root? ─┘
//                                                  └ cut ─▶ query over TCP
//
// An answer counts if it comes from the server, and id and question are those of the query (RFC 5452, 9); another is as
// if it had not come. Where its aliases do not lead from the name asked for to the addresses, it is a failure.
//
// Names do not suffer from each other. Over UDP they share a channel (name_channel.h), on which nothing that a server
// says can disturb it; over TCP each has its own, and so has the root. `max_queries` names may be new to the server,
// asked for within the last kFreshMs; the next wait in line. One that is still unanswered then takes nobody's place.
//
// A failure may be that of the name's own servers, or of ours. So ours are asked for the SOA record of the root, which
// each knows or can get: if they answer, it is the name; if not, there is an obstacle(), which says nothing about any
// name. While it lasts, nothing but the root is asked for, until that is answered. A name that was asked for before
// shares its fate: else its question, which went nowhere, would still be out when the servers are back, and be judged
// by them.
//
// Belongs to the thread of its loop.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/obstacle.h"
#include "base/result.h"
#include "net/hosts_file.h"
#include "net/ip_address.h"
#include "net/name_answer.h"
#include "net/name_cache.h"
#include "net/name_channel.h"
#include "net/poller.h"

namespace wswp::net {

class Resolver {
 public:
  struct Options {
    std::vector<std::string> nameservers;  // "address", "address:port", "[v6]:port"; empty: the system's
    std::size_t max_queries = 200;         // names asked for within kFreshMs, of both families
    std::size_t max_names = 20'000;
    std::int64_t timeout_ms = 2'000;  // of the first round; doubles
    int tries = 3;                    // rounds over the name servers
    bool ipv6 = false;                // ask for AAAA as well
  };

  /// IPv6 first, otherwise in the order of the answer. Empty: there is no such name, it has no address, or nobody
  /// could say.
  using Addresses = std::vector<IpAddress>;
  /// Called from ask(), give_up(), on_event() and on_timer(), once a ticket. With an obstacle - no name server answers,
  /// or no socket is left - it is not known whether there are addresses, and that is not remembered.
  using Answered = std::function<void(std::uint64_t ticket, const Addresses& addresses, Obstacle obstacle)>;

  /// Addresses of one family that are kept of an answer: so that neither family takes the other's place.
  static constexpr int kMaxAddresses = 8;
  /// How long answers are remembered: time to live, within these bounds; the absence of a name (RFC 2308); failures.
  static constexpr std::int64_t kMinTtlMs = 1'000;
  static constexpr std::int64_t kMaxTtlMs = 3'600'000;
  static constexpr std::int64_t kAbsentTtlMs = 60'000;
  static constexpr std::int64_t kFailureTtlMs = 2'000;
  /// Between the failure of a question for the root and the next one.
  static constexpr std::int64_t kRootPauseMs = 1'000;
  /// For so long a name that is asked for counts against max_queries.
  static constexpr std::int64_t kFreshMs = 500;
  /// Names asked for over TCP at once: servers allow one client but few connections.
  static constexpr std::size_t kMaxTcp = 10;

  /// Throws std::invalid_argument for name servers that c-ares does not understand. All references must outlive it.
  Resolver(Options options, Poller& poller, const Clock& clock, Answered answered);
  ~Resolver();  // nobody is answered any more
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  /// What is known of `name` (ASCII, lower case) now; nothing: ask. Good until the next call of any other member.
  std::optional<std::span<const IpAddress>> find(std::string_view name) const;
  /// Has `name` looked up for `ticket`.
  void ask(std::string_view name, std::uint64_t ticket);
  /// Whoever asked for `name` with `ticket` waits no longer: it is answered without addresses, once it is known whether
  /// there is an obstacle.
  void give_up(std::string_view name, std::uint64_t ticket);

  /// For want of what no name can be looked up at present.
  Obstacle obstacle() const { return obstacle_; }

  /// A socket of c-ares (Poller::Kind::kResolver) is ready.
  void on_event(const Poller::Event& event);
  /// When on_timer() wants to be called, in milliseconds from now; nothing while there is nothing to wait for.
  std::optional<std::int64_t> timer_ms() const;
  void on_timer();

  /// Names in line, asked for, and in doubt.
  std::size_t pending() const { return pending_.size(); }

 private:
  struct Pending;
  /// The question for the addresses of one family.
  struct Query {
    Pending* pending = nullptr;
    int family = 0;
    std::unique_ptr<NameChannel> tcp;  // set: it is asked over TCP
  };
  struct Pending {
    /// Adds the addresses of one family.
    void take(const NameAnswer& answer, int family);

    Resolver* resolver = nullptr;
    const std::string* name = nullptr;  // the key
    std::uint64_t number = 0;           // of all that were asked for
    std::vector<std::uint64_t> tickets;
    std::array<Query, 2> queries;  // IPv6, IPv4
    int unanswered = 0;            // queries out: one a family
    Addresses addresses;
    std::int64_t ttl_s = kMaxTtlMs / 1000;  // the shortest of all records used
    bool failed = false;                    // one of the families; it may have addresses all the same
  };
  static void on_answer(void* query, int status, int timeouts, unsigned char* message, int size);
  static void on_root(void* resolver, int status, int timeouts, unsigned char* answer, int size);
  /// The channels for names and for the root, in the place of the present ones, on which no query may be out. A failure
  /// changes nothing.
  Result<> open_channels();
  Result<std::unique_ptr<NameChannel>> open_channel(NameChannel::Transport transport);
  void send_queries();
  void age();
  void query(Pending& pending, Query& query, int family);
  void answered(Query& query, const NameAnswer& answer);
  void send_over_tcp();
  void finish(Pending& pending);
  void answer(const Pending& pending, Obstacle obstacle);
  void ask_root();
  Obstacle verdict_of(int status);
  void judge(Obstacle verdict);
  /// No name server answers, but names are out: they are to be told so.
  bool has_forsaken() const { return obstacle_ == Obstacle::kNoNameServer && queries_ > 0; }
  void forsake_all();

  const Options options_;
  Poller& poller_;
  const Clock& clock_;
  const Answered answered_;
  HostsFile hosts_;
  NameChannel::Sockets sockets_;               // of all channels
  std::unique_ptr<NameChannel> names_, root_;  // UDP
  NameCache known_;
  std::unordered_map<std::string, Pending> pending_;
  std::deque<Pending*> line_;                                 // those not yet asked for
  std::size_t queries_ = 0;                                   // names of pending_ that are out
  std::uint64_t asked_for_ = 0;                               // names ever
  bool sending_ = false;                                      // send_queries() is on the stack
  std::unordered_set<std::uint64_t> fresh_;                   // numbers of those out that count against max_queries
  std::deque<std::pair<MonoMs, std::uint64_t>> fresh_until_;  // also of some that are answered

  std::deque<Query*> tcp_line_;                      // cut answers, to be asked for over TCP
  std::vector<Query*> over_tcp_;                     // those that are
  std::vector<std::unique_ptr<NameChannel>> ended_;  // their channels, which may be on the stack

  std::vector<Pending*> doubted_;        // failed, and wait for the answer of the root
  std::vector<std::uint64_t> given_up_;  // tickets that do
  bool asking_root_ = false;             // its query is out
  bool heard_ = false;                   // a message has ever come
  bool root_answered_ = false;           // once, and not by an error
  Obstacle obstacle_ = Obstacle::kNone;  // the last verdict
  MonoMs root_due_ = 0;                  // with an obstacle: when to ask again; 0: no verdict yet
};

/// Whether this machine has a route and a global address to reach the public IPv6 internet from. Sends nothing.
bool has_global_ipv6();

/// Whether name servers written like this can be used.
Result<> check_nameservers(const std::vector<std::string>& nameservers);

}  // namespace wswp::net
