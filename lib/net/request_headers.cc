#include "net/request_headers.h"

namespace wswp::net {

std::string accepted_codings() {
  const int features = curl_version_info(CURLVERSION_NOW)->features;
  std::string codings;
  const auto add = [&](int feature, const char* coding) {
    if ((features & feature) != 0) codings.append(codings.empty() ? "" : ", ").append(coding);
  };
  add(CURL_VERSION_LIBZ, "deflate, gzip");
  add(CURL_VERSION_BROTLI, "br");
  add(CURL_VERSION_ZSTD, "zstd");
  return codings.empty() ? "identity" : codings;
}

RequestHeaders::RequestHeaders(const std::string& user_agent)
    : fields_{"User-Agent: " + user_agent, "Accept: */*", "Accept-Encoding: " + accepted_codings()},
      items_(fields_.size()) {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    items_[i] = {.data = fields_[i].data(), .next = i + 1 < items_.size() ? &items_[i + 1] : nullptr};
  }
}

}  // namespace wswp::net
