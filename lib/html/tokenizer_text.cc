// The states of the tokenizer outside tags: text of all kinds, comments, and what '<' turns out to begin.
#include <algorithm>

#include "html/ascii.h"
#include "html/scan.h"
#include "html/tokenizer.h"

namespace wswp::html {

namespace {

constexpr std::string_view kCdataOpen = "<![CDATA[";
constexpr std::string_view kScript = "script";

constexpr bool ends_tag_name(char c) {
  return is_space(c) || c == '/' || c == '>';
}

// The number of '-' directly before `at`, as far as 2 and no further back than `begin`.
std::size_t dashes_before(const char* begin, const char* at) {
  std::size_t count = 0;
  while (count < 2 && at != begin && at[-1] == '-') {
    --at;
    ++count;
  }
  return count;
}

}  // namespace

const char* Tokenizer::step_text(const char* p, const char* end) {
  if (mode_ != TokenizerMode::kData) return step_special_text(p, end);
  const char* const less_than = want_text_ || want_plain_tags_ ? find_byte(p, end, '<') : skip_plain(p, end);
  text(p, less_than);
  if (less_than == end) return end;
  tag_begin_ = less_than;
  state_ = State::kTagOpen;
  p = less_than + 1;
  return p != end ? step_tag_open(p, end) : p;
}

const char* Tokenizer::step_special_text(const char* p, const char* end) {
  if (mode_ == TokenizerMode::kCdata) return step_cdata(p, end);
  if (mode_ == TokenizerMode::kScript && escape_ != Escape::kNone) return step_script_text(p, end);
  const char* const less_than = mode_ == TokenizerMode::kPlaintext ? end : find_byte(p, end, '<');
  text(p, less_than);
  if (less_than == end) return end;
  begin_raw_less(less_than);
  return less_than + 1;
}

// In escaped script data, "-->" returns to plain script data.
const char* Tokenizer::step_script_text(const char* p, const char* end) {
  const char* const stop = find_any<'<', '>'>(p, end);
  std::size_t dashes = dashes_before(p, stop);
  if (p + dashes == stop) dashes = std::min<std::size_t>(dashes + dashes_, 2);
  dashes_ = dashes;
  if (stop != end && *stop == '>') {
    if (dashes == 2) escape_ = Escape::kNone;
    dashes_ = 0;
    text(p, stop + 1);
    return stop + 1;
  }
  text(p, stop);
  if (stop == end) return end;
  begin_raw_less(stop);
  return stop + 1;
}

const char* Tokenizer::step_cdata(const char* p, const char* end) {
  if (brackets_ == 0) {
    const char* const bracket = find_byte(p, end, ']');
    text(p, bracket);
    if (bracket == end) return end;
    brackets_ = 1;
    return bracket + 1;
  }
  constexpr std::string_view kBrackets = "]]";
  const char* const held = kBrackets.data();
  if (*p == ']') {
    if (brackets_ == 2) text(held, held + 1);
    brackets_ = 2;
    return p + 1;
  }
  const bool ends = brackets_ == 2 && *p == '>';
  if (!ends) text(held, held + brackets_);
  brackets_ = 0;
  if (!ends) return p;
  mode_ = TokenizerMode::kData;
  sink_->on_gap();
  return p + 1;
}

const char* Tokenizer::step_bogus_comment(const char* p, const char* end) {
  p = find_byte(p, end, '>');
  if (p == end) return end;
  state_ = State::kText;
  sink_->on_gap();
  return p + 1;
}

const char* Tokenizer::step_comment(const char* p, const char* end) {
  for (const char* at = find_byte(p, end, '>'); at != end; at = find_byte(at + 1, end, '>')) {
    if (!comment_ends(p, at)) continue;
    state_ = State::kText;
    sink_->on_gap();
    return at + 1;
  }
  remember_comment(p, end);
  return end;
}

// Whether the '>' at `at` ends the comment of which [begin, at) and what is remembered have been read: as "-->" or
// "--!>", or directly after the opening, where ">" and "->" do as well.
bool Tokenizer::comment_ends(const char* begin, const char* at) const {
  const auto in_chunk = static_cast<std::size_t>(at - begin);
  const std::size_t size = comment_size_ + in_chunk;
  const auto back = [&](std::size_t distance) {
    return distance <= in_chunk ? *(at - distance) : comment_tail_[comment_tail_.size() - (distance - in_chunk)];
  };
  if (size == 0) return true;
  if (size == 1) return back(1) == '-';
  if (back(1) == '-') return back(2) == '-';
  return size >= 3 && back(1) == '!' && back(2) == '-' && back(3) == '-';
}

void Tokenizer::remember_comment(const char* begin, const char* end) {
  constexpr std::size_t kTail = 3;
  const auto size = static_cast<std::size_t>(end - begin);
  comment_size_ += size;
  comment_tail_.append(end - std::min(size, kTail), end);
  if (comment_tail_.size() > kTail) comment_tail_.erase(0, comment_tail_.size() - kTail);
}

const char* Tokenizer::step_tag_open(const char* p, const char* end) {
  if (is_alpha(*p)) {
    begin_tag_name(false);
    return step_tag(p + 1, end);
  }
  if (*p == '/') {
    state_ = State::kEndTagOpen;
    ++p;
    return p != end ? step_end_tag_open(p, end) : p;
  }
  if (*p == '!') {
    state_ = State::kDeclaration;
    return p + 1;
  }
  return *p == '?' ? begin_bogus_comment(p) : back_to_text(p);
}

const char* Tokenizer::step_end_tag_open(const char* p, const char* end) {
  if (is_alpha(*p)) {
    begin_tag_name(true);
    return step_tag(p + 1, end);
  }
  return begin_bogus_comment(p);  // which "</>" ends at once
}

// A doctype ends where a bogus comment does, at the next '>', even inside its quoted identifiers.
const char* Tokenizer::step_declaration(const char* p, const char* end) {
  constexpr std::size_t kDash = 2;  // the offset of the first dash of "<!--"
  for (; p != end; ++p) {
    const std::size_t at = offset(p);
    if (at == kDash && *p == '-') continue;
    if (at > kDash && tag_begin_[kDash] == '-') {
      if (*p != '-') return begin_bogus_comment(p);
      state_ = State::kComment;
      comment_size_ = 0;
      comment_tail_.clear();
      return p + 1;
    }
    if (*p != kCdataOpen[at] || !sink_->in_foreign_content()) return begin_bogus_comment(p);
    if (at + 1 == kCdataOpen.size()) {
      mode_ = TokenizerMode::kCdata;
      state_ = State::kText;
      sink_->on_gap();
      return p + 1;
    }
  }
  return end;
}

const char* Tokenizer::step_raw_less(const char* p) {
  const bool script = mode_ == TokenizerMode::kScript;
  if (*p == '/') {
    state_ = escape_ == Escape::kDoubleEscaped ? State::kScriptDoubleEscapeEnd : State::kRawEndTagName;
    return p + 1;
  }
  if (script && escape_ == Escape::kNone && *p == '!') {
    state_ = State::kScriptEscapeStart;
    return p + 1;
  }
  if (script && escape_ == Escape::kEscaped && is_alpha(*p)) {
    state_ = State::kScriptDoubleEscapeStart;
    return p;
  }
  return back_to_text(p);
}

const char* Tokenizer::step_raw_end_tag_name(const char* p, const char* end) {
  constexpr std::size_t kNameBegin = 2;
  for (; p != end; ++p) {
    const std::size_t at = offset(p) - kNameBegin;
    if (at < last_start_tag_.size()) {
      if (to_lower(*p) != last_start_tag_[at]) return back_to_text(p);
      continue;
    }
    if (at == 0 || !ends_tag_name(*p)) return back_to_text(p);
    begin_tag_name(true);
    return p;
  }
  return end;
}

const char* Tokenizer::step_script_escape_start(const char* p, const char* end) {
  constexpr std::size_t kLastDash = 3;
  for (; p != end; ++p) {
    if (*p != '-') return back_to_text(p);
    if (offset(p) < kLastDash) continue;
    escape_ = Escape::kEscaped;
    back_to_text(p + 1);
    dashes_ = 2;
    return p + 1;
  }
  return end;
}

// "<script" begins and "</script" ends what is escaped twice.
const char* Tokenizer::step_script_double_escape(const char* p, const char* end) {
  const bool start = state_ == State::kScriptDoubleEscapeStart;
  const std::size_t name_begin = start ? 1 : 2;
  for (; p != end; ++p) {
    const std::size_t at = offset(p) - name_begin;
    if (at < kScript.size()) {
      if (to_lower(*p) != kScript[at]) return back_to_text(p);
      continue;
    }
    if (!ends_tag_name(*p)) return back_to_text(p);
    escape_ = start ? Escape::kDoubleEscaped : Escape::kEscaped;
    return back_to_text(p + 1);
  }
  return end;
}

}  // namespace wswp::html
