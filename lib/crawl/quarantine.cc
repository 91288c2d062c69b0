#include "crawl/quarantine.h"

#include <algorithm>
#include <utility>

namespace wswp::crawl {
namespace {

auto is(frontier::CrawlId crawl, frontier::HostId host) {
  return [=](const auto& one) { return one.crawl == crawl && one.host == host; };
}

}  // namespace

void TrialBoard::put(const frontier::UrlKey& url) {
  const auto free = std::find_if(marks_.begin(), marks_.end(), [](const WorkMark& mark) { return !mark.get(); });
  if (free != marks_.end()) free->set(url);
}

void TrialBoard::clear(frontier::CrawlId crawl, frontier::HostId host) {
  for (WorkMark& mark : marks_) {
    const auto url = mark.get();
    if (url && is(crawl, host)(*url)) mark.clear();
  }
  const auto url = alone.get();
  if (url && is(crawl, host)(*url)) alone.clear();
}

void TrialBoard::clear() {
  for (WorkMark& mark : marks_) mark.clear();
  alone.clear();
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
    return std::any_of(death.on_trial.begin(), death.on_trial.end(), is(host.crawl, host.host));
  };
  Findings findings;
  for (const frontier::HeldHost& host : held) {
    if (death.alone && is(host.crawl, host.host)(*death.alone)) {
      findings.guilty = death.alone;
    } else {
      (on_trial(host) ? findings.alone : findings.together).push_back(host);
    }
  }
  return findings;
}

Quarantine::Quarantine(Findings findings, TrialBoard& board)
    : alone_(findings.alone.begin(), findings.alone.end()),
      together_(findings.together.begin(), findings.together.end()),
      board_(&board) {
  for (const frontier::HeldHost& host : alone_) board.put({.crawl = host.crawl, .host = host.host});
}

std::optional<frontier::HeldHost> Quarantine::next(ScheduleMs now) const {
  const bool single = !alone_.empty() || (board_ != nullptr && board_->alone.get());
  if (out_.size() >= (single ? 1 : kSuspectsAtATime)) return std::nullopt;
  const std::deque<frontier::HeldHost>& suspects = alone_.empty() ? together_ : alone_;
  const auto due =
      std::find_if(suspects.begin(), suspects.end(), [&](const auto& host) { return host.ready_at <= now; });
  return due == suspects.end() ? std::nullopt : std::optional(*due);
}

void Quarantine::begins(const frontier::UrlKey& url) {
  if (alone_.empty()) {
    board_->put(url);
  } else {
    board_->alone.set(url);
  }
  drop(url.crawl, url.host);
  out_.push_back({.crawl = url.crawl, .host = url.host});
}

void Quarantine::ended(frontier::CrawlId crawl, frontier::HostId host) {
  if (board_ == nullptr) return;
  drop(crawl, host);
  std::erase_if(out_, is(crawl, host));
  board_->clear(crawl, host);
}

void Quarantine::drop(frontier::CrawlId crawl, frontier::HostId host) {
  std::erase_if(alone_, is(crawl, host));
  std::erase_if(together_, is(crawl, host));
}

}  // namespace wswp::crawl
