// The states of the tokenizer inside tags: the hot path on real pages.
#include <algorithm>

#include "html/scan.h"
#include "html/tokenizer.h"

namespace wswp::html {

void Tokenizer::begin_tag_name(bool end_tag) {
  end_tag_ = end_tag;
  self_closing_ = false;
  name_begin_ = end_tag ? 2 : 1;
  attributes_.clear();
  state_ = State::kTagName;
}

// Where two states of the standard treat all bytes alike, they are one here: "after attribute value (quoted)" is
// "before attribute name", and "after attribute name" becomes it at the first byte that is neither space nor '='.
const char* Tokenizer::step_tag(const char* p, const char* end) {
  while (p != end) {
    switch (state_) {
      case State::kTagName:
        p = find_tag_name_end(p, end);
        if (p == end) return end;
        name_end_ = std::min(offset(p), kMaxTagBytes + 1);
        state_ = State::kBeforeAttributeName;
        [[fallthrough]];
      case State::kBeforeAttributeName:
        p = skip_space(p, end);
        if (p == end) return end;
        if (*p == '>') return emit_tag(p + 1);
        if (*p == '/') {
          state_ = State::kSelfClosing;
          ++p;
          break;
        }
        if (const char* const after = whole_attribute(p, end)) {
          p = after;
          break;
        }
        attribute_name_begin_ = offset(p++);  // whatever it is, also '='
        state_ = State::kAttributeName;
        [[fallthrough]];
      case State::kAttributeName:
        p = find_space_or<'/', '>', '='>(p, end);
        if (p == end) return end;
        attribute_name_end_ = offset(p);
        attribute_value_begin_ = attribute_value_end_ = attribute_name_end_;
        state_ = State::kAfterAttributeName;
        [[fallthrough]];
      case State::kAfterAttributeName:
        p = skip_space(p, end);
        if (p == end) return end;
        if (*p != '=') {
          add_attribute();
          break;
        }
        ++p;
        state_ = State::kBeforeAttributeValue;
        [[fallthrough]];
      case State::kBeforeAttributeValue:
        p = skip_space(p, end);
        if (p == end) return end;
        if (*p == '"' || *p == '\'') {
          quote_ = *p++;
          state_ = State::kAttributeValueQuoted;
        } else {
          state_ = State::kAttributeValueUnquoted;
        }
        attribute_value_begin_ = offset(p);
        break;
      case State::kAttributeValueQuoted:
        p = find_byte(p, end, quote_);
        if (p == end) return end;
        attribute_value_end_ = offset(p++);
        add_attribute();
        break;
      case State::kAttributeValueUnquoted:
        p = find_space_or<'>'>(p, end);
        if (p == end) return end;
        attribute_value_end_ = offset(p);
        add_attribute();
        break;
      default:  // kSelfClosing
        if (*p == '>') {
          self_closing_ = true;
          return emit_tag(p + 1);
        }
        state_ = State::kBeforeAttributeName;
        break;
    }
  }
  return p;
}

void Tokenizer::add_attribute() {
  state_ = State::kBeforeAttributeName;
  keep_attribute(attribute_name_begin_, attribute_name_end_, attribute_value_begin_, attribute_value_end_);
}

void Tokenizer::keep_attribute(std::size_t name_begin, std::size_t name_end, std::size_t value_begin,
                               std::size_t value_end) {
  if (value_end > kMaxTagBytes || attributes_.size() == kMaxAttributes) return;
  attributes_.push_back({static_cast<std::uint32_t>(name_begin), static_cast<std::uint32_t>(name_end),
                         static_cast<std::uint32_t>(value_begin), static_cast<std::uint32_t>(value_end)});
}

// name="value" as nearly all attributes are, if all of it is there: the states from its name to its end at once, with
// what they would do. Where it ends; nullptr: it is another one, nothing has been done.
const char* Tokenizer::whole_attribute(const char* p, const char* end) {
  const char* const name_end = find_attribute_name_end(p + 1, end);
  if (end - name_end < 2 || *name_end != '=') return nullptr;
  const char quote = name_end[1];
  if (quote != '"' && quote != '\'') return nullptr;
  const char* const value = name_end + 2;
  const char* const value_end = find_byte(value, end, quote);
  if (value_end == end) return nullptr;
  keep_attribute(offset(p), offset(name_end), offset(value), offset(value_end));
  state_ = State::kBeforeAttributeName;
  return value_end + 1;
}

const char* Tokenizer::emit_tag(const char* p) {
  const std::string_view name(tag_begin_ + name_begin_, name_end_ - name_begin_);
  state_ = State::kText;
  if (end_tag_) {
    mode_ = TokenizerMode::kData;
    sink_->on_end_tag(name);
    return p;
  }
  mode_ = sink_->on_start_tag(Tag(tag_begin_, name, tag_id(name), self_closing_, attributes_));
  if (mode_ != TokenizerMode::kData) {
    last_start_tag_ = lower_copy(name);
    escape_ = Escape::kNone;
    dashes_ = 0;
  }
  return p;
}

}  // namespace wswp::html
