#include "crawl/robots_fetch.h"

#include <utility>

#include "crawl/verdict.h"
#include "robots/rules.h"
#include "url/url.h"

namespace wswp::crawl {

void RobotsFetch::start(const std::string& origin) {
  url_ = origin + "/robots.txt";
  hops_ = 0;
  elsewhere_ = false;
  repeated_ = false;
  manner_ = net::Manner::kUsual;
  request(false);
}

void RobotsFetch::request(bool last) {
  body_.clear();
  loop_.start({.url = url_, .last = last, .max_body = robots::kFetchBytes, .manner = manner_}, *this);
}

void RobotsFetch::on_head(const net::ResponseHead& head) {
  wants_body_ = head.status >= 200 && head.status < 300;
}

bool RobotsFetch::on_body(std::string_view piece) {
  if (wants_body_) body_.append(piece);
  return true;
}

bool RobotsFetch::follow(std::string_view location) {
  const Result<url::Url> from = url::parse(url_);
  url::Url to;
  if (!from || !url::resolve(location, *from, to)) return false;
  url_ = to.href();
  if (to.origin() != from->origin()) {
    elsewhere_ = true;
    manner_ = net::Manner::kUsual;
  }
  repeated_ = false;
  request(elsewhere_);
  return true;
}

bool RobotsFetch::repeats(const net::Response& response) {
  if (!response.repeat) return false;
  const bool other_manner = std::exchange(manner_, *response.repeat) != *response.repeat;
  return other_manner || !std::exchange(repeated_, true);
}

void RobotsFetch::on_done(const net::Response& response) {
  if (repeats(response)) return on_answer_({.again = true});
  Answer answer{.fetched = {},
                .error = response.error,
                .obstacle = response.obstacle,
                .elsewhere = elsewhere_,
                .manner = elsewhere_ ? net::Manner::kUsual : manner_,
                .body = body_};
  // Without its body only a robots.txt is no answer; an error page that broke off has said all that counts.
  const bool told = response.error == net::FetchError::kNone || (!wants_body_ && is_body_failure(response));
  if (told) {
    answer.error = net::FetchError::kNone;
    const int status = response.head.status;
    if (status >= 300 && status < 400 && !response.head.location.empty() && hops_ < robots::kMaxRedirects) {
      ++hops_;
      if (follow(response.head.location)) return;
    }
    answer.fetched.status = status;
    answer.fetched.too_many_redirects = status >= 300 && status < 400 && hops_ >= robots::kMaxRedirects;
    answer.fetched.cache_control = response.head.cache_control;
    answer.fetched.expires = response.head.expires;
    answer.fetched.date = response.head.date;
    answer.fetched.age = response.head.age;
    const std::int64_t asked_ms = retry_after_ms(response.head.retry_after, clock_.wall_ms());
    if (asked_ms > 0) answer.fetched.retry_after_s = (asked_ms + 999) / 1000;  // not a moment before
  }
  on_answer_(answer);
}

}  // namespace wswp::crawl
