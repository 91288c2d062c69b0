#include "url/scope.h"

#include <libpsl.h>

#include <algorithm>
#include <cstddef>

#include "url/bytes.h"
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

/// Names that differ there cannot be of one site, whatever the list says.
std::string_view last_two_labels(std::string_view host) {
  const std::size_t dot = host.rfind('.', host.size() - std::min<std::size_t>(host.size(), 2));
  const std::size_t second = dot == std::string_view::npos || dot == 0 ? dot : host.rfind('.', dot - 1);
  return second == std::string_view::npos ? host : host.substr(second + 1);
}

/// The host that an absolute reference names in characters that parsing keeps; empty: it is none, or has to be parsed.
std::string_view plain_host(std::string_view reference) {
  constexpr std::string_view kHttp = "http";
  if (reference.starts_with(kHttp)) {
    reference.remove_prefix(kHttp.size() + (reference.substr(kHttp.size()).starts_with('s') ? 1 : 0));
    if (!reference.starts_with(':')) return {};
    reference.remove_prefix(1);
  }
  if (!reference.starts_with("//")) return {};
  reference.remove_prefix(2);
  const auto is_plain = [](char c) { return is_a(c, kSchemeByte) && !is_a(c, kUpper) && c != '+'; };
  std::size_t size = 0;
  while (size < reference.size() && is_plain(reference[size])) ++size;
  const std::string_view host = reference.substr(0, size);
  if (size < reference.size() && std::string_view("/?#").find(reference[size]) == std::string_view::npos) return {};
  return ends_in_number(host) ? std::string_view() : host;
}

}  // namespace

std::string registrable_domain(std::string_view host) {
  return std::string(site_of(host));
}

Site::Site(std::string_view host) : host_(host), last_labels_(last_two_labels(host)) {}

bool Site::contains(std::string_view host) {
  if (host == host_) return true;
  if (last_two_labels(host) != last_labels_) return false;
  if (domain_.empty()) domain_ = site_of(host_);
  return site_of(host) == domain_;
}

bool Site::excludes(std::string_view reference) const {
  const std::string_view host = plain_host(reference);
  return !host.empty() && last_two_labels(host) != last_labels_;
}

}  // namespace wswp::url
