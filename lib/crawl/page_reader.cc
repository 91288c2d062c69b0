#include "crawl/page_reader.h"

#include "html/mime.h"

namespace wswp::crawl {

std::unique_ptr<html::PageScanner> ScannerPool::take() {
  if (idle_.empty()) return std::make_unique<html::PageScanner>();
  std::unique_ptr<html::PageScanner> scanner = std::move(idle_.back());
  idle_.pop_back();
  return scanner;
}

void ScannerPool::give_back(std::unique_ptr<html::PageScanner> scanner) {
  idle_.push_back(std::move(scanner));
}

PageReader::~PageReader() {
  if (scanner_) scanners_.give_back(std::move(scanner_));
}

void PageReader::begin(std::string_view content_type, bool want_links) {
  content_type_header_ = content_type;
  html::MimeType type = html::parse_mime_type(content_type);
  content_type_ = std::move(type.essence);
  charset_ = std::move(type.charset);
  want_links_ = want_links;
  decided_ = false;
}

void PageReader::feed(std::string_view piece) {
  if (!decided_) {
    decided_ = true;
    if (content_type_.empty() ? html::looks_like_html(piece) : html::is_html(content_type_)) {
      scanner_ = scanners_.take();
      scanner_->reset(
          {.content_type = content_type_header_, .want_links = want_links_, .robots_token = product_token_});
    }
  }
  if (scanner_) scanner_->feed(piece);
}

PageReader::Read PageReader::finish() {
  Read read;
  read.content_type = std::move(content_type_);
  if (scanner_) {
    read.page = scanner_->finish();
    scanners_.give_back(std::move(scanner_));
  } else {
    read.page.encoding = std::move(charset_);
  }
  content_type_.clear();
  charset_.clear();
  decided_ = false;
  return read;
}

}  // namespace wswp::crawl
