#pragma once
// How a call to the daemon ends: with a value, or with a Failure that knows the exit code of the program. Values of
// these types belong to one thread at a time.

#include <string>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

namespace wswp::cli {

/// Keeps the daemon's order of keys, so that what is printed reads as it was written.
using Json = nlohmann::ordered_json;

/// The exit codes of wswpctl; scripts rely on them.
enum class ExitCode : int {
  kDone = 0,
  kFailed = 1,    // the daemon said no, or the work failed
  kUsage = 2,     // the command line is wrong
  kNoDaemon = 3,  // nobody answers on the socket
};

struct Failure {
  ExitCode exit_code = ExitCode::kFailed;
  int http_status = 0;  // 0: there was no HTTP answer
  std::string code;     // the daemon's error code, "no_such_crawl"; empty if the error is not the daemon's
  std::string message;  // one sentence for a person
};

template <class T>
class [[nodiscard]] Reply {
 public:
  Reply(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Reply(Failure failure) : state_(std::in_place_index<1>, std::move(failure)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// Precondition of the accessors: ok(), respectively !ok().
  const T& operator*() const { return *std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  const Failure& failure() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Failure> state_;
};

}  // namespace wswp::cli
