#pragma once
// Why a transfer failed, in the words of the results view's `error` column. Pure.

#include <cstdint>
#include <string_view>

namespace wswp::net {

enum class FetchError : std::uint8_t {
  kNone,            // there is a response: any status, also 4xx and 5xx
  kDns,             // the name does not exist, has no address, or no name server answered in time
  kConnectTimeout,  // no connection (TCP and TLS) within connect_timeout
  kTimeout,         // connected, but not done within timeout
  kRefused,         // nobody listens there
  kUnreachable,     // no route to the address
  kReset,           // the server hung up without an answer or in the middle of one
  kTls,             // handshake failed, or the certificate is not valid for the name
  kProtocol,        // not HTTP, or broken HTTP
  kPartial,         // the body is shorter than announced
  kEncoding,        // the body is not what Content-Encoding says
  kPrivateAddress,  // refused by the address policy; nothing was sent
  kProxy,           // the proxy cannot be reached or said no
  kInvalidUrl,      // not an absolute http or https URL
  kAborted,         // ended by FetchLoop::abort_all
  kLocal,           // this machine is short of something (Response::obstacle); says nothing about the URL
  kInternal,        // a failure of libcurl that none of these names
};

/// "dns", "connect_timeout", … (the enumerator's name in snake_case); "" for kNone. Stable: results are stored by it.
std::string_view to_string(FetchError error);

/// Whether trying again later makes sense: true for what depends on the moment (names, routes, servers, this machine),
/// false for what the same URL would meet again (tls, protocol, encoding, private_address, invalid_url) and for kNone.
bool may_pass(FetchError error);

}  // namespace wswp::net
