// As much of the tree builder (https://html.spec.whatwg.org/multipage/parsing.html#tree-construction) as decides how to
// read a page without building its tree: whether an element is HTML, SVG or MathML, whether it is in a <template>, and
// which tokenizer mode a start tag leads to.
//
// Elements are followed from the outermost <svg>, <math> or <template> on, kMaxDepth deep. Of HTML, that is what stands
// in an element of SVG or MathML that may contain it (an integration point); what is around, and what is in a template,
// is not followed, so that an end tag inside <svg> or <math> which belongs to HTML is taken to have its start tag
// there. Scripting is off, so <noscript> is ordinary markup. See FramesetState for pages of frames.
//
// Belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "html/tag.h"
#include "html/tokenizer.h"

namespace wswp::html {

class DocumentContext {
 public:
  // Deeper elements are not followed: what they contain counts as content of the deepest one that is. Of HTML, half as
  // many are.
  static constexpr std::size_t kMaxDepth = 256;

  void reset();

  // To be told of every tag, but for plain start tags and end tags while needs_plain_tags() is false. start_tag answers
  // how to tokenise what follows.
  TokenizerMode start_tag(const Tag& tag) {
    return open_.empty() && is_plain(tag.id()) ? TokenizerMode::kData : open(tag);
  }
  void end_tag(std::string_view name) {
    if (!open_.empty()) close(name);
  }

  bool needs_plain_tags() const { return !open_.empty(); }

  // Of the last start tag that is not plain: whether its element is of SVG or MathML; of SVG.
  bool started_foreign() const { return started_ == Kind::kSvg || started_ == Kind::kMath; }
  bool started_svg() const { return started_ == Kind::kSvg; }

  // Whether the innermost element that is open is of SVG or MathML, an integration point included.
  bool in_foreign_content() const { return !open_.empty() && is_foreign(open_.back()); }
  // Whether a start tag that comes next is one of HTML, whatever its name.
  bool holds_html() const { return open_.empty() || !is_foreign(open_.back()) || open_.back().point != Point::kNone; }
  // Contents of a template are not part of the document: no links, no title, no directives.
  bool in_template() const { return templates_ > 0; }

 private:
  enum class Kind : std::uint8_t { kHtml, kTemplate, kSvg, kMath };
  // https://html.spec.whatwg.org/#html-integration-point, https://html.spec.whatwg.org/#mathml-text-integration-point
  enum class Point : std::uint8_t { kNone, kHtml, kText };
  struct Open {
    Kind kind;
    TagId id;
    Point point;
    std::uint8_t traits;  // of HTML, see html_element.h
    std::uint64_t name;   // its hash, in lower case
  };

  static bool is_foreign(const Open& open) { return open.kind == Kind::kSvg || open.kind == Kind::kMath; }
  static bool ends_scope(const Open& open) { return open.point != Point::kNone || open.id == TagId::kAnnotationXml; }
  bool is_foreign_tag(const Tag& tag) const;
  TokenizerMode open(const Tag& tag);
  void open_foreign(const Tag& tag);
  void open_html(const Tag& tag);
  bool push(const Open& element);  // false: too deep
  void leave_foreign_content();
  void close(std::string_view name);
  void close_foreign(std::string_view name);
  void close_html(std::size_t size, std::uint64_t name, std::uint8_t traits);
  void close_template();

  std::vector<Open> open_;
  std::size_t templates_ = 0;
  Kind started_ = Kind::kHtml;
};

}  // namespace wswp::html
