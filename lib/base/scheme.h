#pragma once
// Is a text that a person wrote a URL, or a bare name that "http://" has to be put before? Asked wherever sites are
// named: in lists, by commands, by requests. Pure; any thread.

#include <string>
#include <string_view>

namespace wswp {

/// Does `text` say its scheme? So do "http:" and "https:" with any number of slashes, as the WHATWG URL standard reads
/// them ("http:/example.com", "HTTP:\\example.com", also behind blanks and with tabs inside), and another scheme with
/// "://".
bool names_scheme(std::string_view text);

/// `text` as an absolute URL: behind "http://" if it does not say its scheme; "http:\\a.com/b" → "http://a.com/b".
std::string with_scheme(std::string_view text);

/// "http://example.com:8080/a" → "http://example.com:8080", "http:/example.com?a" → "http://example.com", "example.com"
/// → "http://example.com". For a URL that is not parsed here but sent to somebody who does.
std::string origin_part(std::string_view text);

}  // namespace wswp
