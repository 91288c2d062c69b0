#include "html/document_context.h"

#include "html/ascii.h"
#include "html/html_element.h"

namespace wswp::html {

namespace {

TokenizerMode mode_after(TagId id) {
  switch (id) {
    case TagId::kTitle:
    case TagId::kTextarea:
      return TokenizerMode::kRcdata;
    case TagId::kStyle:
    case TagId::kXmp:
    case TagId::kIframe:
    case TagId::kNoembed:
    case TagId::kNoframes:
      return TokenizerMode::kRawtext;
    case TagId::kScript:
      return TokenizerMode::kScript;
    case TagId::kPlaintext:
      return TokenizerMode::kPlaintext;
    default:
      return TokenizerMode::kData;
  }
}

// FNV-1a.
std::uint64_t hash_of(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(to_lower(c))) * 0x100000001B3U;
  return hash;
}

bool breaks_out(const Tag& tag) {
  if (tag.id() == TagId::kFont) return tag.find("color") || tag.find("face") || tag.find("size");
  return tag.id() == TagId::kBreakout || tag.id() == TagId::kMeta;
}

// Whether an end tag in foreign content that closes nothing there is taken to close an HTML element around it, and the
// foreign content with it. </body> and </html> close none.
bool closes_html(TagId id, std::uint8_t traits) {
  if ((traits & (kOfHead | kNeverOpen)) != 0) return false;
  return id == TagId::kBreakout || (traits & (kSpecial | kFormatting)) != 0;
}

bool is_paragraph(std::string_view name) {
  return equals_lower(name, "p");
}

bool may_hold_html(const Tag& annotation) {
  const auto encoding = annotation.find("encoding");
  return encoding && (equals_lower(*encoding, "text/html") || equals_lower(*encoding, "application/xhtml+xml"));
}

}  // namespace

void DocumentContext::reset() {
  open_.clear();
  templates_ = 0;
  started_ = Kind::kHtml;
}

// https://html.spec.whatwg.org/multipage/parsing.html#tree-construction-dispatcher
bool DocumentContext::is_foreign_tag(const Tag& tag) const {
  if (open_.empty() || !is_foreign(open_.back())) return false;
  const Open& parent = open_.back();
  if (parent.point == Point::kText) return equals_lower(tag.name(), "mglyph") || equals_lower(tag.name(), "malignmark");
  if (parent.id == TagId::kAnnotationXml && parent.kind == Kind::kMath && tag.id() == TagId::kSvg) return false;
  return parent.point == Point::kNone;
}

TokenizerMode DocumentContext::open(const Tag& tag) {
  if (is_foreign_tag(tag)) {
    if (!breaks_out(tag)) {
      open_foreign(tag);
      return TokenizerMode::kData;
    }
    leave_foreign_content();
  }
  started_ = tag.id() == TagId::kSvg ? Kind::kSvg : tag.id() == TagId::kMath ? Kind::kMath : Kind::kHtml;
  if (started_ != Kind::kHtml) {
    if (!tag.self_closing()) push({started_, tag.id(), Point::kNone, 0, hash_of(tag.name())});
  } else if (tag.id() == TagId::kTemplate) {
    if (push({Kind::kTemplate, tag.id(), Point::kNone, kSpecial, hash_of(tag.name())})) ++templates_;
  } else if (!open_.empty() && open_.back().kind != Kind::kTemplate) {
    open_html(tag);
  }
  return mode_after(tag.id());
}

void DocumentContext::open_foreign(const Tag& tag) {
  started_ = open_.back().kind;
  if (tag.self_closing()) return;
  const bool svg = started_ == Kind::kSvg;
  Point point = Point::kNone;
  switch (tag.id()) {
    case TagId::kForeignObject:
    case TagId::kDesc:
    case TagId::kTitle:
      if (svg) point = Point::kHtml;
      break;
    case TagId::kMathText:
      if (!svg) point = Point::kText;
      break;
    case TagId::kAnnotationXml:
      if (!svg && may_hold_html(tag)) point = Point::kHtml;
      break;
    default:
      break;
  }
  push({started_, tag.id(), point, 0, hash_of(tag.name())});
}

// In an integration point. A paragraph ends with the next block.
void DocumentContext::open_html(const Tag& tag) {
  const std::uint8_t traits = traits_of(tag.name());
  if ((traits & kClosesParagraph) != 0) {
    const std::uint64_t paragraph = hash_of("p");
    for (std::size_t i = open_.size(); i > 0 && open_[i - 1].kind == Kind::kHtml; --i) {
      if (open_[i - 1].name != paragraph) continue;
      open_.resize(i - 1);
      break;
    }
  }
  if ((traits & kNeverOpen) != 0 || open_.size() >= kMaxDepth / 2) return;
  push({Kind::kHtml, tag.id(), Point::kNone, traits, hash_of(tag.name())});
}

bool DocumentContext::push(const Open& element) {
  if (open_.size() == kMaxDepth) return false;
  open_.push_back(element);
  return true;
}

void DocumentContext::leave_foreign_content() {
  while (!holds_html()) open_.pop_back();
}

void DocumentContext::close(std::string_view name) {
  if (is_foreign(open_.back())) return close_foreign(name);
  if (tag_id(name) == TagId::kTemplate) return close_template();
  close_html(open_.size(), hash_of(name), traits_of(name));
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
void DocumentContext::close_foreign(std::string_view name) {
  if (is_paragraph(name) || equals_lower(name, "br")) {
    leave_foreign_content();
    if (!open_.empty() && open_.back().kind == Kind::kHtml) close(name);
    return;
  }
  const std::uint64_t hash = hash_of(name);
  const std::uint8_t traits = traits_of(name);
  bool out_of_scope = false;
  std::size_t i = open_.size();
  for (; i > 0 && is_foreign(open_[i - 1]); --i) {
    if (open_[i - 1].name == hash) return open_.resize(i - 1);
    out_of_scope = out_of_scope || ends_scope(open_[i - 1]);
  }
  const TagId id = tag_id(name);
  if (id == TagId::kTemplate) return close_template();
  if (out_of_scope) return;
  if (i > 0 && open_[i - 1].kind == Kind::kHtml) return close_html(i, hash, traits);
  if (closes_html(id, traits)) open_.resize(i);
}

// Closes the element of that name among those of HTML that end at `size`, with what is open inside. What is no block
// does not close a block around which it stands; formatting ends without it.
void DocumentContext::close_html(std::size_t size, std::uint64_t name, std::uint8_t traits) {
  bool around_block = false;
  for (std::size_t i = size; i > 0 && open_[i - 1].kind == Kind::kHtml; --i) {
    if (open_[i - 1].name != name) {
      around_block = around_block || (open_[i - 1].traits & kSpecial) != 0;
    } else if (!around_block || (traits & kSpecial) != 0) {
      return open_.resize(i - 1);
    } else {
      if ((traits & kFormatting) != 0) open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i - 1));
      return;
    }
  }
}

// Whatever is open inside it is closed with it, SVG and MathML included.
void DocumentContext::close_template() {
  if (templates_ == 0) return;
  while (open_.back().kind != Kind::kTemplate) open_.pop_back();
  open_.pop_back();
  --templates_;
}

}  // namespace wswp::html
