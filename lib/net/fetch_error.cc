#include "net/fetch_error.h"

namespace wswp::net {

std::string_view to_string(FetchError error) {
  switch (error) {
    case FetchError::kNone:
      return "";
    case FetchError::kDns:
      return "dns";
    case FetchError::kConnectTimeout:
      return "connect_timeout";
    case FetchError::kTimeout:
      return "timeout";
    case FetchError::kRefused:
      return "refused";
    case FetchError::kUnreachable:
      return "unreachable";
    case FetchError::kReset:
      return "reset";
    case FetchError::kTls:
      return "tls";
    case FetchError::kProtocol:
      return "protocol";
    case FetchError::kPartial:
      return "partial";
    case FetchError::kEncoding:
      return "encoding";
    case FetchError::kPrivateAddress:
      return "private_address";
    case FetchError::kProxy:
      return "proxy";
    case FetchError::kInvalidUrl:
      return "invalid_url";
    case FetchError::kAborted:
      return "aborted";
    case FetchError::kLocal:
      return "local";
    case FetchError::kInternal:
      return "internal";
  }
  return "internal";
}

bool may_pass(FetchError error) {
  switch (error) {
    case FetchError::kDns:
    case FetchError::kConnectTimeout:
    case FetchError::kTimeout:
    case FetchError::kRefused:
    case FetchError::kUnreachable:
    case FetchError::kReset:
    case FetchError::kPartial:
    case FetchError::kProxy:
    case FetchError::kAborted:
    case FetchError::kLocal:
    case FetchError::kInternal:
      return true;
    case FetchError::kNone:
    case FetchError::kTls:
    case FetchError::kProtocol:
    case FetchError::kEncoding:
    case FetchError::kPrivateAddress:
    case FetchError::kInvalidUrl:
      return false;
  }
  return false;
}

}  // namespace wswp::net
