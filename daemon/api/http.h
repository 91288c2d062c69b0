#pragma once
// A request and its answer, free of the server library: what a resource gets and gives. Values of one thread at a time.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "daemon/api/query.h"

namespace wswp::api {

struct Request {
  std::string method;
  std::string path;                     // percent-decoded, without the query
  std::vector<std::string> parameters;  // what the route's {} matched
  Query query;
};

/// A body that is made while it is sent. Gone when the client is.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  /// Fills the front of `out`; 0: the end. May block. Error: the answer is cut off, so that the client notices.
  virtual Result<std::size_t> read(std::span<char> out) = 0;
};

struct Response {
  unsigned status = 200;
  std::string body;
  std::string content_type = "application/json";
  std::string allow;                   // of a 405: the methods there are
  bool last = false;                   // the connection ends with it
  std::unique_ptr<BodyStream> stream;  // sent instead of `body`
};

/// {"error": {"code": …, "message": …}}
Response error_response(unsigned status, std::string_view code, std::string_view message);
Response bad_request(std::string_view message);
Response no_such_crawl(std::string_view name);

/// A request whose body is taken as it arrives. Destroyed without finish(): the client went away.
class Upload {
 public:
  virtual ~Upload() = default;
  /// The next piece; may block, which slows the client.
  virtual void body(std::string_view piece) = 0;
  /// The body is complete. Called once.
  virtual Response finish() = 0;
};

/// What a resource makes of a request's head: the answer, or somebody who waits for the body.
using Answer = std::variant<Response, std::unique_ptr<Upload>>;

}  // namespace wswp::api
