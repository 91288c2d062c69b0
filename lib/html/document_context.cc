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

// Whether an end tag in foreign content that closes nothing there closes an HTML element around it, and the foreign
// content with it: </p> and </br> always do, </body> and </html> never do
// (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign).
bool closes_html(TagId id, std::string_view name) {
  if (id != TagId::kBreakout) return id == TagId::kA;
  return !equals_lower(name, "body") && !equals_lower(name, "head");
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

TokenizerMode DocumentContext::open(const Tag& tag) {
  if (in_foreign_content()) {
    if (!breaks_out(tag)) {
      foreign_start_tag(tag);
      return TokenizerMode::kData;
    }
    leave_foreign_content();
  }
  if (tag.id() == TagId::kSvg && !tag.self_closing()) push(Kind::kSvg, tag);
  if (tag.id() == TagId::kMath && !tag.self_closing()) push(Kind::kMath, tag);
  if (tag.id() == TagId::kTemplate && push(Kind::kTemplate, tag)) ++templates_;
  return mode_after(tag.id());
}

void DocumentContext::foreign_start_tag(const Tag& tag) {
  if (tag.self_closing()) return;
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
    case TagId::kA:
      push(open_.back().kind, tag);
      break;
    default:
      break;
  }
}

bool DocumentContext::push(Kind kind, const Tag& tag) {
  if (open_.size() == kMaxDepth) return false;
  open_.push_back({kind, tag.id()});
  return true;
}

void DocumentContext::leave_foreign_content() {
  while (in_foreign_content()) open_.pop_back();
}

// Closes the innermost element of that id, and with it what is open inside; but HTML inside SVG or MathML cannot close
// what lies around it.
void DocumentContext::close(std::string_view name) {
  const TagId id = tag_id(name);
  if (id == TagId::kOther) return;
  if (id == TagId::kTemplate) return close_template();
  for (std::size_t i = open_.size(); i > 0 && open_[i - 1].kind != Kind::kTemplate; --i) {
    if (open_[i - 1].id == id) return open_.resize(i - 1);
    if (!is_foreign(open_[i - 1])) break;
  }
  if (in_foreign_content() && closes_html(id, name)) leave_foreign_content();
}

// Whatever is open inside it is closed with it, SVG and MathML included.
void DocumentContext::close_template() {
  if (templates_ == 0) return;
  while (open_.back().kind != Kind::kTemplate) open_.pop_back();
  open_.pop_back();
  --templates_;
}

}  // namespace wswp::html
