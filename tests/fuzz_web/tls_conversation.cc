#include "tls_conversation.h"

#include <openssl/err.h>

#include <array>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <xxhash.h>

namespace wswp::fuzz {

TlsContext::TlsContext(const TlsOptions& options)
    : options_(options), context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
  SSL_CTX* const context = context_.get();
  if (SSL_CTX_use_PrivateKey_file(context, options.certificate.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_use_certificate_chain_file(context, options.certificate.c_str()) != 1)
    throw std::runtime_error("no certificate in " + options.certificate);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, const_cast<TlsOptions*>(&options_));
  SSL_CTX_set_client_hello_cb(context, choose_version, const_cast<TlsOptions*>(&options_));
}

int TlsContext::choose_protocol(SSL* /*ssl*/, const unsigned char** out, unsigned char* out_size,
                                const unsigned char* in, unsigned in_size, void* options) {
  const std::string& wanted = static_cast<const TlsOptions*>(options)->protocol;
  const std::string offered(reinterpret_cast<const char*>(in), in_size);
  const std::size_t at = offered.find(static_cast<char>(wanted.size()) + wanted);
  if (at == std::string::npos) return SSL_TLSEXT_ERR_NOACK;
  *out = in + at + 1;
  *out_size = static_cast<unsigned char>(wanted.size());
  return SSL_TLSEXT_ERR_OK;
}

int TlsContext::choose_version(SSL* ssl, int* /*alert*/, void* options) {
  const unsigned char* name = nullptr;
  std::size_t size = 0;
  const bool mixes = static_cast<const TlsOptions*>(options)->mixes_versions;
  if (mixes && SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &name, &size) == 1 &&
      XXH3_64bits(name, size) % 2 == 0)
    SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
  return SSL_CLIENT_HELLO_SUCCESS;
}

TlsConversation::TlsConversation(const TlsContext& context, Inner inner, Tamper tamper)
    : ssl_(SSL_new(context.get()), SSL_free),
      in_(BIO_new(BIO_s_mem())),
      out_(BIO_new(BIO_s_mem())),
      make_inner_(std::move(inner)),
      tamper_(std::move(tamper)) {
  SSL_set_bio(ssl_.get(), in_, out_);
  SSL_set_accept_state(ssl_.get());
}

std::string TlsConversation::host() const {
  const char* const name = SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name);
  return name == nullptr ? "" : name;
}

bool TlsConversation::is_h2() const {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &name, &size);
  return std::string_view(reinterpret_cast<const char*>(name), size) == "h2";
}

std::string TlsConversation::read_all() {
  std::string plain;
  std::array<char, 16384> piece{};
  int count = 0;
  while ((count = SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size()))) > 0)
    plain.append(piece.data(), static_cast<std::size_t>(count));
  ERR_clear_error();
  return plain;
}

std::string TlsConversation::outgoing() {
  char* data = nullptr;
  const long size = BIO_get_mem_data(out_, &data);
  std::string bytes(data, size > 0 ? static_cast<std::size_t>(size) : 0);
  BIO_reset(out_);
  return bytes;
}

void TlsConversation::send(Delivery& to, std::string bytes) {
  if (bytes.empty()) return;
  Delivery tampered = tamper_(host(), flight_++, std::move(bytes));
  std::move(tampered.pieces.begin(), tampered.pieces.end(), std::back_inserter(to.pieces));
  if (tampered.end != End::kKeep) to.end = tampered.end;
}

Delivery TlsConversation::received(std::string_view bytes) {
  BIO_write(in_, bytes.data(), static_cast<int>(bytes.size()));
  Delivery all;
  const std::string plain = read_all();
  send(all, outgoing());
  if (!SSL_is_init_finished(ssl_.get()) || plain.empty() || !goes_on(all.end)) return all;
  if (inner_ == nullptr) inner_ = make_inner_(is_h2());
  Delivery inside = inner_->received(plain);
  all.pause_ms = inside.pause_ms;
  for (const std::string& piece : inside.pieces) {
    SSL_write(ssl_.get(), piece.data(), static_cast<int>(piece.size()));
    send(all, outgoing());
  }
  if (goes_on(all.end) && inside.end != End::kKeep) all.end = inside.end;
  return all;
}

}  // namespace wswp::fuzz
