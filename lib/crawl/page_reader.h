#pragma once
// Reads a response as it comes: what the crawl keeps of it is a title, an encoding and links, those of the header
// included, never the body.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "html/header_scanner.h"
#include "html/page_scanner.h"
#include "net/fetch_loop.h"

namespace wswp::crawl {

/// Scanners for the transfers of one thread; a scanner's buffers serve one page after the other.
class ScannerPool {
 public:
  std::unique_ptr<html::PageScanner> take();
  void give_back(std::unique_ptr<html::PageScanner> scanner);

 private:
  std::vector<std::unique_ptr<html::PageScanner>> idle_;
};

class PageReader {
 public:
  /// `max_links`: of a page that are looked at; 0: all.
  PageReader(ScannerPool& scanners, std::string_view product_token, std::size_t max_links = 0)
      : scanners_(scanners), product_token_(product_token), max_links_(max_links) {}
  ~PageReader();
  PageReader(const PageReader&) = delete;
  PageReader& operator=(const PageReader&) = delete;

  /// The header is there. `want_links`: of the page and of its header, whatever the type of the body.
  void begin(const net::ResponseHead& head, bool want_links, WallMs now);
  /// The next bytes of the body. Where the header leaves open what it is, html::kSniffedBytes are gathered first.
  void feed(std::string_view piece);

  struct Read {
    std::string content_type;  // essence
    html::Page page;           // of HTML; of anything else only the encoding, if the header says one
    html::LinkList header_links;

    bool has_links() const { return !page.links.empty() || !header_links.empty(); }
  };
  /// The end of the body, or nothing was begun. The reader is ready for the next page.
  Read finish();

 private:
  void decide(bool html);
  void sniff(std::string_view& piece);

  ScannerPool& scanners_;
  std::string_view product_token_;
  std::size_t max_links_;
  std::string content_type_header_, content_type_, charset_;
  html::HeaderFindings header_;
  bool want_links_ = false;
  bool decided_ = false;  // whether the body is HTML
  std::string sniffed_;   // its beginning, until that is decided
  std::unique_ptr<html::PageScanner> scanner_;
};

}  // namespace wswp::crawl
