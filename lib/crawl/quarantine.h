#pragma once
// Finds the URL that kills whoever asks for it, where a process has died and nothing says of which one.
//
//   a process dies ──▶ all that it had in flight is suspected, and stays leased to its number
//     the next one asks for suspects alone, eight at a time ──▶ it dies: these eight are asked for one by one
//                                                                 it dies: that one is guilty
//
// So an innocent URL is asked for again at most twice. Nothing else is in flight meanwhile in that process; others go
// on. What is on trial stands on the TrialBoard, in shared memory, where the next process finds it, until it has been
// asked for by itself; what is suspected stands in the database, as the leases of the number.
//
//   TrialBoard   what is on trial
//   inquest()    what follows from a death; pure
//   Quarantine   which suspects are visited when
//
// The board is written by the store thread of a worker and read by the next process; the rest belongs to one thread.

#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "crawl/work_mark.h"
#include "frontier/types.h"

namespace wswp::crawl {

/// Suspects that are visited at a time.
inline constexpr std::size_t kSuspectsAtATime = 8;

/// Zeros at first: nothing is on trial.
class TrialBoard {
 public:
  /// It is visited, or is to be visited by itself; of the latter the rank is of no interest.
  void put(const frontier::UrlKey& url);
  /// The host has been found innocent.
  void clear(frontier::CrawlId crawl, frontier::HostId host);
  void clear();
  std::vector<frontier::UrlKey> on_trial() const;
  /// What is visited by itself at this moment; it is on trial as well.
  WorkMark alone;

 private:
  std::array<WorkMark, kSuspectsAtATime> marks_;
};

/// How a process ended that has crashed, and nothing tells what it worked on.
struct Death {
  std::vector<frontier::UrlKey> on_trial{};  // at that moment
  std::optional<frontier::UrlKey> alone{};   // TrialBoard::alone
};

struct Findings {
  std::optional<frontier::UrlKey> guilty;    // proven
  std::vector<frontier::HeldHost> alone;     // to be visited one by one
  std::vector<frontier::HeldHost> together;  // and eight at a time
};

/// `held`: what the process had leased. All of it is in `alone` or `together`, except the guilty one.
Findings inquest(const Death& death, std::span<const frontier::HeldHost> held);

class Quarantine {
 public:
  Quarantine() = default;
  /// `board` outlives it, and is empty; those to be visited one by one are put on it.
  Quarantine(Findings findings, TrialBoard& board);

  /// There is no suspect any more.
  bool over() const { return alone_.empty() && together_.empty() && out_.empty(); }
  /// The next suspect that may be visited now, if there is one. The same until it begins() or has ended().
  std::optional<frontier::HeldHost> next(ScheduleMs now) const;
  /// next() is about to be visited for this URL; before its visit is handed out.
  void begins(const frontier::UrlKey& url);
  /// What it was visited for has been recorded, or there was nothing to visit it for.
  void ended(frontier::CrawlId crawl, frontier::HostId host);

 private:
  /// Takes a host out of those that wait.
  void drop(frontier::CrawlId crawl, frontier::HostId host);

  std::deque<frontier::HeldHost> alone_, together_;
  std::vector<frontier::HeldHost> out_;  // visited now
  TrialBoard* board_ = nullptr;
};

}  // namespace wswp::crawl
