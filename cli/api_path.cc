#include "cli/api_path.h"

#include <fmt/format.h>

namespace wswp::cli {

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

ApiPath& ApiPath::segment(std::string_view name) {
  path_ += '/';
  path_ += percent_encode(name);
  return *this;
}

ApiPath& ApiPath::query(std::string_view key, std::string_view value) {
  path_ += separator_;
  path_ += key;
  path_ += '=';
  path_ += percent_encode(value);
  separator_ = '&';
  return *this;
}

ApiPath crawl_path(std::string_view crawl, std::string_view what) {
  if (crawl.empty()) return ApiPath("/v1").segment(what);
  return ApiPath("/v1/crawls").segment(crawl).segment(what);
}

}  // namespace wswp::cli
