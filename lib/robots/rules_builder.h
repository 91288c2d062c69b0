#pragma once
// Lines of a robots.txt → the Rules of one product token. One thread; used once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "robots/line_reader.h"
#include "robots/rules.h"

namespace wswp::robots {

class RulesBuilder {
 public:
  explicit RulesBuilder(std::string_view product_token) : token_(product_token) {}

  void add(const Line& line);
  Rules finish();

 private:
  /// All groups that name the token, or all groups of "*", merged (RFC 9309 2.2.1).
  struct Group {
    bool exists = false;
    bool open = false;  // the lines being read belong to it
    std::vector<Rules::Rule> rules;
    std::optional<double> crawl_delay;
  };

  void add_user_agent(std::string_view value);
  void add_rule(const Line& line, bool allow);
  void add_crawl_delay(std::string_view value);
  void add_sitemap(std::string_view value);

  std::string_view token_;
  Group own_;
  Group any_;
  bool naming_ = false;  // the last line that counts was a user-agent: another one names the same group
  std::vector<std::string> sitemaps_;
};

}  // namespace wswp::robots
