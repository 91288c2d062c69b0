// As much of the tree builder (https://html.spec.whatwg.org/multipage/parsing.html#tree-construction) as decides how to
// read a page without building its tree: whether the current element is HTML, SVG or MathML, whether it is in a
// <template>, and which tokenizer mode a start tag leads to.
//
// An approximation where the standard looks at the whole stack of open elements: only <svg>, <math>, <a> in them, the
// elements in them that may contain HTML, and <template> are followed, kMaxDepth deep. An end tag inside <svg> or
// <math> that belongs to HTML is taken to have its start tag outside. <frameset>, in which the standard ignores most
// tags, is not followed. Scripting is off, so <noscript> is ordinary markup.
//
// Belongs to one thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "html/tag.h"
#include "html/tokenizer.h"

namespace wswp::html {

class DocumentContext {
 public:
  // Deeper elements are not followed: what they contain counts as content of the deepest one that is.
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

  // Of the element started last and still open: whether it, or for an empty one its place, is SVG or MathML.
  bool in_foreign_content() const { return !open_.empty() && is_foreign(open_.back()); }
  bool in_svg() const { return !open_.empty() && open_.back().kind == Kind::kSvg; }
  // Contents of a template are not part of the document: no links, no title, no directives.
  bool in_template() const { return templates_ > 0; }

 private:
  // kHtml: an element of SVG or MathML whose contents are HTML, with the id that ends it; kTemplate: <template>.
  enum class Kind : std::uint8_t { kSvg, kMath, kHtml, kTemplate };
  struct Open {
    Kind kind;
    TagId id;
  };

  static bool is_foreign(const Open& open) { return open.kind == Kind::kSvg || open.kind == Kind::kMath; }
  TokenizerMode open(const Tag& tag);
  void foreign_start_tag(const Tag& tag);
  bool push(Kind kind, const Tag& tag);  // false: too deep
  void leave_foreign_content();
  void close(std::string_view name);
  void close_template();

  std::vector<Open> open_;
  std::size_t templates_ = 0;
};

}  // namespace wswp::html
