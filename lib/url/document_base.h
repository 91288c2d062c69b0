#pragma once
// What the links of a page are relative to
// (https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url). Pure; one thread. The page's URL
// must outlive it.

#include <optional>
#include <string_view>

#include "url/url.h"

namespace wswp::url {

class DocumentBase {
 public:
  /// `page`: after redirects; `base_href`: of the page's first <base> that has one. One that is no URL, or data: or
  /// javascript:, counts for nothing. Under one of another scheme, as in pages saved from "file:", relative links lead
  /// to where no crawler goes, and only absolute ones are left.
  DocumentBase(const Url& page, std::optional<std::string_view> base_href);
  DocumentBase(const DocumentBase&) = delete;
  DocumentBase& operator=(const DocumentBase&) = delete;

  /// As wswp::url::resolve(); false: not http or https, or no URL.
  bool resolve(std::string_view link, Url& out) const;

 private:
  Url declared_;
  const Url* base_;  // null: only absolute links lead anywhere
};

}  // namespace wswp::url
