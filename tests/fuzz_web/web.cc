#include "web.h"

#include <utility>

#include "http1_answers.h"
#include "http2_answers.h"
#include "http2_conversation.h"
#include "tls_conversation.h"
#include "tls_tampering.h"

namespace wswp::fuzz {
namespace {

std::unique_ptr<Conversation> speak_http1(const Ground& ground) {
  return std::make_unique<Http1Conversation>(ground.log, ground.answer);
}

Delivery right_answer(std::uint64_t /*seed*/, const Asked& asked) {
  return healthy_http1_answer(asked);
}

Delivery untouched(std::string bytes) {
  Delivery delivery;
  delivery.append(std::move(bytes));
  return delivery;
}

Delivery leave_alone(const std::string& /*host*/, int /*flight*/, std::string bytes) {
  return untouched(std::move(bytes));
}

/// With a client of an HTTP/2 web that has been told to (HTTP_1_1_REQUIRED).
std::unique_ptr<Conversation> speak_http1_after_all(const Ground& ground) {
  return std::make_unique<Http1Conversation>(ground.log, [&seed = ground.seed](const Asked& asked) {
    return is_healthy(asked.host) ? healthy_http1_answer(asked) : http1_answer(seed, asked);
  });
}

/// Tampers with one connection to a hostile host.
TlsConversation::Tamper tamper_with(const Ground& ground) {
  return [ground, connection = 0](const std::string& host, int flight, std::string bytes) mutable {
    if (is_healthy(host)) return untouched(std::move(bytes));
    if (flight == 0) connection = ground.log.note(host, "tls").attempt;
    return tampered(ground.seed, host, connection, flight, std::move(bytes));
  };
}

}  // namespace

Web http1_web() {
  Web web;
  web.hostile = http1_answer;
  web.healthy = healthy_http1_answer;
  web.greet = speak_http1;
  return web;
}

Web http2_web() {
  Web web;
  web.scheme = "https";
  web.hostile = http2_answer;
  web.healthy = healthy_http2_answer;
  const auto context = std::make_shared<TlsContext>(TlsOptions{.certificate = CERTIFICATE, .protocol = "h2"});
  web.greet = [context](const Ground& ground) {
    const auto speak = [ground](bool is_h2) -> std::unique_ptr<Conversation> {
      if (is_h2) return std::make_unique<Http2Conversation>(ground.log, ground.answer);
      return speak_http1_after_all(ground);
    };
    return std::make_unique<TlsConversation>(*context, speak, leave_alone);
  };
  return web;
}

Web tls_web() {
  Web web;
  web.scheme = "https";
  web.hostile = right_answer;
  web.healthy = healthy_http1_answer;
  const auto context = std::make_shared<TlsContext>(
      TlsOptions{.certificate = CERTIFICATE, .protocol = "http/1.1", .mixes_versions = true});
  web.greet = [context](const Ground& ground) {
    return std::make_unique<TlsConversation>(
        *context, [ground](bool) { return speak_http1(ground); }, tamper_with(ground));
  };
  return web;
}

Web names_web() {
  Web web;
  web.hostile = right_answer;
  web.healthy = healthy_http1_answer;
  web.greet = speak_http1;
  web.hosts = 150;
  web.hostile_names = true;
  return web;
}

}  // namespace wswp::fuzz
