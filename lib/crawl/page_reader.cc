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

void PageReader::begin(const net::ResponseHead& head, bool want_links, WallMs now) {
  content_type_header_ = head.content_type;
  html::MimeType type = html::parse_mime_type(head.content_type);
  content_type_ = std::move(type.essence);
  charset_ = std::move(type.charset);
  header_ = {};
  if (want_links) {
    header_ = html::scan_header({.link = head.link, .refresh = head.refresh, .x_robots_tag = head.x_robots_tag},
                                product_token_, now);
  }
  want_links_ = want_links && !header_.robots.nofollow;
  decided_ = false;
}

void PageReader::feed(std::string_view piece) {
  if (!decided_) {
    decided_ = true;
    if (content_type_.empty() ? html::looks_like_html(piece) : html::is_html(content_type_)) {
      scanner_ = scanners_.take();
      scanner_->reset({.content_type = content_type_header_,
                       .want_links = want_links_,
                       .robots_token = product_token_,
                       .max_links = max_links_});
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
  read.header_links = std::move(header_.links);
  read.page.robots_nofollow = read.page.robots_nofollow || header_.robots.nofollow;
  read.page.robots_noindex = read.page.robots_noindex || header_.robots.noindex;
  header_ = {};
  content_type_.clear();
  charset_.clear();
  decided_ = false;
  return read;
}

}  // namespace wswp::crawl
