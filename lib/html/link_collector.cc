#include "html/link_collector.h"

#include <algorithm>
#include <utility>

#include "html/meta.h"
#include "html/query_encoder.h"
#include "html/references.h"
#include "html/scan.h"
#include "html/text_decoder.h"

namespace wswp::html {

namespace {

// As the URL parser begins: without C0 controls and spaces around it
// (https://url.spec.whatwg.org/#concept-basic-url-parser).
std::string_view trim_url(std::string_view url) {
  const auto is_trimmed = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!url.empty() && is_trimmed(url.front())) url.remove_prefix(1);
  while (!url.empty() && is_trimmed(url.back())) url.remove_suffix(1);
  return url;
}

// The query of a URL reference, without its '?'; an empty view at the end if it has none.
std::string_view query_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  return url.substr(std::min(url.find('?'), url.size()));
}

std::string decode_url(std::string_view raw, TextDecoder& decoder, QueryEncoder& encoder) {
  std::string utf8;
  decoder.decode_part(raw, utf8);
  std::string decoded;
  append_decoded(utf8, TextKind::kAttribute, decoded);
  const std::string_view url = trim_url(decoded);
  const std::string_view query = query_of(url);
  if (!encoder.changes(query)) return std::string(url);
  std::string out(url.data(), query.data());
  encoder.append(query, out);
  out.append(query.data() + query.size(), url.data() + url.size());
  return out;
}

}  // namespace

void LinkCollector::start(std::size_t max_links) {
  max_links_ = max_links;
  left_out_ = 0;
  links_.clear();
  raw_links_.clear();
  base_.reset();
}

void LinkCollector::back_to(const Mark& mark) {
  links_.keep_first(mark.links);
  left_out_ = mark.left_out;
  while (!raw_links_.empty() && raw_links_.back() >= mark.links) raw_links_.pop_back();
  if (!mark.base) base_.reset();
}

void LinkCollector::add_svg(const Tag& tag) {
  if (tag.id() != TagId::kA) return;
  const auto href = tag.find("href");
  const auto rel = tag.find("rel");
  add_link(href ? href : tag.find("xlink:href"), LinkKind::kSvgAnchor, rel && rel_has(*rel, "nofollow"));
}

void LinkCollector::add(const Tag& tag) {
  switch (tag.id()) {
    case TagId::kA:
    case TagId::kArea: {
      const auto rel = tag.find("rel");
      const LinkKind kind = tag.id() == TagId::kA ? LinkKind::kAnchor : LinkKind::kArea;
      add_link(tag.find("href"), kind, rel && rel_has(*rel, "nofollow"));
      break;
    }
    case TagId::kIframe:
      add_frame(tag);
      break;
    case TagId::kLink:
      if (const auto rel = tag.find("rel")) {
        if (const auto kind = link_kind(*rel)) add_link(tag.find("href"), *kind, rel_has(*rel, "nofollow"));
      }
      break;
    case TagId::kBase:
      if (const auto href = tag.find("href"); href && !base_) {
        const View value = value_of(*href);
        base_ = {std::string(value.text), value.raw};
      }
      break;
    default:
      break;
  }
}

void LinkCollector::add_refresh(std::string_view raw_content) {
  if (full()) return;
  const View content = value_of(raw_content);
  if (const auto url = parse_refresh(content.text)) push({trim_url(*url), content.raw}, LinkKind::kRefresh, false);
}

LinkCollector::View LinkCollector::value_of(std::string_view raw) {
  const char* const end = raw.data() + raw.size();
  if (find_non_ascii_or<'&', '\r', '\0'>(raw.data(), end) == end) return {trim_url(raw), false};
  if (!is_ascii(raw)) return {raw, true};
  decoded_.clear();
  append_decoded(raw, TextKind::kAttribute, decoded_);
  if (!QueryEncoder::is_plain(decoded_)) return {raw, true};
  return {trim_url(decoded_), false};
}

void LinkCollector::add_link(std::optional<std::string_view> raw, LinkKind kind, bool nofollow) {
  if (!raw) return;
  if (full()) {
    ++left_out_;
  } else {
    push(value_of(*raw), kind, nofollow);
  }
}

void LinkCollector::push(View value, LinkKind kind, bool nofollow) {
  const bool may_be_empty = kind == LinkKind::kAnchor || kind == LinkKind::kArea;
  if (value.text.empty() && !may_be_empty) return;
  if (value.raw) raw_links_.push_back(links_.size());
  links_.add(value.text, kind, nofollow);
}

void LinkCollector::finish(TextDecoder& decoder, Page& page) {
  if (!raw_links_.empty() || (base_ && base_->raw)) {
    QueryEncoder encoder(page.encoding);
    for (const std::size_t i : raw_links_) links_.set_href(i, decode_url(links_[i].href, decoder, encoder));
    if (base_ && base_->raw) base_->text = decode_url(base_->text, decoder, encoder);
  }
  if (base_) page.base_href = std::move(base_->text);
  page.links = std::move(links_);
  page.links_left_out = left_out_;
  start(max_links_);
}

}  // namespace wswp::html
