#include "crawl/verdict.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/http_date.h"
#include "html/mime.h"

namespace wswp::crawl {
namespace {

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool redirects(const net::ResponseHead& head) {
  return is_redirect(head.status) && (!head.location.empty() || head.bad_location);
}

bool is_no_page(std::string_view content_type) {
  const std::string essence = html::extract_mime_type(content_type).essence;
  return !html::is_unknown(essence) && !html::is_html(essence);
}

bool is_cut_without_loss(const net::Response& response) {
  return response.error == net::FetchError::kTimeout && response.head.status >= 200 && response.head.status < 300 &&
         is_no_page(response.head.content_type);
}

}  // namespace

bool is_body_failure(const net::Response& response) {
  switch (response.error) {
    case net::FetchError::kTimeout:
    case net::FetchError::kReset:
    case net::FetchError::kProtocol:
    case net::FetchError::kPartial:
    case net::FetchError::kEncoding:
      return response.head.status != 0;
    default:
      return false;
  }
}

Verdict judge(const net::Response& response, WallMs now) {
  if (redirects(response.head) && (response.error == net::FetchError::kNone || is_body_failure(response))) {
    return {.next = Next::kRedirect};
  }
  if (is_cut_without_loss(response)) return {.cut = true};
  if (response.error != net::FetchError::kNone) {
    return {.next = net::may_pass(response.error) ? Next::kRetry : Next::kRecord,
            .error = net::to_string(response.error)};
  }
  const int status = response.head.status;
  if (status == 429 || status >= 500) {
    return {.next = Next::kRetry, .error = "http_status", .asked_ms = retry_after_ms(response.head.retry_after, now)};
  }
  return {};
}

bool is_host_failure(net::FetchError error) {
  switch (error) {
    case net::FetchError::kDns:
    case net::FetchError::kConnectTimeout:
    case net::FetchError::kRefused:
    case net::FetchError::kUnreachable:
    case net::FetchError::kTls:
    case net::FetchError::kPrivateAddress:
    case net::FetchError::kProxy:
      return true;
    default:
      return false;
  }
}

std::int64_t retry_after_ms(std::string_view value, WallMs now) {
  constexpr std::int64_t kLongestMs = 24LL * 3600 * 1000;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  const bool too_many_digits = error == std::errc::result_out_of_range;
  if ((error == std::errc() || too_many_digits) && end == value.data() + value.size()) {
    if (too_many_digits) return value.starts_with('-') ? 0 : kLongestMs;
    return std::clamp<std::int64_t>(seconds, 0, kLongestMs / 1000) * 1000;
  }
  const std::optional<WallMs> date = parse_http_date(value, now);
  return date ? std::clamp<std::int64_t>(*date - now, 0, kLongestMs) : 0;
}

}  // namespace wswp::crawl
