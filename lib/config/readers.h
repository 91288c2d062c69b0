#pragma once
// One reader for each kind of value a key may have: checks a TOML node and stores what it says. Internal to config;
// readers have no state and may be called by any thread.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "base/log.h"
#include "base/result.h"
#include "config/problem.h"
#include "config/settings.h"

namespace wswp::config {

/// Stores the value of a node in its second argument, or says what is wrong with it.
template <class T>
using Reader = std::function<std::optional<Problem>(const toml::node&, T&)>;

using TextCheck = Result<> (*)(std::string_view);

Problem problem_at(const toml::source_region& where, std::string message);
/// "expected an integer, found a string"
Problem wrong_type(const toml::node& node, std::string_view expected);

Reader<int> count(int min, int max);
Reader<std::int64_t> large_count(std::int64_t min, std::int64_t max);
/// A number of seconds, whole or not → milliseconds.
Reader<std::int64_t> duration(double min_s, double max_s);
/// A number, whole or not.
Reader<double> factor(double min, double max);
/// "10 MiB" or a number of bytes → bytes.
Reader<std::int64_t> size(std::int64_t min, std::int64_t max);
Reader<bool> boolean();
Reader<std::string> text(TextCheck check);
/// An array of texts, each checked.
Reader<std::vector<std::string>> texts(TextCheck check);
Reader<log::Level> log_level();
Reader<SessionIds> session_ids();

}  // namespace wswp::config
