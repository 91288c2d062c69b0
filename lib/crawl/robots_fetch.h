#pragma once
// Fetches a host's /robots.txt, through up to five redirects, also to other hosts (RFC 9309 2.3.1.2).

#include <functional>
#include <string>

#include "base/clock.h"
#include "net/fetch_loop.h"
#include "robots/fetch_policy.h"

namespace wswp::crawl {

class RobotsFetch final : public net::FetchHandler {
 public:
  struct Answer {
    bool again = false;  // none yet: the request is to be sent once more, by go_on(), and that is no other try
    robots::Fetched fetched;
    net::FetchError error = net::FetchError::kNone;
    Obstacle obstacle = Obstacle::kNone;       // kLocal
    bool elsewhere = false;                    // a redirect led away from the host; `error` is that of another
    net::Manner manner = net::Manner::kUsual;  // that the host has been found to need
    std::string_view body;                     // good during the call
  };
  using OnAnswer = std::function<void(const Answer&)>;

  /// `loop` outlives the fetch; `on_answer` is called once for each start() and go_on().
  RobotsFetch(net::FetchLoop& loop, const Clock& clock, OnAnswer on_answer)
      : loop_(loop), clock_(clock), on_answer_(std::move(on_answer)) {}

  void start(const std::string& origin);
  /// After an answer that is to be asked for again: at once, so the delay is the caller's.
  void go_on() { request(elsewhere_); }

  void on_head(const net::ResponseHead& head) override;
  bool on_body(std::string_view piece) override;
  void on_done(const net::Response& response) override;

 private:
  /// Goes on to where a redirect leads; false: it leads nowhere.
  bool follow(std::string_view location);
  void request(bool last);
  /// Whether the request is to be sent once more; takes note of the manner.
  bool repeats(const net::Response& response);

  net::FetchLoop& loop_;
  const Clock& clock_;
  OnAnswer on_answer_;
  std::string url_, body_;
  int hops_ = 0;
  bool elsewhere_ = false;
  bool wants_body_ = false;
  bool repeated_ = false;                     // the present request, in the same manner
  net::Manner manner_ = net::Manner::kUsual;  // of the present origin
};

}  // namespace wswp::crawl
