#pragma once
// The server's end of TLS, with the certificate of tests/data/tls: what is inside goes to a conversation, and what goes
// out may be tampered with, record by record. Belongs to the server's thread.

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>

#include "delivery.h"

namespace wswp::fuzz {

struct TlsOptions {
  std::string certificate;      // a file with key and certificate
  std::string protocol;         // for ALPN: "http/1.1" or "h2"
  bool mixes_versions = false;  // every other host speaks TLS 1.2 at most
};

class TlsContext {
 public:
  explicit TlsContext(const TlsOptions& options);
  SSL_CTX* get() const { return context_.get(); }

 private:
  static int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                             unsigned in_size, void* options);
  static int choose_version(SSL* ssl, int* alert, void* options);

  const TlsOptions options_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
};

class TlsConversation : public Conversation {
 public:
  /// `is_h2`: HTTP/2 was agreed upon; else it is HTTP/1.
  using Inner = std::function<std::unique_ptr<Conversation>(bool is_h2)>;
  /// What becomes of the bytes of the flight with this number, from 0, of a connection to `host`.
  using Tamper = std::function<Delivery(const std::string& host, int flight, std::string bytes)>;

  TlsConversation(const TlsContext& context, Inner inner, Tamper tamper);
  Delivery received(std::string_view bytes) override;

 private:
  std::string read_all();
  std::string outgoing();
  void send(Delivery& to, std::string bytes);
  std::string host() const;
  bool is_h2() const;

  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  BIO* in_;   // ssl_'s
  BIO* out_;  // ssl_'s
  const Inner make_inner_;
  const Tamper tamper_;
  std::unique_ptr<Conversation> inner_;
  int flight_ = 0;
};

}  // namespace wswp::fuzz
