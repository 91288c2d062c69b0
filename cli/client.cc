#include "cli/client.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/unreachable.h"

namespace wswp::cli {

/// One request and what has come back of it so far.
struct Client::Exchange {
  std::string path;
  bool post = false;
  bool remove = false;
  const ReadBytes* read = nullptr;  // the body of the request; null: none
  const TakeBytes* take = nullptr;  // takes the body of a 2xx answer; null: kept in `body`
  long timeout_s = 0;               // 0: none

  CURL* curl = nullptr;
  std::string body = {};
  std::optional<Error> read_error = {};
  bool given_up = false;  // `take` wants no more
  bool sending = false;   // some of the body may have arrived
  int refused = 0;        // errno of a connection that did not come about
  MonoMs longest_ms = 0;  // that `take` has kept a piece waiting

  int status() const {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
  }
  bool accepted() const { return status() >= 200 && status() < 300; }
};

namespace {

constexpr long kAnswerTimeoutS = 60;
constexpr timeval kConnectTime{.tv_sec = 5, .tv_usec = 0};  // for a socket whose queue of connections is full
constexpr MonoMs kUnreadMs = 55'000;  // the daemon ends an answer of which nothing is read for 60 s
constexpr long kUploadBufferBytes = 256L * 1024;

template <class Exchange>
std::size_t on_answer(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view piece(data, size * count);
  if (exchange.take == nullptr || !exchange.accepted()) {
    exchange.body += piece;
    return piece.size();
  }
  const MonoMs before = SystemClock().mono_ms();
  exchange.given_up = !(*exchange.take)(piece);
  exchange.longest_ms = std::max(exchange.longest_ms, SystemClock().mono_ms() - before);
  return exchange.given_up ? 0 : piece.size();
}

template <class Exchange>
std::size_t on_body(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  exchange.sending = true;
  auto got = (*exchange.read)(buffer, size * count);
  if (got) return *got;
  exchange.read_error = got.error();
  return CURL_READFUNC_ABORT;
}

/// A socket for curl, once another one has been let in: curl itself takes a full queue for a connection, and would not
/// wait for room.
template <class Exchange>
curl_socket_t open_socket(void* user, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(user);
  const FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ::setsockopt(probe.get(), SOL_SOCKET, SO_SNDTIMEO, &kConnectTime, sizeof(kConnectTime));
  const int socket = ::connect(probe.get(), &address->addr, address->addrlen) == 0
                         ? ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)
                         : -1;
  if (socket < 0) exchange.refused = errno;
  return socket;
}

/// How a connection ended, in words that say something to whoever does not know curl.
const char* explain(CURLcode code) {
  switch (code) {
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return "the connection ended";
    default:
      return curl_easy_strerror(code);
  }
}

/// What the daemon says in its answer of `status` that is not 2xx.
Failure refusal(int status, const std::string& body) {
  Failure failure{ExitCode::kFailed, status, "", fmt::format("the daemon answered HTTP {}", status)};
  const Json document = Json::parse(body, nullptr, false);
  if (!document.is_object() || !document.contains("error")) return failure;
  const Json& error = document["error"];
  if (!error.is_object()) return failure;
  if (auto code = error.find("code"); code != error.end() && code->is_string()) failure.code = *code;
  if (auto text = error.find("message"); text != error.end() && text->is_string()) failure.message = *text;
  return failure;
}

}  // namespace

Client::Client(std::string socket) : socket_(std::move(socket)), curl_(curl_easy_init(), curl_easy_cleanup) {}

Client::~Client() = default;

void Client::prepare(Exchange& exchange) {
  CURL* curl = exchange.curl;
  curl_easy_reset(curl);
  const std::string url = "http://wswpd" + exchange.path;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket_.c_str());
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket<Exchange>);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, exchange.timeout_s);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_answer<Exchange>);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
  if (exchange.remove) curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "DELETE");
  if (!exchange.post) return;
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  if (exchange.read == nullptr) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "");
    return;
  }
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_body<Exchange>);
  curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBufferBytes);
}

Reply<Streamed> Client::perform(Exchange& exchange) {
  if (socket_.size() >= sizeof(sockaddr_un::sun_path)) {
    return Failure{ExitCode::kNoDaemon, 0, "",
                   fmt::format("{}: a socket's path has at most {} bytes", socket_, sizeof(sockaddr_un::sun_path) - 1)};
  }
  exchange.curl = curl_.get();
  prepare(exchange);
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(nullptr, curl_slist_free_all);
  if (exchange.read != nullptr) {
    for (const char* line : {"Content-Type: application/octet-stream", "Transfer-Encoding: chunked", "Expect:"}) {
      headers.reset(curl_slist_append(headers.release(), line));
    }
    curl_easy_setopt(exchange.curl, CURLOPT_HTTPHEADER, headers.get());
  }

  const CURLcode code = curl_easy_perform(exchange.curl);
  if (code == CURLE_COULDNT_CONNECT && exchange.refused == 0) {  // it has just gone
    long reason = 0;
    curl_easy_getinfo(exchange.curl, CURLINFO_OS_ERRNO, &reason);
    exchange.refused = reason == 0 ? ECONNREFUSED : static_cast<int>(reason);
  }
  // The daemon may answer before it has read all; then the rest cannot be sent, and the answer counts all the same.
  const bool answered_early = code == CURLE_SEND_ERROR && exchange.status() >= 200;
  if (code == CURLE_OK || answered_early) {
    if (exchange.accepted()) return Streamed{};
    return refusal(exchange.status(), exchange.body);
  }
  return broken(exchange, code);
}

/// Why there is no answer, or not all of it.
Failure Client::broken(const Exchange& exchange, int curl_code) const {
  const auto code = static_cast<CURLcode>(curl_code);
  const auto failed = [&](std::string message) {
    return Failure{ExitCode::kFailed, exchange.status(), "", std::move(message)};
  };
  if (exchange.read_error) return failed(exchange.read_error->message);
  if (exchange.refused == EAGAIN)
    return failed(fmt::format("the daemon on {} is busy: too many wait to be let in; try again", socket_));
  if (exchange.refused != 0) return Failure{ExitCode::kNoDaemon, 0, "", unreachable_message(socket_, exchange.refused)};
  if (exchange.sending)
    return failed(
        fmt::format("the daemon on {} went away while the list was being sent ({}); what it had taken in is "
                    "kept: add the list again, and the rest is added",
                    socket_, explain(code)));
  if (exchange.given_up) return failed("the answer was not read to its end");
  if (code == CURLE_OPERATION_TIMEDOUT)
    return failed(fmt::format("the daemon on {} gave no answer within {} s", socket_, exchange.timeout_s));
  if (exchange.longest_ms > kUnreadMs)
    return failed(
        fmt::format("the daemon on {} ended the answer, as nothing of it was read for {} s: have it written "
                    "to a file first",
                    socket_, exchange.longest_ms / 1000));
  return failed(fmt::format("the daemon on {} broke the connection off ({})", socket_, explain(code)));
}

Reply<Json> Client::perform_json(Exchange& exchange) {
  auto done = perform(exchange);
  if (!done) return done.failure();
  Json document = Json::parse(exchange.body, nullptr, false);
  if (document.is_discarded()) {
    return Failure{ExitCode::kFailed, exchange.status(), "", "the daemon's answer is not JSON"};
  }
  return document;
}

Reply<Json> Client::get(const std::string& path) {
  Exchange exchange{.path = path, .timeout_s = kAnswerTimeoutS};
  return perform_json(exchange);
}

Reply<Json> Client::post(const std::string& path) {
  Exchange exchange{.path = path, .post = true, .timeout_s = kAnswerTimeoutS};
  return perform_json(exchange);
}

Reply<Json> Client::remove(const std::string& path) {
  Exchange exchange{.path = path, .remove = true, .timeout_s = kAnswerTimeoutS};
  return perform_json(exchange);
}

Reply<Streamed> Client::greet() {
  Exchange exchange{.path = "/v1/version", .timeout_s = kAnswerTimeoutS};
  return perform(exchange);
}

Reply<Json> Client::upload(const std::string& path, const ReadBytes& read) {
  if (auto greeted = greet(); !greeted) return greeted.failure();
  Exchange exchange{.path = path, .post = true, .read = &read};
  return perform_json(exchange);
}

Reply<Streamed> Client::stream(const std::string& path, const TakeBytes& take) {
  if (auto greeted = greet(); !greeted) return greeted.failure();
  Exchange exchange{.path = path, .take = &take};
  return perform(exchange);
}

bool Client::reachable() {
  sockaddr_un address{};
  if (socket_.size() >= sizeof(address.sun_path)) return false;
  address.sun_family = AF_UNIX;
  socket_.copy(address.sun_path, socket_.size());
  const FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const void* name = &address;
  if (::connect(probe.get(), static_cast<const sockaddr*>(name), sizeof(address)) == 0) return true;
  return errno == EAGAIN;  // the queue of a listening socket is full
}

}  // namespace wswp::cli
