#include "html/frameset_state.h"

#include <algorithm>
#include <string>
#include <utility>

#include "html/ascii.h"
#include "html/html_element.h"

namespace wswp::html {

namespace {

// What sets the frameset-ok flag to "not ok" in text: anything but white space and NUL.
bool is_seen(std::string_view text) {
  return !std::all_of(text.begin(), text.end(), [](char c) { return is_space(c) || c == '\0'; });
}

// The elements of a head that nearly all pages have; traits_of() knows them, too.
constexpr bool is_of_head(TagId id) {
  return id == TagId::kLink || id == TagId::kMeta || id == TagId::kScript || id == TagId::kStyle || id == TagId::kTitle;
}

bool rules_out(const Tag& tag, std::uint8_t traits) {
  if ((traits & kRulesOutFrames) == 0) return false;
  if (!equals_lower(tag.name(), "input")) return true;
  const auto type = tag.find("type");
  return !type || !equals_lower(*type, "hidden");
}

}  // namespace

FramesetState::Found FramesetState::start_tag(const Tag& tag, bool foreign) {
  if (state_ == State::kHead && is_of_head(tag.id()) && !foreign) return Found::kNothing;
  if (tag.id() == TagId::kFrameset && !foreign) {
    depth_ = 1;
    return std::exchange(state_, State::kFrames) == State::kBody ? Found::kFramesForBody : Found::kFrames;
  }
  const std::uint8_t traits = foreign ? 0 : traits_of(tag.name());
  if (state_ == State::kHead && (traits & kOfHead) != 0) {
    body_rules_out_ = body_rules_out_ || (traits & kRulesOutFrames) != 0;
    return Found::kNothing;
  }
  return begin_body(rules_out(tag, traits));
}

// </br> stands for <br>. Other end tags are ignored in the head, or end an element of it.
FramesetState::Found FramesetState::end_tag(std::string_view name) {
  const bool line_break = equals_lower(name, "br");
  if (!line_break && !equals_lower(name, "body") && !equals_lower(name, "html")) return Found::kNothing;
  return begin_body(line_break);
}

FramesetState::Found FramesetState::begin_body(bool ruled_out) {
  const bool begins = state_ == State::kHead;
  state_ = ruled_out || (begins && body_rules_out_) ? State::kRuledOut : State::kBody;
  return begins && is_open() ? Found::kBody : Found::kNothing;
}

void FramesetState::text(std::string_view raw, TextKind kind) {
  if (kind != TextKind::kData && kind != TextKind::kCdata) return;
  if (!is_seen(raw)) return;
  std::string decoded;
  append_decoded(raw, kind, decoded);
  if (is_seen(decoded)) state_ = State::kRuledOut;
}

bool FramesetState::enter(const Tag& tag) {
  if (state_ != State::kFrames) return false;
  if (tag.id() == TagId::kFrameset) ++depth_;
  return tag.id() == TagId::kFrame;
}

void FramesetState::leave(std::string_view name) {
  if (state_ == State::kFrames && tag_id(name) == TagId::kFrameset && --depth_ == 0) state_ = State::kAfter;
}

}  // namespace wswp::html
