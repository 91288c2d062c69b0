#pragma once
// The text of one row → the URL of a site, or why it is none. One SiteParser to one thread; it reuses its storage.

#include <string>
#include <string_view>

#include "url/url.h"

namespace wswp::list {

class SiteParser {
 public:
  /// `text`: a URL, or a bare name with or without port and path, without surrounding blanks. False: reason() says why
  /// not.
  bool parse(std::string_view text);

  /// Of the last text; precondition: it was a site.
  const url::Url& url() const { return url_; }
  /// Of the last text; precondition: it was none. For a person: "not a domain name: no dot".
  const std::string& reason() const { return reason_; }

 private:
  bool parse_url(std::string_view text);
  bool parse_name(std::string_view text);
  bool check_host();
  bool check_characters(std::string_view name);
  bool fail(std::string_view kind, std::string_view why);

  url::Url url_;
  std::string http_;  // "http://" and the bare name
  std::string reason_;
};

}  // namespace wswp::list
