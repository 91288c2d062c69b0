#include "cli/subcommand.h"

#include <cstdint>
#include <optional>

#include <CLI/App.hpp>

namespace wswp::cli {

Argument& Argument::required() {
  option_->required();
  return *this;
}

Argument& Argument::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Argument& Argument::show_default() {
  option_->capture_default_str();
  return *this;
}

Argument& Argument::check(const std::function<std::string(const std::string&)>& check) {
  option_->check(check);
  return *this;
}

Argument& Argument::positive() {
  option_->check(CLI::PositiveNumber);
  return *this;
}

Argument& Argument::non_negative() {
  option_->check(CLI::NonNegativeNumber);
  return *this;
}

Argument& Argument::one_of(const std::vector<std::string>& values) {
  option_->check(CLI::IsMember(values));
  return *this;
}

Argument& Argument::excludes(const Argument& other) {
  option_->excludes(other.option_);
  return *this;
}

Subcommand::Subcommand(CLI::App& parent, const std::string& name, const std::string& description)
    : command_(parent.add_subcommand(name, description)) {}

template <class Value>
Argument Subcommand::option(const std::string& name, Value& value, const std::string& description) {
  return Argument(command_->add_option(name, value, description));
}

template Argument Subcommand::option(const std::string&, std::string&, const std::string&);
template Argument Subcommand::option(const std::string&, std::vector<std::string>&, const std::string&);
template Argument Subcommand::option(const std::string&, std::optional<std::string>&, const std::string&);
template Argument Subcommand::option(const std::string&, std::optional<std::uint64_t>&, const std::string&);
template Argument Subcommand::option(const std::string&, std::optional<unsigned>&, const std::string&);
template Argument Subcommand::option(const std::string&, std::optional<double>&, const std::string&);

Argument Subcommand::flag(const std::string& name, bool& value, const std::string& description) {
  return Argument(command_->add_flag(name, value, description));
}

void Subcommand::callback(const std::function<void()>& parsed) {
  command_->callback(parsed);
}

}  // namespace wswp::cli
