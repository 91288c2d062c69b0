#include "daemon/api/server.h"

#include <microhttpd.h>
#include <strings.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "base/log.h"
#include "daemon/api/peer.h"

namespace wswp::api {
namespace {

constexpr unsigned kMaxConnections = 128;
constexpr std::size_t kConnectionBytes = std::size_t{256} * 1024;  // head, and the largest piece of a body
constexpr unsigned kIdleSeconds = 60;
constexpr std::size_t kStreamBlock = std::size_t{64} * 1024;

/// A request between its head and the end of its answer.
struct Exchange {
  Request request;
  std::optional<Response> response;
  std::unique_ptr<Upload> upload;
};

Response forbidden() {
  return error_response(403, "forbidden", "only root, the daemon's user and members of its group may use this socket");
}

/// Runs `ask`; what it throws becomes an answer. Nothing may be thrown through the server library.
template <class Ask>
auto answered(const Request& request, Ask&& ask) -> decltype(ask()) {
  try {
    return ask();
  } catch (const frontier::Unavailable& e) {
    return error_response(503, "storage", e.what());
  } catch (const std::exception& e) {
    log::error("{} {}: {}", request.method, request.path, e.what());
    return error_response(500, "internal", e.what());
  }
}

bool allowed(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info == nullptr) return false;
  const auto peer = peer_of(info->connect_fd);
  return peer && may_use(*peer, ::geteuid(), ::getegid());
}

MHD_Result take_parameter(void* cls, MHD_ValueKind /*kind*/, const char* key, const char* value) {
  static_cast<Query*>(cls)->set(key, value == nullptr ? "" : value);
  return MHD_YES;
}

/// The client waits for leave to send its body, so a refusal need not wait for the body.
bool expects_leave(MHD_Connection* connection) {
  const char* expect = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_EXPECT);
  return expect != nullptr && ::strcasecmp(expect, "100-continue") == 0;
}

ssize_t read_stream(void* cls, std::uint64_t /*position*/, char* out, std::size_t size) {
  const auto n = static_cast<BodyStream*>(cls)->read({out, size});
  if (!n) return MHD_CONTENT_READER_END_WITH_ERROR;
  return *n == 0 ? MHD_CONTENT_READER_END_OF_STREAM : static_cast<ssize_t>(*n);
}

void drop_stream(void* cls) {
  delete static_cast<BodyStream*>(cls);
}

MHD_Result send(MHD_Connection* connection, Response response) {
  MHD_Response* message = nullptr;
  if (response.stream) {
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, 0U);  // the client may be slow
    message = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kStreamBlock, read_stream, response.stream.get(),
                                                drop_stream);
    if (message != nullptr) static_cast<void>(response.stream.release());
  } else {
    message = MHD_create_response_from_buffer(response.body.size(), response.body.data(), MHD_RESPMEM_MUST_COPY);
  }
  if (message == nullptr) return MHD_NO;
  MHD_add_response_header(message, MHD_HTTP_HEADER_CONTENT_TYPE, response.content_type.c_str());
  if (!response.allow.empty()) MHD_add_response_header(message, MHD_HTTP_HEADER_ALLOW, response.allow.c_str());
  const MHD_Result queued = MHD_queue_response(connection, response.status, message);
  MHD_destroy_response(message);
  return queued;
}

void log_library(void* /*cls*/, const char* format, va_list arguments) {
  std::array<char, 512> text{};
  std::vsnprintf(text.data(), text.size(), format, arguments);
  log::debug("http: {}", text.data());
}

}  // namespace

class Server::Impl {
 public:
  Impl(std::vector<Route> routes, Context& context) : router_(std::move(routes)), context_(context) {}

  bool start(int listen_fd) {
    const unsigned flags =
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    daemon_ = MHD_start_daemon(flags, 0, nullptr, nullptr, &Impl::on_request, this, MHD_OPTION_EXTERNAL_LOGGER,
                               &log_library, nullptr, MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT,
                               kMaxConnections, MHD_OPTION_CONNECTION_TIMEOUT, kIdleSeconds,
                               MHD_OPTION_NOTIFY_COMPLETED, &Impl::on_completed, this, MHD_OPTION_END);
    return daemon_ != nullptr;
  }

  void stop(std::chrono::milliseconds grace) {
    if (daemon_ == nullptr) return;
    MHD_quiesce_daemon(daemon_);  // gives the listening socket back, which is the supervisor's
    {
      std::unique_lock lock(mutex_);
      idle_.wait_for(lock, grace, [this] { return active_ == 0; });
    }
    context_.stopping().request_stop();
    MHD_stop_daemon(daemon_);
    daemon_ = nullptr;
  }

 private:
  static MHD_Result on_request(void* cls, MHD_Connection* connection, const char* url, const char* method,
                               const char* /*version*/, const char* data, std::size_t* size, void** exchange) {
    auto* self = static_cast<Impl*>(cls);
    if (*exchange == nullptr) {
      auto begun = std::make_unique<Exchange>();
      begun->request.method = method;
      begun->request.path = url;
      *exchange = begun.get();
      return self->begin(connection, *begun.release());
    }
    auto& known = *static_cast<Exchange*>(*exchange);
    if (*size != 0) {
      if (known.upload) known.upload->body({data, *size});
      *size = 0;
      return MHD_YES;
    }
    return self->finish(connection, known);
  }

  static void on_completed(void* cls, MHD_Connection* /*connection*/, void** exchange,
                           MHD_RequestTerminationCode /*code*/) {
    if (*exchange == nullptr) return;
    delete static_cast<Exchange*>(*exchange);
    *exchange = nullptr;
    static_cast<Impl*>(cls)->count(-1);
  }

  /// The head is there: decides who may ask, and asks the resource.
  MHD_Result begin(MHD_Connection* connection, Exchange& exchange) {
    count(+1);
    Request& request = exchange.request;
    log::debug("{} {}", request.method, request.path);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &take_parameter, &request.query);
    Answer answer = allowed(connection)
                        ? answered(request, [&]() -> Answer { return router_.answer(context_, request); })
                        : Answer(forbidden());
    if (auto* upload = std::get_if<std::unique_ptr<Upload>>(&answer)) {
      MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, 0U);  // so may be a list that is piped in
      exchange.upload = std::move(*upload);
      return MHD_YES;
    }
    exchange.response = std::get<Response>(std::move(answer));
    return expects_leave(connection) ? finish(connection, exchange) : MHD_YES;
  }

  /// The body is complete.
  static MHD_Result finish(MHD_Connection* connection, Exchange& exchange) {
    if (auto upload = std::move(exchange.upload))
      exchange.response = answered(exchange.request, [&]() -> Response { return upload->finish(); });
    if (!exchange.response) return MHD_NO;
    return send(connection, std::move(*std::exchange(exchange.response, std::nullopt)));
  }

  void count(int change) {
    const std::lock_guard lock(mutex_);
    active_ += change;
    if (active_ == 0) idle_.notify_all();
  }

  const Router router_;
  Context& context_;
  MHD_Daemon* daemon_ = nullptr;
  std::mutex mutex_;
  std::condition_variable idle_;
  int active_ = 0;  // requests being answered; under mutex_
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<Server>> Server::start(int listen_fd, std::vector<Route> routes, Context& context) {
  auto impl = std::make_unique<Impl>(std::move(routes), context);
  if (!impl->start(listen_fd)) return Error{"cannot serve the control socket"};
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

void Server::stop(std::chrono::milliseconds grace) {
  impl_->stop(grace);
}

}  // namespace wswp::api
