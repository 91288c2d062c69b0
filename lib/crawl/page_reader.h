#pragma once
// Reads a page's body as it comes: what the crawl keeps of it is a title, an encoding and links, never the body.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "html/page_scanner.h"

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
  PageReader(ScannerPool& scanners, std::string_view product_token)
      : scanners_(scanners), product_token_(product_token) {}
  ~PageReader();
  PageReader(const PageReader&) = delete;
  PageReader& operator=(const PageReader&) = delete;

  /// The header is there. `want_links`: of a page that answers with success.
  void begin(std::string_view content_type, bool want_links);
  void feed(std::string_view piece);

  struct Read {
    std::string content_type;  // essence
    html::Page page;           // of HTML; of anything else only the encoding, if the header says one
  };
  /// The end of the body, or nothing was begun. The reader is ready for the next page.
  Read finish();

 private:
  ScannerPool& scanners_;
  std::string_view product_token_;
  std::string content_type_header_, content_type_, charset_;
  bool want_links_ = false;
  bool decided_ = false;  // whether the body is HTML
  std::unique_ptr<html::PageScanner> scanner_;
};

}  // namespace wswp::crawl
