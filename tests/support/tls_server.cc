#include "support/tls_server.h"

#include <stdexcept>

#include "support/eventually.h"

namespace wswp::test {
namespace {

const std::string kCertificates = std::string(TESTS_DIR) + "/data/tls";

}  // namespace

TlsServer::TlsServer(const std::string& script)
    : process_({"/usr/bin/python3", std::string(TESTS_DIR) + "/support/" + script, kCertificates}) {
  if (!eventually([this] { return process_.out().find('\n') != std::string::npos || !process_.running(); }))
    throw std::runtime_error(script + " does not start: " + process_.err());
  port_ = process_.out().substr(0, process_.out().find('\n'));
  if (port_.empty()) throw std::runtime_error(script + ": " + process_.err());
}

std::string TlsServer::requests() const {
  const std::string out = process_.out();
  return out.substr(out.find('\n') + 1);
}

std::string TlsServer::ca_file() {
  return kCertificates + "/ca.pem";
}

}  // namespace wswp::test
