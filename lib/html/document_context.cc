#include "html/document_context.h"

#include <algorithm>

#include "html/ascii.h"

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

bool breaks_out(const Tag& tag) {
  if (tag.id() == TagId::kFont) return tag.find("color") || tag.find("face") || tag.find("size");
  return tag.id() == TagId::kBreakout;
}

// https://html.spec.whatwg.org/#html-integration-point
bool holds_html(const Tag& tag) {
  const auto encoding = tag.find("encoding");
  return encoding && (equals_lower(*encoding, "text/html") || equals_lower(*encoding, "application/xhtml+xml"));
}

}  // namespace

void DocumentContext::reset() {
  open_.clear();
  templates_ = 0;
}

TokenizerMode DocumentContext::start_tag(const Tag& tag) {
  if (in_foreign_content()) {
    if (!breaks_out(tag)) {
      foreign_start_tag(tag);
      return TokenizerMode::kData;
    }
    while (in_foreign_content()) open_.pop_back();
  }
  if (tag.id() == TagId::kSvg) push(Kind::kSvg, tag);
  if (tag.id() == TagId::kMath) push(Kind::kMath, tag);
  if (tag.id() == TagId::kTemplate) ++templates_;
  return mode_after(tag.id());
}

void DocumentContext::foreign_start_tag(const Tag& tag) {
  const bool svg = open_.back().kind == Kind::kSvg;
  switch (tag.id()) {
    case TagId::kSvg:
      push(svg || open_.back().id == TagId::kAnnotationXml ? Kind::kSvg : Kind::kMath, tag);
      break;
    case TagId::kMath:
      push(svg ? Kind::kSvg : Kind::kMath, tag);
      break;
    case TagId::kForeignObject:
    case TagId::kDesc:
    case TagId::kTitle:
      if (svg) push(Kind::kHtml, tag);
      break;
    case TagId::kMathText:
      if (!svg) push(Kind::kHtml, tag);
      break;
    case TagId::kAnnotationXml:
      if (!svg) push(holds_html(tag) ? Kind::kHtml : Kind::kMath, tag);
      break;
    default:
      break;
  }
}

void DocumentContext::push(Kind kind, const Tag& tag) {
  if (!tag.self_closing() && open_.size() < kMaxDepth) open_.push_back({kind, tag.id()});
}

// Closes the innermost element of that id, and with it what is open inside; but HTML inside SVG or MathML cannot close
// what lies around it.
void DocumentContext::end_tag(const Tag& tag) {
  if (tag.id() == TagId::kTemplate && !in_foreign_content()) {
    if (templates_ > 0) --templates_;
    return;
  }
  for (std::size_t i = open_.size(); i > 0; --i) {
    if (open_[i - 1].id == tag.id()) {
      open_.resize(i - 1);
      return;
    }
    if (!is_foreign(open_[i - 1])) return;
  }
}

}  // namespace wswp::html
