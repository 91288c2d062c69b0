#pragma once
// A control socket whose answers the test decides: a thread that serves HTTP/1.1 on a Unix socket in a directory of
// its own, one request a connection, and remembers what was asked. The handler runs in that thread. GET /v1/version is
// answered with 9.9 and not remembered.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"

namespace wswp::cli {

struct Request {
  std::string method;
  std::string target;                          // path and query as sent
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct Response {
  int status = 200;
  std::string body;
  bool complete = true;  // false: the connection breaks in the middle of a longer body
};

Response error_response(int status, const std::string& code, const std::string& message);

class FakeDaemon {
 public:
  using Handler = std::function<Response(const Request&)>;
  explicit FakeDaemon(Handler handler);
  ~FakeDaemon();
  FakeDaemon(const FakeDaemon&) = delete;
  FakeDaemon& operator=(const FakeDaemon&) = delete;

  /// Accepts nobody from now on. From the handler or the test.
  void close_socket();
  const std::string& socket() const { return socket_; }
  std::string file(const std::string& name) const { return directory_ + "/" + name; }
  std::vector<Request> requests();
  /// "POST /v1/stop", in the order they came.
  std::vector<std::string> asked();

 private:
  void serve();
  void serve_one(int connection);

  Handler handler_;
  std::string directory_;
  std::string socket_;
  FileDescriptor listener_;
  std::mutex mutex_;  // guards requests_
  std::vector<Request> requests_;
  std::thread thread_;
};

}  // namespace wswp::cli
