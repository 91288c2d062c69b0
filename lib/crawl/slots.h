#pragma once
// How a fetch thread shares its transfers between hosts that answer and hosts that may never do. The book of one
// thread's visits: who has a slot, who waits for one, whose host is silent.
//
//              admitted() ─▶ waits ─ began() ─▶ has a slot ─ rests(), left() ─▶ has none
//                              ▲                  │      ▲
//                              └── rested() ──    └ tick ┴ heard()
//                                                 silent
//
// The rule (docs/ARCHITECTURE.md, "Slots"): a visit whose host has answered, lately or in this visit, is proven. One
// whose request has waited for the first byte of its answer for longer than patience_ms() is silent, and holds no slot
// any more. `transfers` slots are there for all others, where an unproven one counts as much as unproven ones have
// lately answered in time. Silent ones may be `spare` at most, and three quarters of that before no unproven visit is
// begun. Of four visits that are begun, three are proven ones, as long as both kinds wait.
//
// Pure. All of it belongs to one thread, except wanted(), runs_dry() and admitted(), which any may call.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "base/clock.h"
#include "frontier/types.h"

namespace wswp::crawl {

/// The place of one visit in the book.
struct Seat {
  enum class State : std::uint8_t { kNone, kWaiting, kBusy, kSilent };
  State state = State::kNone;
  bool proven = false;
  bool failed = false;        // its host had failed, and has not answered since
  bool asking = false;        // a request is out, and nothing of its answer has come
  std::uint32_t request = 0;  // which one of the visit
  MonoMs asked_ms = 0;        // when that was
};

class Slots {
 public:
  /// Visits that rest between two requests cost only memory; so many for each transfer are held at most.
  static constexpr std::size_t kRestingPerTransfer = 8;
  static constexpr std::int64_t kLeastPatienceMs = 100;
  static constexpr std::int64_t kMostPatienceMs = 2'000;
  /// A host never tried may be silent for so long, even where others wait for its place.
  static constexpr std::int64_t kShortestSilenceMs = 3'000;

  Slots(std::size_t transfers, std::size_t spare) : transfers_(transfers), spare_(spare) {}

  /// How many visits could be used now.
  frontier::Seats wanted() const;
  /// It has fewer visits than transfers.
  bool runs_dry() const { return weighed(proven_, unproven_) + waiting_ < static_cast<std::int64_t>(transfers_); }

  /// A visit comes to the thread, and waits for a slot. Its seat is what seat_of() says.
  void admitted(frontier::Standing standing);
  static Seat seat_of(frontier::Standing standing);

  /// Whether a visit of that kind may have a slot now.
  bool may_begin(bool proven) const;
  /// With both kinds waiting: which one is to have the next slot.
  bool proven_is_next() const { return begun_ % 4 != 3; }

  void began(Seat& seat);
  /// Its next request comes later; it needs no slot till then.
  void rests(Seat& seat);
  /// It waits for a slot again.
  void rested(Seat& seat);
  /// It ends, in whatever state it is.
  void left(Seat& seat);

  /// A request of visit `id`, which has a slot, goes out.
  void asks(Seat& seat, std::uint64_t id, MonoMs now);
  /// Something of the answer has come.
  void heard(Seat& seat, MonoMs now);
  /// Takes the slots of those who have been silent for too long. `seat_of_visit(id)` is the seat, or null if it has
  /// left.
  template <class SeatOfVisit>
  void tick(MonoMs now, const SeatOfVisit& seat_of_visit) {
    for (const bool proven : {false, true}) {
      std::deque<Asked>& asked = asked_[proven];
      for (; !asked.empty() && asked.front().asked_ms + patience_ms(proven) <= now; asked.pop_front()) {
        Seat* seat = seat_of_visit(asked.front().visit);
        if (seat != nullptr && seat->asking && seat->request == asked.front().request) {
          fell_silent(*seat);
          if (!seat->proven && !seat->failed) untried_.push_back(asked.front());
        }
      }
    }
  }
  /// Whose visit is to be put off: that of the host never tried which has been silent longest, if others wait and there
  /// is no room.
  template <class SeatOfVisit>
  std::optional<std::uint64_t> to_put_off(MonoMs now, const SeatOfVisit& seat_of_visit) {
    while (is_short_of_room() && !untried_.empty() && untried_.front().asked_ms + kShortestSilenceMs <= now) {
      const Asked first = untried_.front();
      untried_.pop_front();
      const Seat* seat = seat_of_visit(first.visit);
      if (seat != nullptr && seat->asking && seat->request == first.request) return first.visit;
    }
    return std::nullopt;
  }
  /// When tick() has something to do, in milliseconds from `now`; `else_ms` where that is sooner.
  std::int64_t tick_ms(MonoMs now, std::int64_t else_ms) const;

  /// How long a host of that kind may be silent: twice what its answers take to begin, within bounds. To one that is
  /// not proven there are a name and a connection to be had first.
  std::int64_t patience_ms(bool proven) const;
  /// Visits whose host is silent.
  std::int64_t silent() const { return silent_; }

 private:
  struct Asked {
    MonoMs asked_ms;
    std::uint64_t visit;
    std::uint32_t request;
  };
  void fell_silent(Seat& seat);
  bool is_short_of_room() const { return spare_ > 0 && room(false) < waiting_; }
  /// Takes the seat out of the count that it is in.
  void uncount(const Seat& seat);
  std::int64_t weighed(std::int64_t proven, std::int64_t unproven) const;
  /// Silent and other transfers there may be, before an unproven one, or any, is begun.
  std::int64_t room(bool proven) const;

  const std::size_t transfers_, spare_;
  // Of proven visits those that have a slot or wait for one; of the others the two apart.
  std::atomic<std::int64_t> proven_ = 0, unproven_ = 0, waiting_ = 0, silent_ = 0;
  std::atomic<std::int64_t> failed_ = 0;  // of hosts that had failed, and have not answered since
  std::atomic<std::int64_t> held_ = 0;    // all, resting ones too
  std::int64_t busy_proven_ = 0;          // of proven_, those that have a slot
  std::uint64_t begun_ = 0;
  // By whether the visit was proven when it asked:
  std::array<std::deque<Asked>, 2> asked_;  // in the order in which they went out
  std::deque<Asked> untried_;               // of hosts never tried those that fell silent, in that order
  std::array<double, 2> first_byte_ms_{kMostPatienceMs / 4.0, kMostPatienceMs / 4.0};  // smoothed
  std::atomic<double> hope_ = 1;  // the share of unproven ones that answer in time, smoothed
};

}  // namespace wswp::crawl
