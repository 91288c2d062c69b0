#include "url/scope.h"

#include <libpsl.h>

#include <algorithm>
#include <cstddef>

#include "url/ip_address.h"

namespace wswp::url {

namespace {

/// Never freed: it is needed until the process ends, and is only read.
const psl_ctx_t* public_suffixes() {
  static const psl_ctx_t* const list = [] {
    const psl_ctx_t* latest = psl_latest(nullptr);
    return latest != nullptr ? latest : psl_builtin();
  }();
  return list;
}

/// The end of `host` that is its registrable domain.
std::string_view site_of(std::string_view host) {
  if (host.empty() || host.front() == '[' || ends_in_number(host)) return host;
  const bool rooted = host.back() == '.';
  const std::string name(host.substr(0, host.size() - (rooted ? 1 : 0)));
  const char* const domain = psl_registrable_domain(public_suffixes(), name.c_str());
  return domain == nullptr ? host : host.substr(static_cast<std::size_t>(domain - name.c_str()));
}

/// Do the last two labels of both names agree? Names that differ there cannot be of one site, whatever the list says.
bool last_two_labels_agree(std::string_view a, std::string_view b) {
  const auto tail = [](std::string_view host) {
    const std::size_t dot = host.rfind('.', host.size() - std::min<std::size_t>(host.size(), 2));
    const std::size_t second = dot == std::string_view::npos || dot == 0 ? dot : host.rfind('.', dot - 1);
    return second == std::string_view::npos ? host : host.substr(second + 1);
  };
  return tail(a) == tail(b);
}

}  // namespace

std::string registrable_domain(std::string_view host) {
  return std::string(site_of(host));
}

bool Site::contains(std::string_view host) {
  if (host == host_) return true;
  if (!last_two_labels_agree(host, host_)) return false;
  if (domain_.empty()) domain_ = site_of(host_);
  return site_of(host) == domain_;
}

}  // namespace wswp::url
