#include "crawl/quarantine.h"

#include <algorithm>
#include <utility>

namespace wswp::crawl {

void TrialBoard::put(const frontier::UrlKey& url) {
  const auto free = std::find_if(marks_.begin(), marks_.end(), [](const WorkMark& mark) { return !mark.get(); });
  if (free != marks_.end()) free->set(url);
}

void TrialBoard::clear(frontier::CrawlId crawl, frontier::HostId host) {
  for (WorkMark& mark : marks_) {
    const auto url = mark.get();
    if (url && url->crawl == crawl && url->host == host) mark.clear();
  }
}

void TrialBoard::clear() {
  for (WorkMark& mark : marks_) mark.clear();
  alone = false;
}

std::vector<frontier::UrlKey> TrialBoard::on_trial() const {
  std::vector<frontier::UrlKey> urls;
  for (const WorkMark& mark : marks_) {
    if (const auto url = mark.get()) urls.push_back(*url);
  }
  return urls;
}

Findings inquest(const Death& death, std::span<const frontier::HeldHost> held) {
  const auto on_trial = [&](const frontier::HeldHost& host) {
    return std::any_of(death.on_trial.begin(), death.on_trial.end(),
                       [&](const frontier::UrlKey& url) { return url.crawl == host.crawl && url.host == host.host; });
  };
  Findings findings;
  for (const frontier::HeldHost& host : held) (on_trial(host) ? findings.alone : findings.together).push_back(host);
  if (!death.alone || findings.alone.size() != 1) return findings;
  findings.guilty = death.on_trial.front();
  findings.alone.clear();
  return findings;
}

Quarantine::Quarantine(Findings findings, TrialBoard& board)
    : alone_(findings.alone.begin(), findings.alone.end()),
      together_(findings.together.begin(), findings.together.end()),
      board_(&board) {}

std::optional<frontier::HeldHost> Quarantine::next(ScheduleMs now) {
  const bool single = !alone_.empty() || (board_ != nullptr && board_->alone);
  if (out_.size() >= (single ? 1 : kSuspectsAtATime)) return std::nullopt;
  std::deque<frontier::HeldHost>& suspects = alone_.empty() ? together_ : alone_;
  const auto due =
      std::find_if(suspects.begin(), suspects.end(), [&](const auto& host) { return host.ready_at <= now; });
  if (due == suspects.end()) return std::nullopt;
  board_->alone = !alone_.empty();
  const frontier::HeldHost host = *due;
  suspects.erase(due);
  out_.push_back(host);
  return host;
}

void Quarantine::begins(const frontier::UrlKey& url) {
  board_->put(url);
}

void Quarantine::ended(frontier::CrawlId crawl, frontier::HostId host) {
  const auto same = [&](const frontier::HeldHost& out) { return out.crawl == crawl && out.host == host; };
  if (std::erase_if(out_, same) == 0) return;
  board_->clear(crawl, host);
  if (out_.empty()) board_->alone = false;
}

}  // namespace wswp::crawl
