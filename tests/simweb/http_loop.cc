#include "simweb/http_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <ctime>

#include "base/log.h"

namespace wswp::simweb {
namespace {

constexpr std::size_t kScratchBytes = 65536;
constexpr std::size_t kMaxInputBytes = 262144;
constexpr std::int64_t kFlushEveryUs = 40'000;
constexpr int kMaxEvents = 512;
constexpr int kAcceptsAtOnce = 128;
constexpr std::string_view kScheme = "http://";

std::int64_t mono_us() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

void assign_lower(std::string& out, std::string_view text) {
  out.resize(text.size());
  std::transform(text.begin(), text.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
}

std::string_view without_port(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos || authority.find(']', colon) != std::string_view::npos) return authority;
  return authority.substr(0, colon);
}

/// A request to a proxy (RFC 9112, 3.2.2) names the site in its target.
void split_absolute_form(HttpRequest& request) {
  if (!request.target.starts_with(kScheme)) return;
  const std::string_view rest = request.target.substr(kScheme.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  request.authority = rest.substr(0, slash);
  request.target = slash == rest.size() ? "/" : rest.substr(slash);
}

}  // namespace

HttpLoop::HttpLoop(ServerState& state, FileDescriptor listener)
    : state_(state),
      log_(state.log.add_buffer()),
      listener_(std::move(listener)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      scratch_(kScratchBytes) {
  watch(listener_.get(), EPOLLIN, 0, EPOLL_CTL_ADD);
  watch(wake_.get(), EPOLLIN, 0, EPOLL_CTL_ADD);
}

void HttpLoop::stop() {
  is_stopping_ = true;
  const std::uint64_t one = 1;
  if (::write(wake_.get(), &one, sizeof(one)) < 0) log::error("{}", errno_error("waking", "the loop").message);
}

void HttpLoop::watch(int fd, std::uint32_t events, std::uint32_t generation, int operation) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = (std::uint64_t{generation} << 32) | static_cast<std::uint32_t>(fd);
  if (epoll_ctl(epoll_.get(), operation, fd, &event) < 0) log::error("{}", errno_error("watching", "a socket").message);
}

int HttpLoop::timeout_ms(std::int64_t now_us) const {
  std::int64_t wait_us = -1;
  if (is_log_dirty_) wait_us = std::max<std::int64_t>(0, flushed_us_ + kFlushEveryUs - now_us);
  if (!timers_.empty()) {
    const std::int64_t due_us = std::max<std::int64_t>(0, timers_.top().due_us - now_us);
    wait_us = wait_us < 0 ? due_us : std::min(wait_us, due_us);
  }
  return wait_us < 0 ? -1 : static_cast<int>((wait_us + 999) / 1000);
}

void HttpLoop::run() {
  std::array<epoll_event, kMaxEvents> events{};
  while (!is_stopping_) {
    const int count = epoll_wait(epoll_.get(), events.data(), kMaxEvents, timeout_ms(mono_us()));
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      const int fd = static_cast<int>(event.data.u64 & 0xffffffffU);
      if (fd == listener_.get())
        accept_all();
      else if (fd != wake_.get())
        on_event(fd, static_cast<std::uint32_t>(event.data.u64 >> 32), event.events);
    }
    fire_timers();
    if (is_log_dirty_ && mono_us() - flushed_us_ >= kFlushEveryUs) {
      log_->flush();
      flushed_us_ = mono_us();
      is_log_dirty_ = false;
    }
  }
}

void HttpLoop::accept_all() {
  for (int i = 0; i < kAcceptsAtOnce; ++i) {
    const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == EMFILE || errno == ENFILE) log::error("{}", errno_error("accepting", "a connection").message);
      return;
    }
    auto connection = std::make_unique<Connection>();
    connection->socket = FileDescriptor(fd);
    connection->id = ++state_.connection_ids;
    connection->generation = ++generations_;
    if (connections_.size() <= static_cast<std::size_t>(fd)) connections_.resize(static_cast<std::size_t>(fd) * 2 + 64);
    watch(fd, EPOLLIN, connection->generation, EPOLL_CTL_ADD);
    connections_[static_cast<std::size_t>(fd)] = std::move(connection);
    state_.statistics.count_connection();
  }
}

Connection* HttpLoop::find(int fd, std::uint32_t generation) {
  if (static_cast<std::size_t>(fd) >= connections_.size()) return nullptr;
  Connection* connection = connections_[static_cast<std::size_t>(fd)].get();
  return connection != nullptr && connection->generation == generation ? connection : nullptr;
}

void HttpLoop::on_event(int fd, std::uint32_t generation, std::uint32_t events) {
  Connection* connection = find(fd, generation);
  if (connection == nullptr) return;
  if ((events & EPOLLOUT) != 0 && connection->state == ConnectionState::kSending) {
    if (!continue_sending(*connection)) return;
    if (connection->state == ConnectionState::kReading && !serve(*connection, {})) return;
  }
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) on_readable(*connection);
}

void HttpLoop::on_readable(Connection& connection) {
  const ssize_t count = recv(connection.socket.get(), scratch_.data(), scratch_.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    close(connection);
    return;
  }
  serve(connection, {scratch_.data(), static_cast<std::size_t>(count)});
}

bool HttpLoop::serve(Connection& connection, std::string_view bytes) {
  const bool is_continued = !connection.input.empty();
  if (is_continued) bytes = connection.input.append(bytes);
  std::size_t used = 0;
  while (connection.state == ConnectionState::kReading && used < bytes.size()) {
    HttpRequest request;
    std::size_t head_bytes = 0;
    const ParseState parsed = parse_request(bytes.substr(used), request, head_bytes);
    if (parsed == ParseState::kBad) return close(connection);
    if (parsed == ParseState::kIncomplete || request.body_bytes > bytes.size() - used - head_bytes) break;
    used += head_bytes + request.body_bytes;
    if (!serve_one(connection, request)) return false;
  }
  if (is_continued)
    connection.input.erase(0, used);
  else
    connection.input.assign(bytes.substr(used));
  return connection.input.size() <= kMaxInputBytes || close(connection);
}

bool HttpLoop::serve_one(Connection& connection, const HttpRequest& received) {
  HttpRequest request = received;
  split_absolute_form(request);
  assign_lower(authority_, request.authority.empty() ? "localhost" : request.authority);
  host_.assign(without_port(authority_));
  const PageName name{authority_, host_, request.target};
  if (is_control(host_, request.target)) {
    answer_control(response_, state_.world, name, request, state_.statistics, state_.log);
    return send_response(connection);
  }
  Answer answer = answer_request(state_.world, name, state_.attempts);
  state_.statistics.count_answer(answer);
  if (log_ != nullptr) {
    const std::string_view fault = answer.fault == Fault::kNone ? std::string_view() : fault_name(answer.fault);
    log_->write(
        {mono_us(), host_, request.method, request.target, connection.id, answer.status, fault, request.user_agent});
    is_log_dirty_ = true;
  }
  if (answer.site.latency_us > 0) {
    delay(connection, name, request, std::move(answer));
    return true;
  }
  return this->answer(connection, name, request, answer);
}

void HttpLoop::delay(Connection& connection, const PageName& name, const HttpRequest& request, Answer answer) {
  connection.state = ConnectionState::kWaiting;
  connection.host = name.host;
  connection.authority = name.authority;
  connection.target = name.target;
  connection.request = request;
  connection.request.method = request.method == "HEAD" ? "HEAD" : "GET";
  connection.request.target = connection.request.authority = connection.request.user_agent = {};
  connection.answer = std::move(answer);
  timers_.push({mono_us() + connection.answer.site.latency_us, connection.socket.get(), connection.generation});
}

void HttpLoop::fire_timers() {
  if (timers_.empty()) return;
  const std::int64_t now_us = mono_us();
  while (!timers_.empty() && timers_.top().due_us <= now_us) {
    const Timer timer = timers_.top();
    timers_.pop();
    Connection* connection = find(timer.fd, timer.generation);
    if (connection == nullptr || connection->state != ConnectionState::kWaiting) continue;
    connection->state = ConnectionState::kReading;
    const PageName name{connection->authority, connection->host, connection->target};
    if (answer(*connection, name, connection->request, connection->answer) && !connection->input.empty())
      serve(*connection, {});
  }
}

bool HttpLoop::answer(Connection& connection, const PageName& name, const HttpRequest& request, const Answer& answer) {
  switch (answer.fault) {
    case Fault::kClosed:
      return close(connection);
    case Fault::kReset:
      return close(connection, true);
    case Fault::kStall:
      connection.state = ConnectionState::kStalled;
      return true;
    default:
      break;
  }
  render(response_, state_.world, name, request, answer);
  return send_response(connection);
}

bool HttpLoop::send_response(Connection& connection) {
  std::array<iovec, 2> parts{
      {{response_.head.data(), response_.head.size()}, {response_.body.data(), response_.body.size()}}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const ssize_t count = sendmsg(connection.socket.get(), &message, MSG_NOSIGNAL);
  if (count < 0 && errno != EAGAIN) return close(connection);
  connection.afterwards = response_.afterwards;
  const std::size_t taken = count < 0 ? 0 : static_cast<std::size_t>(count);
  if (taken == response_.head.size() + response_.body.size()) return finish(connection);
  const std::size_t head_taken = std::min(taken, response_.head.size());
  connection.output.assign(response_.head, head_taken);
  connection.output.append(response_.body, taken - head_taken);
  connection.sent = 0;
  connection.state = ConnectionState::kSending;
  want_write(connection, true);
  return true;
}

bool HttpLoop::continue_sending(Connection& connection) {
  const std::string_view left = std::string_view(connection.output).substr(connection.sent);
  const ssize_t count = send(connection.socket.get(), left.data(), left.size(), MSG_NOSIGNAL);
  if (count < 0) return errno == EAGAIN || close(connection);
  connection.sent += static_cast<std::size_t>(count);
  return connection.sent < connection.output.size() || finish(connection);
}

bool HttpLoop::finish(Connection& connection) {
  connection.state = ConnectionState::kReading;
  switch (connection.afterwards) {
    case Afterwards::kClose:
      return close(connection);
    case Afterwards::kStall:
      connection.state = ConnectionState::kStalled;
      break;
    case Afterwards::kKeep:
      break;
    case Afterwards::kGoOn:
      connection.state = ConnectionState::kSending;
      connection.output = endless_chunk();
      connection.sent = 0;
      break;
  }
  want_write(connection, connection.state == ConnectionState::kSending);
  return true;
}

bool HttpLoop::close(Connection& connection, bool reset) {
  if (reset) {
    const linger at_once{1, 0};
    setsockopt(connection.socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  }
  state_.statistics.close_connection();
  connections_[static_cast<std::size_t>(connection.socket.get())].reset();
  return false;
}

void HttpLoop::want_write(Connection& connection, bool wanted) {
  if (connection.wants_write == wanted) return;
  connection.wants_write = wanted;
  const std::uint32_t events = EPOLLIN | (wanted ? std::uint32_t{EPOLLOUT} : 0U);
  watch(connection.socket.get(), events, connection.generation, EPOLL_CTL_MOD);
}

}  // namespace wswp::simweb
