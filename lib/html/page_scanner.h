// From the bytes of a page, as they arrive, to what the crawler keeps of it: links, title, encoding, robots directives.
//
// Links are those a browser without scripting would find: not in comments, scripts, raw text or templates. Bytes are
// tokenised as they come, and only results are converted to UTF-8; memory is bounded by the results, one token and a
// sample of the text (CharsetDetector::kMaxSample), never by the page.
//
// One scanner serves one page at a time and belongs to one thread; reset() keeps its buffers for the next page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "html/link_list.h"

namespace wswp::html {

// Where Page::encoding is from, in the order in which one beats the other.
enum class EncodingSource : std::uint8_t {
  kByteOrderMark,
  kHeader,    // charset of the Content-Type header
  kDeclared,  // <meta> or XML declaration, also beyond the first 1024 bytes
  kDetected,  // from the text
  kAssumed,   // nothing to go by: "utf-8" for a page of ASCII only, which says the same in all, else "windows-1252"
};

struct Page {
  std::string encoding;  // WHATWG name in lower case: "utf-8", "windows-1252", "gb18030", …; never empty
  EncodingSource encoding_source = EncodingSource::kAssumed;
  std::string title;                     // UTF-8, white space collapsed, at most 500 bytes, cut between characters
  std::optional<std::string> base_href;  // the first <base href>, as Link::href; it applies to all links
  LinkList links;                        // in the order of the page, repetitions included
  std::int64_t links_left_out = 0;       // beyond Options::max_links
  bool robots_nofollow = false;          // <meta name=robots> or <meta name=TOKEN> says nofollow or none
  bool robots_noindex = false;           // … says noindex or none
};

class PageScanner {
 public:
  struct Options {
    std::string_view content_type;  // the Content-Type header, as of extract_mime_type; may be empty; not kept
    bool want_links = true;         // false: encoding, title and robots directives only
    std::string_view robots_token;  // the crawler's product token, matched without case as a <meta name>; copied
    std::size_t max_links = 0;      // that are kept, repetitions included: the first ones; 0: all
  };

  PageScanner() : PageScanner(Options{}) {}
  explicit PageScanner(const Options& options);
  ~PageScanner();
  PageScanner(PageScanner&& other) noexcept;
  PageScanner& operator=(PageScanner&& other) noexcept;
  PageScanner(const PageScanner&) = delete;
  PageScanner& operator=(const PageScanner&) = delete;

  // Starts the next page; whatever was fed before is forgotten.
  void reset(const Options& options);

  // The next bytes of the page, in chunks of any size; the view need not outlive the call.
  void feed(std::string_view bytes);

  // The end of the page, also of one cut short. Call once per page; then reset() before the next feed().
  Page finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wswp::html
