#include "crawl/page_reader.h"

#include <algorithm>

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
  html::MimeType type = html::extract_mime_type(head.content_type);
  content_type_ = std::move(type.essence);
  charset_ = std::move(type.charset);
  header_ = {};
  if (want_links) {
    header_ = html::scan_header({.link = head.link, .refresh = head.refresh, .x_robots_tag = head.x_robots_tag},
                                product_token_, now);
  }
  want_links_ = want_links && !header_.robots.nofollow;
  decided_ = false;
  sniffed_.clear();
}

void PageReader::feed(std::string_view piece) {
  if (!decided_ && html::is_unknown(content_type_)) {
    sniff(piece);
  } else if (!decided_) {
    decide(html::is_html(content_type_));
  }
  if (scanner_) scanner_->feed(piece);
}

/// Takes off the front of `piece` what is needed to tell what the body is.
void PageReader::sniff(std::string_view& piece) {
  const std::string_view taken = piece.substr(0, html::kSniffedBytes - sniffed_.size());
  sniffed_.append(taken);
  piece.remove_prefix(taken.size());
  const bool html = html::looks_like_html(sniffed_);
  if (html || sniffed_.size() == html::kSniffedBytes) decide(html);
}

void PageReader::decide(bool html) {
  decided_ = true;
  if (!html) return;
  scanner_ = scanners_.take();
  scanner_->reset({.content_type = content_type_header_,
                   .want_links = want_links_,
                   .robots_token = product_token_,
                   .max_links = max_links_});
  if (!sniffed_.empty()) scanner_->feed(sniffed_);
}

PageReader::Read PageReader::finish() {
  if (!decided_ && !sniffed_.empty()) decide(html::looks_like_html(sniffed_));
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
