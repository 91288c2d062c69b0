// How a transfer has ended, and whether its request may be sent once more.

#include <string_view>

#include "net/curl_error.h"
#include "net/transfer.h"

namespace wswp::net {

bool Transfer::decoded_nothing() const {
  constexpr curl_off_t kLongestOfNothing = 64;
  if (bytes_ > 0) return false;
  curl_off_t received = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &received);
  return received > kLongestOfNothing;
}

FetchError Transfer::judge(CURLcode code) {
  if (!repeat_ && !proxied() && !head_.complete()) repeat_ = manner_of_repeat(code);
  return error_of_end(code);
}

std::optional<Manner> Transfer::manner_of_repeat(CURLcode code) const {
  const std::string_view message = message_.data();
  long opened = 0;
  curl_easy_getinfo(easy(), CURLINFO_NUM_CONNECTS, &opened);
  if (code == CURLE_HTTP2 && manner_ == Manner::kUsual) return Manner::kHttp1;  // the session is over: a GOAWAY
  if (code == CURLE_PARTIAL_FILE && opened == 0) return manner_;                // so is one that has been kept
  const bool unreadable = (head_.framing().folded && head_.framing().sound()) ||
                          (code == CURLE_WEIRD_SERVER_REPLY && (message.starts_with("Header without colon") ||
                                                                message.starts_with("Invalid Content-Length")));
  if (unreadable && manner_ != Manner::kFiltered) return Manner::kFiltered;
  return std::nullopt;
}

bool Transfer::lacks_end(CURLcode code) const {
  const Framing& framing = head_.framing();
  const bool ends_with_connection = framing.lengths.empty() && framing.transfer_codings.empty();
  return code == CURLE_PARTIAL_FILE || (code == CURLE_OK && ends_with_connection);
}

FetchError Transfer::error_of_end(CURLcode code) const {
  if (enough_) return FetchError::kNone;
  if (malformed_) return FetchError::kProtocol;
  if (repeat_ && *repeat_ != Manner::kFiltered) return FetchError::kReset;
  if (relay_ != nullptr && relay_->broken() && lacks_end(code)) return FetchError::kReset;
  if (!head_.complete()) {
    if (head_.switches_protocol()) return FetchError::kProtocol;
    // A body whose decoder gives up on it.
    const bool undecodable = code == CURLE_WRITE_ERROR || code == CURLE_BAD_CONTENT_ENCODING;
    if (undecodable && !head_.has_status()) return FetchError::kProtocol;
    if (code == CURLE_OK || code == CURLE_PARTIAL_FILE) return FetchError::kReset;  // before the end of the header
  } else if (code == CURLE_OK || code == CURLE_WRITE_ERROR) {
    // The latter is a decoder that is given more after the end of its data; to browsers, that is no part of the body.
    return decoded_nothing() ? FetchError::kEncoding : FetchError::kNone;
  }
  if (refused_ && code == CURLE_COULDNT_CONNECT) return FetchError::kPrivateAddress;
  if (obstacle != Obstacle::kNone && code == CURLE_COULDNT_CONNECT) return FetchError::kLocal;
  CurlVerdict verdict;
  verdict.code = code;
  verdict.message = message_.data();
  verdict.by_proxy = proxied();
  long request_size = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &verdict.os_errno);
  curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &request_size);
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &verdict.connect_status);
  verdict.sent = request_size > 0;
  return error_of(verdict);
}

bool Transfer::repeats() {
  if (proxied() || repeat_) return repeat_.has_value();
  long sent = 0;
  if (curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &sent) != CURLE_OK || sent == 0) return false;
  // libcurl 7.88 says the latter where it is about to repeat a request for that reason, and for no other.
  const std::string_view message = message_.data();
  const bool asks_for_http1 =
      message.find("HTTP_1_1_REQUIRED") != std::string_view::npos || message == "Empty reply from server";
  repeat_ = asks_for_http1 && manner_ == Manner::kUsual ? Manner::kHttp1 : manner_;
  return true;
}

}  // namespace wswp::net
