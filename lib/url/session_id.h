#pragma once
// Session ids in URLs: every visit to such a page has links that nobody has seen before, to pages everybody has. Pure,
// any thread.
//
//   /shop;jsessionid=5A0B…               path parameters of Java servlets
//   /(S(lit3py55t21z5v55vlm25s55))/a     ASP.NET without cookies: 24 letters and digits
//   ?PHPSESSID=1, &aspsessionidABC=1, &cfid=1, &cftoken=1, &osCsid=1, &zenid=1
//   ?sid=4f3a…, &sessionid=…             names that mean other things as well: only with a value that is made up, 16 or
//                                        more letters and digits with both among them; "s" with 32 hexadecimal digits
//
// Names ignore case.

#include <string_view>

#include "url/url.h"

namespace wswp::url {

/// `target` as of Url::target().
bool has_session_id(std::string_view target);

/// `url` without its session ids, whose page it is as well: servers then begin a new session. False, and `out` is
/// unspecified: it has none. Precondition: `out` is not `url`.
bool drop_session_ids(const Url& url, Url& out);

}  // namespace wswp::url
