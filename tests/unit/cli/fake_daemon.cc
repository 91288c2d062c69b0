#include "fake_daemon.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

namespace wswp::cli {
namespace {

/// What a peer sends, read as far as it is asked for.
class Input {
 public:
  explicit Input(int fd) : fd_(fd) {}

  std::string line() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      if (!fill()) return "";
    }
    std::string text = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return text;
  }
  std::string bytes(std::size_t size) {
    while (buffer_.size() < size && fill()) {
    }
    std::string text = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return text;
  }

 private:
  bool fill() {
    std::array<char, 65536> piece{};
    const ssize_t got = ::read(fd_, piece.data(), piece.size());
    if (got > 0) buffer_.append(piece.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  int fd_;
  std::string buffer_;
};

Request read_request(Input& input) {
  Request request;
  const std::string first = input.line();
  const std::size_t space = first.find(' ');
  if (space == std::string::npos) return request;
  request.method = first.substr(0, space);
  request.target = first.substr(space + 1, first.rfind(' ') - space - 1);
  for (std::string line = input.line(); !line.empty(); line = input.line()) {
    const std::size_t colon = line.find(':');
    std::string name = line.substr(0, colon);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    request.headers[name] = line.substr(line.find_first_not_of(' ', colon + 1));
  }
  if (request.headers["transfer-encoding"] == "chunked") {
    for (std::size_t size = 1; size > 0;) {
      size = std::strtoul(input.line().c_str(), nullptr, 16);
      request.body += input.bytes(size);
      input.line();
    }
  } else {
    request.body = input.bytes(std::strtoul(request.headers["content-length"].c_str(), nullptr, 10));
  }
  return request;
}

}  // namespace

Response error_response(int status, const std::string& code, const std::string& message) {
  return {status, fmt::format(R"({{"error":{{"code":"{}","message":"{}"}}}})", code, message)};
}

FakeDaemon::FakeDaemon(Handler handler) : handler_(std::move(handler)) {
  std::string pattern = (std::filesystem::temp_directory_path() / "wswpctl-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
  directory_ = pattern;
  socket_ = file("sock");
  listener_ = FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_.copy(address.sun_path, sizeof(address.sun_path) - 1);
  const void* name = &address;
  if (::bind(listener_.get(), static_cast<const sockaddr*>(name), sizeof(address)) != 0 ||
      ::listen(listener_.get(), 16) != 0) {
    throw std::runtime_error("cannot listen on " + socket_);
  }
  thread_ = std::thread([this] { serve(); });
}

FakeDaemon::~FakeDaemon() {
  close_socket();
  thread_.join();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void FakeDaemon::close_socket() {
  ::shutdown(listener_.get(), SHUT_RDWR);
}

std::vector<Request> FakeDaemon::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::vector<std::string> FakeDaemon::asked() {
  std::vector<std::string> lines;
  for (const Request& request : requests()) lines.push_back(request.method + " " + request.target);
  return lines;
}

void FakeDaemon::serve() {
  while (true) {
    const FileDescriptor connection(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!connection) return;
    serve_one(connection.get());
  }
}

void FakeDaemon::serve_one(int connection) {
  Input input(connection);
  const Request request = read_request(input);
  if (request.method.empty()) return;  // somebody only looked whether we are here
  const bool greeting = request.target == "/v1/version";
  if (!greeting) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const Response response = greeting ? Response{200, R"({"version":"9.9"})"} : handler_(request);
  const std::size_t promised = response.body.size() + (response.complete ? 0 : 1);
  const std::string answer = fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                                         response.status, promised, response.body);
  for (std::string_view rest = answer; !rest.empty();) {
    const ssize_t sent = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace wswp::cli
