#include "html/tokenizer.h"

#include <algorithm>

#include "html/scan.h"

namespace wswp::html {

void Tokenizer::reset(TokenizerMode mode, std::string_view last_start_tag) {
  mode_ = mode;
  state_ = State::kText;
  last_start_tag_ = last_start_tag;
  kept_.clear();
  overflow_ = false;
  escape_ = Escape::kNone;
  dashes_ = 0;
  brackets_ = 0;
}

void Tokenizer::feed(std::string_view chunk) {
  const char* p = chunk.data();
  const char* const end = p + chunk.size();
  if (keeps_bytes(state_)) {
    p = resume(p, end);
    if (keeps_bytes(state_)) return;
  }
  run(p, end);
}

void Tokenizer::run(const char* p, const char* end) {
  while (p != end) {
    switch (state_) {
      case State::kText:
        p = step_text(p, end);
        break;
      case State::kBogusComment:
        p = step_bogus_comment(p, end);
        break;
      case State::kComment:
        p = step_comment(p, end);
        break;
      default:
        p = step_kept(p, end);
        break;
    }
  }
  if (!keeps_bytes(state_)) return;
  const auto size = static_cast<std::size_t>(end - tag_begin_);
  kept_.assign(tag_begin_, std::min(size, kMaxTagBytes + 1));
  overflow_ = kept_.size() > kMaxTagBytes;
}

// Continues what began in an earlier chunk. Bytes are kept up to the next '>' only, which mostly ends it, so that
// little more than the tag is copied; a '>' inside a quoted value costs another turn.
const char* Tokenizer::resume(const char* p, const char* end) {
  while (p != end && keeps_bytes(state_)) {
    tag_begin_ = kept_.data();
    if (overflow_) {
      p = step_kept(p, end);
      continue;
    }
    const char* stop = find_byte(p, end, '>');
    if (stop != end) ++stop;
    stop = p + std::min(stop - p, static_cast<std::ptrdiff_t>(kMaxTagBytes + 1 - kept_.size()));
    const std::size_t old_size = kept_.size();
    kept_.append(p, stop);
    tag_begin_ = kept_.data();
    const char* const kept_end = kept_.data() + kept_.size();
    p = stop - (kept_end - step_kept(kept_.data() + old_size, kept_end));
    overflow_ = kept_.size() > kMaxTagBytes;
  }
  if (!keeps_bytes(state_)) {
    kept_.clear();
    overflow_ = false;
  }
  return p;
}

const char* Tokenizer::step_kept(const char* p, const char* end) {
  while (p != end && keeps_bytes(state_)) {
    switch (state_) {
      case State::kTagOpen:
        p = step_tag_open(p, end);
        break;
      case State::kEndTagOpen:
        p = step_end_tag_open(p, end);
        break;
      case State::kDeclaration:
        p = step_declaration(p, end);
        break;
      case State::kRawLess:
        p = step_raw_less(p);
        break;
      case State::kRawEndTagName:
        p = step_raw_end_tag_name(p, end);
        break;
      case State::kScriptEscapeStart:
        p = step_script_escape_start(p, end);
        break;
      case State::kScriptDoubleEscapeStart:
      case State::kScriptDoubleEscapeEnd:
        p = step_script_double_escape(p, end);
        break;
      default:
        p = step_tag(p, end);
        break;
    }
  }
  return p;
}

void Tokenizer::finish() {
  const std::string_view brackets = std::string_view("]]").substr(0, brackets_);
  text(brackets.data(), brackets.data() + brackets.size());
  const bool is_text = state_ == State::kTagOpen || state_ == State::kEndTagOpen ||
                       (state_ >= State::kRawLess && state_ <= State::kScriptDoubleEscapeEnd);
  if (is_text) text(kept_.data(), kept_.data() + kept_.size());
}

// What was read since '<' is text after all; the byte at p is read again as such.
const char* Tokenizer::back_to_text(const char* p) {
  text(tag_begin_, p);
  dashes_ = 0;
  state_ = State::kText;
  return p;
}

const char* Tokenizer::begin_bogus_comment(const char* p) {
  state_ = State::kBogusComment;
  return p;
}

void Tokenizer::emit_text(const char* begin, const char* end, TextKind kind) const {
  if (begin != end) sink_->on_text({begin, static_cast<std::size_t>(end - begin)}, kind);
}

TextKind Tokenizer::text_kind() const {
  switch (mode_) {
    case TokenizerMode::kData:
      return TextKind::kData;
    case TokenizerMode::kRcdata:
      return TextKind::kRcdata;
    case TokenizerMode::kCdata:
      return TextKind::kCdata;
    default:
      return TextKind::kRaw;
  }
}

}  // namespace wswp::html
