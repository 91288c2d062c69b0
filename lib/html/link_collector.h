// The links of a page from its tags, and their conversion to UTF-8 once the page's encoding is known.
//
// Belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "html/page_scanner.h"
#include "html/tag.h"

namespace wswp::html {

class TextDecoder;

class LinkCollector {
 public:
  // The next page, of which so many links are kept; 0: all.
  void start(std::size_t max_links);

  // What has been found so far, and to go back to that.
  struct Mark {
    std::size_t links = 0;
    std::int64_t left_out = 0;
    bool base = false;
  };
  Mark mark() const { return {links_.size(), left_out_, base_.has_value()}; }
  void back_to(const Mark& mark);

  // A start tag that is part of the document; that of an SVG element.
  void add(const Tag& tag);
  void add_svg(const Tag& tag);
  // An <iframe>, or a <frame> of a page of frames: elsewhere it is ignored.
  void add_frame(const Tag& tag) { add_link(tag.find("src"), LinkKind::kFrame, false); }
  // The raw content of <meta http-equiv=refresh>.
  void add_refresh(std::string_view raw_content);

  // Moves what was found into `page`, of which the encoding is known; `decoder` is of the tags, which may have been fed
  // in UTF-8 instead.
  void finish(TextDecoder& decoder, Page& page);

 private:
  // An attribute value: final if it is ASCII; otherwise raw, for the encoding may still be unknown.
  template <class Text>
  struct Value {
    Text text;
    bool raw = false;
  };
  using View = Value<std::string_view>;

  // Good until the next call, as long as `raw` is.
  View value_of(std::string_view raw);
  void add_link(std::optional<std::string_view> raw, LinkKind kind, bool nofollow);
  void push(View value, LinkKind kind, bool nofollow);

  bool full() const { return max_links_ > 0 && links_.size() >= max_links_; }

  std::size_t max_links_ = 0;
  std::int64_t left_out_ = 0;  // because it was full
  LinkList links_;
  std::vector<std::size_t> raw_links_;  // those whose href is raw
  std::optional<Value<std::string>> base_;
  std::string decoded_;
};

}  // namespace wswp::html
