#include "crawl/slots.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace wswp::crawl {
namespace {

using State = Seat::State;

constexpr double kFirstByteWeight = 1.0 / 16;
constexpr double kHopeWeight = 1.0 / 64;
constexpr double kLeastHope = 0.25;
/// Most requests are answered before their patience ends, and a thread need not wake up to find that out of each.
constexpr std::int64_t kTickMs = 10;

/// Visits handed out beyond the transfers, so that a thread need not wait for the next group.
std::int64_t reserve_for(std::size_t transfers) {
  return static_cast<std::int64_t>(transfers / 2);
}

std::size_t count(std::int64_t number) {
  return static_cast<std::size_t>(std::max<std::int64_t>(number, 0));
}

}  // namespace

frontier::Seats Slots::wanted() const {
  const auto transfers = static_cast<std::int64_t>(transfers_);
  const std::int64_t most = transfers + reserve_for(transfers_);
  const std::int64_t most_held =
      most * static_cast<std::int64_t>(kRestingPerTransfer) + static_cast<std::int64_t>(spare_);
  const std::int64_t waiting = waiting_;
  const std::int64_t open = std::max<std::int64_t>(room(false), 0);
  const std::int64_t left = std::min(most - weighed(proven_, unproven_), most_held - held_);
  // Where there is no room some wait all the same: for whom somebody silent may be put off.
  const std::int64_t unproven = std::min(left, open + std::max<std::int64_t>(transfers / 4, 1)) - waiting;
  const std::int64_t most_failed = (transfers + static_cast<std::int64_t>(spare_)) / 2;
  return {.all = count(left - std::min(waiting, open)),
          .unproven = count(unproven),
          .failed = count(std::min(unproven, most_failed - failed_))};
}

std::int64_t Slots::room(bool proven) const {
  const auto spare = static_cast<std::int64_t>(proven ? spare_ : spare_ - spare_ / 4);
  return static_cast<std::int64_t>(transfers_) + spare - proven_ - unproven_ - silent_;
}

std::int64_t Slots::weighed(std::int64_t proven, std::int64_t unproven) const {
  return proven + static_cast<std::int64_t>(std::ceil(hope_ * static_cast<double>(unproven)));
}

Seat Slots::seat_of(frontier::Standing standing) {
  return {.state = State::kWaiting,
          .proven = standing == frontier::Standing::kAnswered,
          .failed = standing == frontier::Standing::kFailed};
}

void Slots::admitted(frontier::Standing standing) {
  ++held_;
  ++(standing == frontier::Standing::kAnswered ? proven_ : waiting_);
  if (standing == frontier::Standing::kFailed) ++failed_;
}

bool Slots::may_begin(bool proven) const {
  const std::int64_t queued = proven_ - busy_proven_;  // counted in room(), but not on the wire
  return weighed(busy_proven_, unproven_) < static_cast<std::int64_t>(transfers_) && room(proven) + queued > 0;
}

void Slots::uncount(const Seat& seat) {
  switch (seat.state) {
    case State::kNone:
      return;
    case State::kWaiting:
      --(seat.proven ? proven_ : waiting_);
      return;
    case State::kBusy:
      --(seat.proven ? proven_ : unproven_);
      if (seat.proven) --busy_proven_;
      return;
    case State::kSilent:
      --silent_;
      return;
  }
}

void Slots::began(Seat& seat) {
  uncount(seat);
  seat.state = State::kBusy;
  ++(seat.proven ? proven_ : unproven_);
  if (seat.proven) ++busy_proven_;
  ++begun_;
}

void Slots::rests(Seat& seat) {
  uncount(seat);
  seat.state = State::kNone;
  seat.asking = false;
}

void Slots::rested(Seat& seat) {
  uncount(seat);
  seat.state = State::kWaiting;
  ++(seat.proven ? proven_ : waiting_);
}

void Slots::left(Seat& seat) {
  rests(seat);
  if (seat.failed) --failed_;
  --held_;
}

void Slots::asks(Seat& seat, std::uint64_t id, MonoMs now) {
  seat.asking = true;
  ++seat.request;
  seat.asked_ms = now;
  asked_[seat.proven].push_back({now, id, seat.request});
}

void Slots::heard(Seat& seat, MonoMs now) {
  if (!seat.asking) return;
  seat.asking = false;
  double& usual_ms = first_byte_ms_[seat.proven];
  usual_ms += (static_cast<double>(now - seat.asked_ms) - usual_ms) * kFirstByteWeight;
  if (!seat.proven) hope_ = hope_ + (1 - hope_) * kHopeWeight;
  uncount(seat);
  seat.proven = true;
  if (std::exchange(seat.failed, false)) --failed_;
  seat.state = State::kBusy;
  ++proven_;
  ++busy_proven_;
}

void Slots::fell_silent(Seat& seat) {
  if (seat.state != State::kBusy) return;
  uncount(seat);
  seat.state = State::kSilent;
  ++silent_;
  if (!seat.proven) hope_ = std::max(hope_ - hope_ * kHopeWeight, kLeastHope);
}

std::int64_t Slots::tick_ms(MonoMs now, std::int64_t else_ms) const {
  for (const bool proven : {false, true}) {
    if (asked_[proven].empty()) continue;
    else_ms = std::min(else_ms, std::max(asked_[proven].front().asked_ms + patience_ms(proven) - now, kTickMs));
  }
  if (is_short_of_room() && !untried_.empty()) {
    else_ms = std::min(else_ms, std::max(untried_.front().asked_ms + kShortestSilenceMs - now, kTickMs));
  }
  return else_ms;
}

std::int64_t Slots::patience_ms(bool proven) const {
  return std::clamp(std::llround(2 * first_byte_ms_[proven]), static_cast<long long>(kLeastPatienceMs),
                    static_cast<long long>(kMostPatienceMs));
}

}  // namespace wswp::crawl
