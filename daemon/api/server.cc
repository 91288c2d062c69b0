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
#include "daemon/api/connections.h"
#include "daemon/api/failures.h"
#include "daemon/api/peer.h"
#include "daemon/api/request_line.h"

namespace wswp::api {
namespace {

constexpr Connections::Limits kLimits{.connections = 320, .long_requests = 256};
constexpr unsigned kLibraryConnections = 384;  // surplus ones are let in to be told so
constexpr std::size_t kStreamBlock = std::size_t{32} * 1024;

/// A request between its head and the end of its answer.
struct Exchange {
  Request request;
  std::optional<Response> response;
  std::unique_ptr<Upload> upload;
};

/// What is known of a connection, from its start to its end.
struct Line {
  Connections::Connection* connection = nullptr;
  RequestLine head;  // of the present request
};

Response forbidden() {
  return error_response(403, "forbidden", "only root, the daemon's user and members of its group may use this socket");
}

Response busy() {
  Response response = error_response(503, "busy", "the daemon serves as many clients as it can; try again");
  response.last = true;
  return response;
}

bool allowed(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info == nullptr) return false;
  const auto peer = peer_of(info->connect_fd);
  return peer && may_use(*peer, ::geteuid(), ::getegid());
}

/// Null: there was no memory for it.
Line* line_of(MHD_Connection* connection) {
  return static_cast<Line*>(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
}

void set_patience(MHD_Connection* connection, unsigned seconds) {
  MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);  // 0: none
}

/// Of the library, through which nothing may be thrown.
struct Parameters {
  Query* query;
  std::exception_ptr failed = nullptr;
};

MHD_Result take_parameter(void* cls, MHD_ValueKind /*kind*/, const char* key, const char* value) {
  auto& parameters = *static_cast<Parameters*>(cls);
  try {
    parameters.query->set(key, value == nullptr ? "" : value);
    return MHD_YES;
  } catch (...) {
    parameters.failed = std::current_exception();
    return MHD_NO;
  }
}

void read_query(MHD_Connection* connection, Query& query) {
  Parameters parameters{&query};
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &take_parameter, &parameters);
  if (parameters.failed) std::rethrow_exception(parameters.failed);
}

/// The client waits for leave to send its body, so a refusal need not wait for the body.
bool expects_leave(MHD_Connection* connection) {
  const char* expect = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_EXPECT);
  return expect != nullptr && ::strcasecmp(expect, "100-continue") == 0;
}

ssize_t read_stream(void* cls, std::uint64_t /*position*/, char* out, std::size_t size) {
  try {
    const auto n = static_cast<BodyStream*>(cls)->read({out, size});
    if (!n) return MHD_CONTENT_READER_END_WITH_ERROR;
    return *n == 0 ? MHD_CONTENT_READER_END_OF_STREAM : static_cast<ssize_t>(*n);
  } catch (...) {
    return MHD_CONTENT_READER_END_WITH_ERROR;
  }
}

void drop_stream(void* cls) {
  delete static_cast<BodyStream*>(cls);
}

MHD_Result send(MHD_Connection* connection, Response response, const Server::Patience& patience) {
  MHD_Response* message = nullptr;
  set_patience(connection, response.stream ? patience.unread_s : patience.idle_s);
  if (response.stream) {
    message = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kStreamBlock, read_stream, response.stream.get(),
                                                drop_stream);
    if (message != nullptr) static_cast<void>(response.stream.release());
  } else {
    message = MHD_create_response_from_buffer(response.body.size(), response.body.data(), MHD_RESPMEM_MUST_COPY);
  }
  if (message == nullptr) return MHD_NO;
  MHD_add_response_header(message, MHD_HTTP_HEADER_CONTENT_TYPE, response.content_type.c_str());
  if (!response.allow.empty()) MHD_add_response_header(message, MHD_HTTP_HEADER_ALLOW, response.allow.c_str());
  if (response.last) MHD_add_response_header(message, MHD_HTTP_HEADER_CONNECTION, "close");
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
  Impl(std::vector<Route> routes, Context& context, Patience patience)
      : router_(std::move(routes)), context_(context), patience_(patience) {}

  bool start(int listen_fd) {
    const unsigned flags =
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    daemon_ = MHD_start_daemon(flags, 0, nullptr, nullptr, &Impl::on_request, this, MHD_OPTION_EXTERNAL_LOGGER,
                               &log_library, nullptr, MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT,
                               kLibraryConnections, MHD_OPTION_CONNECTION_TIMEOUT, patience_.idle_s,
                               MHD_OPTION_NOTIFY_CONNECTION, &Impl::on_connection, this, MHD_OPTION_URI_LOG_CALLBACK,
                               &Impl::on_uri, this, MHD_OPTION_UNESCAPE_CALLBACK, &Impl::on_escaped, this,
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

  bool take_lull() { return connections_.take_lull(); }

 private:
  // Nothing may be thrown through the library, which calls these; where there is no memory even for an answer that says
  // so, the connection ends.

  static void on_connection(void* cls, MHD_Connection* connection, void** line, MHD_ConnectionNotificationCode code) {
    auto* self = static_cast<Impl*>(cls);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
      *line = self->begin_line(connection);
    } else if (const std::unique_ptr<Line> ended{static_cast<Line*>(*line)}) {
      self->connections_.remove(ended->connection);
    }
  }

  /// Before the library cuts the target into its parts. What it returns is the request's exchange: none yet.
  static void* on_uri(void* /*cls*/, const char* uri, MHD_Connection* connection) {
    if (Line* line = line_of(connection)) line->head.begin(uri);
    return nullptr;
  }

  static std::size_t on_escaped(void* /*cls*/, MHD_Connection* connection, char* text) {
    Line* line = line_of(connection);
    return line == nullptr ? RequestLine().unescape(text) : line->head.unescape(text);
  }

  static MHD_Result on_request(void* cls, MHD_Connection* connection, const char* url, const char* method,
                               const char* version, const char* data, std::size_t* size, void** exchange) {
    auto* self = static_cast<Impl*>(cls);
    try {
      if (*exchange == nullptr) {
        if (line_of(connection) == nullptr) return MHD_NO;
        auto begun = std::make_unique<Exchange>();
        begun->request.method = method;
        begun->request.path = url;
        *exchange = begun.get();
        const bool intact = line_of(connection)->head.intact(method, url, version);
        return self->begin(connection, *begun.release(), intact);
      }
      auto& known = *static_cast<Exchange*>(*exchange);
      if (*size == 0) return self->finish(connection, known);
      if (known.upload) take_piece(known, {data, *size});
      *size = 0;
      return MHD_YES;
    } catch (...) {
      return MHD_NO;
    }
  }

  static void on_completed(void* cls, MHD_Connection* connection, void** exchange,
                           MHD_RequestTerminationCode /*code*/) {
    if (*exchange == nullptr) return;
    auto* self = static_cast<Impl*>(cls);
    delete static_cast<Exchange*>(*exchange);
    *exchange = nullptr;
    self->connections_.end_request(*line_of(connection)->connection, self->context_.clock().mono_ms());
    set_patience(connection, self->patience_.idle_s);
    self->count(-1);
  }

  Line* begin_line(MHD_Connection* connection) noexcept {
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    try {
      auto line = std::make_unique<Line>();
      line->connection = connections_.add(info->connect_fd, context_.clock().mono_ms());
      return line.release();
    } catch (...) {
      return nullptr;
    }
  }

  static void take_piece(Exchange& exchange, std::string_view piece) {
    try {
      exchange.upload->body(piece);
    } catch (...) {
      exchange.response = response_to_exception(exchange.request);
      exchange.upload.reset();
    }
  }

  /// The head is there: decides who may ask, and asks the resource.
  MHD_Result begin(MHD_Connection* connection, Exchange& exchange, bool intact) {
    count(+1);
    Request& request = exchange.request;
    log::debug("{} {}", request.method, request.path);
    Connections::Connection& place = *line_of(connection)->connection;
    if (!connections_.begin_request(place)) return send(connection, busy(), patience_);
    set_patience(connection, 0);  // until there is an answer
    Answer answer = answered(request, [&]() -> Answer {
      if (!allowed(connection)) return forbidden();
      if (!intact) return bad_request("a zero byte in the request");
      read_query(connection, request.query);
      return router_.answer(context_, request);
    });
    auto* upload = std::get_if<std::unique_ptr<Upload>>(&answer);
    const bool is_long = upload != nullptr || std::get<Response>(answer).stream != nullptr;
    if (is_long && !connections_.begin_long_request(place)) return send(connection, busy(), patience_);
    if (upload != nullptr) {
      exchange.upload = std::move(*upload);  // a list may be piped in, and take its time
      return MHD_YES;
    }
    set_patience(connection, patience_.idle_s);  // for a body, which nobody wants
    exchange.response = std::get<Response>(std::move(answer));
    return expects_leave(connection) ? finish(connection, exchange) : MHD_YES;
  }

  /// The body is complete.
  MHD_Result finish(MHD_Connection* connection, Exchange& exchange) {
    if (auto upload = std::move(exchange.upload))
      exchange.response = answered(exchange.request, [&]() -> Response { return upload->finish(); });
    if (!exchange.response) return MHD_NO;
    return send(connection, std::move(*std::exchange(exchange.response, std::nullopt)), patience_);
  }

  void count(int change) {
    const std::lock_guard lock(mutex_);
    active_ += change;
    if (active_ == 0) idle_.notify_all();
  }

  const Router router_;
  Context& context_;
  const Patience patience_;
  Connections connections_{kLimits};
  MHD_Daemon* daemon_ = nullptr;
  std::mutex mutex_;
  std::condition_variable idle_;
  int active_ = 0;  // requests being answered; under mutex_
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<Server>> Server::start(int listen_fd, std::vector<Route> routes, Context& context,
                                              Patience patience) {
  auto impl = std::make_unique<Impl>(std::move(routes), context, patience);
  if (!impl->start(listen_fd)) return Error{"cannot serve the control socket"};
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

void Server::stop(std::chrono::milliseconds grace) {
  impl_->stop(grace);
}

bool Server::take_lull() {
  return impl_->take_lull();
}

}  // namespace wswp::api
