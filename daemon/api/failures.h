#pragma once
// What becomes of a request whose resource throws: an answer, never the end of the process. Any thread.

#include <exception>

#include "daemon/api/http.h"

namespace wswp::api {

/// The answer to what is being thrown, and a line in the log where somebody should know. Called in a catch block.
Response response_to_exception(const Request& request);

/// Runs `ask`; what it throws becomes an answer. Nothing may be thrown through the server library.
template <class Ask>
auto answered(const Request& request, Ask&& ask) -> decltype(ask()) {
  try {
    return ask();
  } catch (...) {
    return response_to_exception(request);
  }
}

}  // namespace wswp::api
