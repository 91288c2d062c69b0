#include "net/curl_error.h"

#include <cerrno>
#include <charconv>

namespace wswp::net {
namespace {

/// The error of a connect(2) that failed, or of a connection that broke.
FetchError error_of_errno(long os_errno, FetchError otherwise) {
  switch (os_errno) {
    case ECONNREFUSED:
      return FetchError::kRefused;
    case ECONNRESET:
    case EPIPE:
      return FetchError::kReset;
    case ETIMEDOUT:
      return FetchError::kConnectTimeout;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return FetchError::kLocal;
    default:
      return otherwise;
  }
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Of a handshake that failed: whether the connection ended in it, which says nothing about certificates and versions.
bool ended_in_handshake(const CurlVerdict& verdict) {
  return verdict.os_errno == ECONNRESET || verdict.os_errno == EPIPE ||
         contains(verdict.message, "unexpected eof") ||   // of OpenSSL 3
         contains(verdict.message, "SSL_ERROR_SYSCALL");  // of OpenSSL, where the system names no error
}

/// OpenSSL's word on a connection that has been used already: an alert, or a record that is none.
bool is_of_tls(std::string_view message) {
  return contains(message, "SSL routines") && !contains(message, "unexpected eof");
}

/// The error of an HTTP/2 stream, whose code (RFC 9113 7) stands in curl's message: "… CANCEL (err 8)".
FetchError error_of_stream(std::string_view message) {
  constexpr std::string_view kBefore = "(err ";
  const std::size_t at = message.find(kBefore);
  unsigned code = 0;  // NO_ERROR
  if (at != std::string_view::npos) {
    std::from_chars(message.data() + at + kBefore.size(), message.data() + message.size(), code);
  }
  switch (code) {
    case 0x0:
    case 0x2:  // INTERNAL_ERROR
    case 0x4:  // SETTINGS_TIMEOUT
    case 0x7:  // REFUSED_STREAM
    case 0x8:  // CANCEL
    case 0xb:  // ENHANCE_YOUR_CALM
    case 0xd:  // HTTP_1_1_REQUIRED
      return FetchError::kReset;
    case 0xc:  // INADEQUATE_SECURITY
      return FetchError::kTls;
    default:
      return FetchError::kProtocol;
  }
}

/// The error of a transfer that goes to the server itself, or through a proxy that works.
FetchError error_of_code(const CurlVerdict& verdict) {
  switch (verdict.code) {
    case CURLE_OK:
      return FetchError::kNone;
    case CURLE_COULDNT_RESOLVE_HOST:
      return FetchError::kDns;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      return FetchError::kProxy;
    case CURLE_COULDNT_CONNECT:
      return error_of_errno(verdict.os_errno, FetchError::kUnreachable);
    case CURLE_OPERATION_TIMEDOUT:
      return verdict.sent ? FetchError::kTimeout : FetchError::kConnectTimeout;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      if (contains(verdict.message, "chunk") || contains(verdict.message, "nghttp2")) return FetchError::kProtocol;
      if (is_of_tls(verdict.message)) return FetchError::kTls;
      return verdict.os_errno == ETIMEDOUT ? FetchError::kTimeout
                                           : error_of_errno(verdict.os_errno, FetchError::kReset);
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:  // the session is over, mostly by a GOAWAY, and the answer has not come
      return FetchError::kReset;
    case CURLE_HTTP2_STREAM:
      return error_of_stream(verdict.message);
    case CURLE_PARTIAL_FILE:
      return FetchError::kPartial;
    case CURLE_BAD_CONTENT_ENCODING:
      return FetchError::kEncoding;
    case CURLE_SSL_CONNECT_ERROR:
      return ended_in_handshake(verdict) ? FetchError::kReset : FetchError::kTls;
    case CURLE_SSL_CLIENTCERT:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_SHUTDOWN_FAILED:
      return FetchError::kTls;
    case CURLE_URL_MALFORMAT:
      return FetchError::kInvalidUrl;
    case CURLE_UNSUPPORTED_PROTOCOL:  // an answer without a status line, too: HTTP/0.9
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_FUNCTION_ARGUMENT:  // a header line that libcurl cannot file, as a first one that begins with a
                                       // blank
    case CURLE_HTTP3:
      return FetchError::kProtocol;
    case CURLE_OUT_OF_MEMORY:  // curl's word for a header line of more than 100 kB, too
      return verdict.sent ? FetchError::kProtocol : FetchError::kLocal;
    case CURLE_SSL_CACERT_BADFILE:  // the file with the trusted certificates could not be opened
      return FetchError::kLocal;
    default:
      return FetchError::kInternal;
  }
}

}  // namespace

FetchError error_of(const CurlVerdict& verdict) {
  const FetchError error = error_of_code(verdict);
  if (!verdict.by_proxy || error == FetchError::kNone) return error;
  const bool tunnel_refused = verdict.connect_status >= 300;
  return tunnel_refused || verdict.code == CURLE_COULDNT_CONNECT ? FetchError::kProxy : error;
}

}  // namespace wswp::net
