#pragma once
// The answer of a function that may fail in an expected way (bad input, a file that is not there, a peer that hangs
// up): either a value or an Error that can be shown to a person as it stands. Exceptions are for bugs and exhausted
// resources only. Values of this type belong to one thread at a time.

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace wswp {

/// What went wrong, where, and what to do about it, in one sentence without a trailing full stop.
struct Error {
  std::string message;
};

template <class T = void>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// Precondition of the accessors: ok(), respectively !ok().
  T& value() & { return *std::get_if<0>(&state_); }
  const T& value() const& { return *std::get_if<0>(&state_); }
  T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  const Error& error() const { return *std::get_if<1>(&state_); }
  const std::string& message() const { return error().message; }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return *error_; }
  const std::string& message() const { return error().message; }

 private:
  std::optional<Error> error_;
};

}  // namespace wswp
