#pragma once
// Lists of made-up sites.

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace wswp::test {

/// "site-1.example-1.test" and so on, one a line; with a port, URLs.
inline std::string site_names(std::size_t count, std::string_view port = "") {
  std::string list;
  for (std::size_t i = 1; i <= count; ++i) {
    if (port.empty())
      list += fmt::format("site-{}.example-{}.test\n", i, i);
    else
      list += fmt::format("http://site-{}.example-{}.test:{}/\n", i, i, port);
  }
  return list;
}

}  // namespace wswp::test
