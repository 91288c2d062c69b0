#pragma once
// How a command declares its options: as much of CLI11 as commands need, without its headers, which take the compiler
// longer than a command does. Values that options are bound to outlive the parsing. One thread.

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace wswp::cli {

/// An option, a flag or a positional argument; copies mean the same one.
class Argument {
 public:
  explicit Argument(CLI::Option* option) : option_(option) {}

  Argument& required();
  /// How the help names its value.
  Argument& type_name(const std::string& name);
  /// The help tells the value it has now.
  Argument& show_default();
  /// `check` says what is wrong with a text; empty: nothing.
  Argument& check(const std::function<std::string(const std::string&)>& check);
  Argument& positive();
  Argument& non_negative();
  Argument& one_of(const std::vector<std::string>& values);
  Argument& excludes(const Argument& other);

 private:
  CLI::Option* option_;
};

/// A subcommand of `parent`, which owns it.
class Subcommand {
 public:
  Subcommand(CLI::App& parent, const std::string& name, const std::string& description);

  /// "--max" is an option, "SOURCE" a positional argument; `value` is left alone where it is not given. Value is a type
  /// for which subcommand.cc has an instance.
  template <class Value>
  Argument option(const std::string& name, Value& value, const std::string& description);
  Argument flag(const std::string& name, bool& value, const std::string& description);
  /// Called when the subcommand has been parsed.
  void callback(const std::function<void()>& parsed);

 private:
  CLI::App* command_;
};

}  // namespace wswp::cli
