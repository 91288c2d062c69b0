#include "url/document_base.h"

#include <string>

#include "base/ascii.h"

namespace wswp::url {

namespace {

/// Whether a text with a scheme other than http and https has one of those that a base cannot have. What the URL parser
/// strips is stripped.
bool is_no_base(std::string_view href) {
  constexpr std::string_view kData = "data:";
  constexpr std::string_view kJavaScript = "javascript:";
  std::string scheme;
  for (const char c : href) {
    if (static_cast<unsigned char>(c) > ' ') scheme += to_lower(c);
    if (c == ':' || scheme.size() > kJavaScript.size()) break;
  }
  return scheme == kData || scheme == kJavaScript;
}

}  // namespace

DocumentBase::DocumentBase(const Url& page, std::optional<std::string_view> base_href) : base_(&page) {
  if (!base_href) return;
  const Problem problem = parse_into(*base_href, &page, declared_);
  if (problem == Problem::kNone) base_ = &declared_;
  if (problem == Problem::kOtherScheme && !is_no_base(*base_href)) base_ = nullptr;
}

bool DocumentBase::resolve(std::string_view link, Url& out) const {
  return parse_into(link, base_, out) == Problem::kNone;
}

}  // namespace wswp::url
