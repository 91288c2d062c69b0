// Whether a page is one of frames: of <frameset> instead of a body, in which all but <frame> is ignored
// (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inframeset). In every other page, <frame> is
// ignored.
//
// A page is one if its first <frameset> comes before anything that a body would show; what was in the body that had
// begun nevertheless is dropped. So until the page is known to have a body, all text and all tags matter; for nearly
// all pages that is up to <body>.
//
// Belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "html/references.h"
#include "html/tag.h"

namespace wswp::html {

class FramesetState {
 public:
  enum class Found : std::uint8_t {
    kNothing,
    kBody,           // a body has begun
    kFrames,         // from here on the page is one of frames
    kFramesForBody,  // and what is in its body so far is no part of it
  };

  void reset() { *this = FramesetState(); }

  // Whether the page may still become one: then start_tag(), end_tag() and text() are to be told of all.
  bool is_open() const { return state_ == State::kHead || state_ == State::kBody; }
  // Whether it has become one: then enter() and leave() are to be told of all tags.
  bool has_frames() const { return state_ == State::kFrames || state_ == State::kAfter; }

  // While it is_open(), outside of templates: a start tag, and whether its element is of SVG or MathML; an end tag; a
  // piece of text.
  Found start_tag(const Tag& tag, bool foreign);
  Found end_tag(std::string_view name);
  void text(std::string_view raw, TextKind kind);

  // While it has_frames(): a start tag, and whether that is a frame; an end tag.
  bool enter(const Tag& tag);
  void leave(std::string_view name);

 private:
  enum class State : std::uint8_t {
    kHead,  // nothing of a body yet
    kBody,  // nothing to be seen of it yet
    kRuledOut,
    kFrames,  // in the outermost <frameset>
    kAfter,   // behind it
  };

  Found begin_body(bool ruled_out);

  State state_ = State::kHead;
  bool body_rules_out_ = false;  // a body that begins now is one that no frames replace
  std::size_t depth_ = 0;        // of <frameset>
};

}  // namespace wswp::html
