#pragma once
// An HTTP server behind TLS on 127.0.0.1, in Python. By default it is tls_server.py, whose certificates are those of
// tests/data/tls, good and bad: the one asked for is named by the first label of the host name. h2_server.py speaks
// HTTP/2, and that label names what it does wrong. One thread.
//
//   good, other      signed by ca.pem, for good.test and other.test
//   expired, early   the same, but no longer, or not yet, valid
//   self             for self.test, signed by itself

#include <string>

#include "support/process.h"

namespace wswp::test {

class TlsServer {
 public:
  explicit TlsServer(const std::string& script = "tls_server.py");

  /// "127.0.0.1:port".
  std::string authority() const { return "127.0.0.1:" + port_; }
  /// A line for each request that came through: "host target", or "label version" of h2_server.py.
  std::string requests() const;

  static std::string ca_file();

 private:
  Process process_;
  std::string port_;
};

}  // namespace wswp::test
