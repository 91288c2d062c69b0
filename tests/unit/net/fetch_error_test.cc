#include "net/fetch_error.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <set>
#include <string_view>

#include "net/curl_error.h"

namespace wswp::net {
namespace {

TEST(FetchError, EveryNameIsItsOwn) {
  std::set<std::string_view> names;
  constexpr int kCount = static_cast<int>(FetchError::kInternal) + 1;
  for (int i = 0; i < kCount; ++i) names.insert(to_string(static_cast<FetchError>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kCount));
  EXPECT_EQ(to_string(FetchError::kNone), "");
  EXPECT_EQ(to_string(FetchError::kConnectTimeout), "connect_timeout");
  EXPECT_EQ(to_string(FetchError::kPrivateAddress), "private_address");
}

TEST(FetchError, WhatMayPass) {
  EXPECT_TRUE(may_pass(FetchError::kDns));
  EXPECT_TRUE(may_pass(FetchError::kReset));
  EXPECT_TRUE(may_pass(FetchError::kTimeout));
  EXPECT_FALSE(may_pass(FetchError::kNone));
  EXPECT_FALSE(may_pass(FetchError::kTls));
  EXPECT_FALSE(may_pass(FetchError::kPrivateAddress));
}

TEST(CurlError, IsMapped) {
  const struct {
    CURLcode code;
    long os_errno;
    bool sent;
    FetchError expected;
  } kCases[] = {
      {CURLE_OK, 0, true, FetchError::kNone},
      {CURLE_COULDNT_RESOLVE_HOST, 0, false, FetchError::kDns},
      {CURLE_COULDNT_CONNECT, ECONNREFUSED, false, FetchError::kRefused},
      {CURLE_COULDNT_CONNECT, ENETUNREACH, false, FetchError::kUnreachable},
      {CURLE_COULDNT_CONNECT, EHOSTUNREACH, false, FetchError::kUnreachable},
      {CURLE_COULDNT_CONNECT, ETIMEDOUT, false, FetchError::kConnectTimeout},
      {CURLE_COULDNT_CONNECT, EMFILE, false, FetchError::kLocal},
      {CURLE_OPERATION_TIMEDOUT, 0, false, FetchError::kConnectTimeout},
      {CURLE_OPERATION_TIMEDOUT, 0, true, FetchError::kTimeout},
      {CURLE_RECV_ERROR, ECONNRESET, true, FetchError::kReset},
      {CURLE_SEND_ERROR, EPIPE, true, FetchError::kReset},
      {CURLE_GOT_NOTHING, 0, true, FetchError::kReset},
      {CURLE_PARTIAL_FILE, 0, true, FetchError::kPartial},
      {CURLE_BAD_CONTENT_ENCODING, 0, true, FetchError::kEncoding},
      {CURLE_PEER_FAILED_VERIFICATION, 0, false, FetchError::kTls},
      {CURLE_SSL_CONNECT_ERROR, ECONNRESET, false, FetchError::kReset},
      {CURLE_SSL_CONNECT_ERROR, EPIPE, false, FetchError::kReset},
      {CURLE_SSL_CONNECT_ERROR, 0, false, FetchError::kTls},
      {CURLE_SSL_CLIENTCERT, 0, false, FetchError::kTls},
      {CURLE_UNSUPPORTED_PROTOCOL, 0, true, FetchError::kProtocol},
      {CURLE_WEIRD_SERVER_REPLY, 0, true, FetchError::kProtocol},
      {CURLE_BAD_FUNCTION_ARGUMENT, 0, true, FetchError::kProtocol},
      {CURLE_HTTP2, 0, true, FetchError::kReset},
      {CURLE_OUT_OF_MEMORY, 0, true, FetchError::kProtocol},
      {CURLE_OUT_OF_MEMORY, 0, false, FetchError::kLocal},
      {CURLE_SSL_CACERT_BADFILE, 0, false, FetchError::kLocal},
      {CURLE_URL_MALFORMAT, 0, false, FetchError::kInvalidUrl},
      {CURLE_FAILED_INIT, 0, false, FetchError::kInternal},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(to_string(error_of({c.code, c.os_errno, c.sent})), to_string(c.expected)) << curl_easy_strerror(c.code);
  }
}

TEST(CurlError, IsToldByItsMessageWhereTheCodeIsNotEnough) {
  const struct {
    CURLcode code;
    std::string_view message;
    FetchError expected;
  } kCases[] = {
      {CURLE_SSL_CONNECT_ERROR, "error:0A000126:SSL routines::unexpected eof while reading", FetchError::kReset},
      {CURLE_SSL_CONNECT_ERROR, "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to a:443 ", FetchError::kReset},
      {CURLE_SSL_CONNECT_ERROR, "error:0A00010B:SSL routines::wrong version number", FetchError::kTls},
      {CURLE_RECV_ERROR, "OpenSSL SSL_read: error:0A000126:SSL routines::unexpected eof while reading, errno 0",
       FetchError::kReset},
      {CURLE_RECV_ERROR, "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
       FetchError::kTls},
      {CURLE_RECV_ERROR, "Illegal or missing hexadecimal sequence in chunked-encoding", FetchError::kProtocol},
      {CURLE_RECV_ERROR, "h2_process_pending_input: nghttp2_session_mem_recv() returned -902:The user callback",
       FetchError::kProtocol},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)", FetchError::kReset},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 3 was not closed cleanly: REFUSED_STREAM (err 7)", FetchError::kReset},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was not closed cleanly: CANCEL (err 8)", FetchError::kReset},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was not closed cleanly: ENHANCE_YOUR_CALM (err 11)", FetchError::kReset},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was not closed cleanly: HTTP_1_1_REQUIRED (err 13)", FetchError::kReset},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was closed cleanly, but before getting  all response header fields",
       FetchError::kReset},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was not closed cleanly: INADEQUATE_SECURITY (err 12)", FetchError::kTls},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was not closed cleanly: PROTOCOL_ERROR (err 1)", FetchError::kProtocol},
      {CURLE_HTTP2_STREAM, "HTTP/2 stream 1 was not closed cleanly: unknown (err 4294967295)", FetchError::kProtocol},
  };
  for (const auto& c : kCases) {
    const CurlVerdict verdict{.code = c.code, .sent = c.code != CURLE_SSL_CONNECT_ERROR, .message = c.message};
    EXPECT_EQ(to_string(error_of(verdict)), to_string(c.expected)) << c.message;
  }
}

TEST(CurlError, AProxyTakesTheBlameForItsOwnFailures) {
  EXPECT_EQ(error_of({CURLE_COULDNT_CONNECT, ECONNREFUSED, false, true}), FetchError::kProxy);
  EXPECT_EQ(error_of({CURLE_RECV_ERROR, 0, true, true, 407}), FetchError::kProxy);
  EXPECT_EQ(error_of({CURLE_PEER_FAILED_VERIFICATION, 0, false, true, 200}), FetchError::kTls);
}

}  // namespace
}  // namespace wswp::net
