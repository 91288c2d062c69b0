// Passing over tags of which nobody wants to know: most of a real page.
#include "html/scan.h"
#include "html/tokenizer.h"

namespace wswp::html {

namespace {

constexpr bool may_end_attribute_name(char c) {
  return !is_space(c) && c != '/' && c != '=' && c != '"' && c != '\'';
}

// Past the value that begins at p, after the '='; nullptr where it takes more than a search to tell.
const char* skip_value(const char* p, const char* end) {
  if (p == end || *p == '>' || is_space(*p)) return nullptr;
  if (*p != '"' && *p != '\'') return find_space_or<'>'>(p, end);
  p = find_byte(p + 1, end, *p);
  return p != end ? p + 1 : nullptr;
}

// Past the attributes and the '>' of a tag; `p` is the end of its name. What follows from the states of the standard:
// outside a quoted value the first '>' ends the tag, and a quote begins a value directly after the '=' that ends a
// name.
const char* skip_attributes(const char* p, const char* end) {
  for (;;) {
    p = find_any<'>', '=', '"', '\''>(p, end);
    if (p == end) return nullptr;
    if (*p == '>') return p + 1;
    if (*p != '=' || !may_end_attribute_name(p[-1])) return nullptr;
    p = skip_value(p + 1, end);
    if (p == nullptr) return nullptr;
  }
}

// Past the tag that begins with the '<' at p, if it is a plain one or an end tag, is there as a whole, and its
// attributes are written as nearly all are; nullptr: it is to be read state by state.
const char* skip_tag(const char* p, const char* end) {
  if (end - p < kShortNameReach + 2) return nullptr;
  const bool is_end_tag = *++p == '/';
  if (is_end_tag) ++p;
  if (!is_alpha(*p)) return nullptr;
  const std::string_view name(p, short_name_size(p));
  if (name.empty() || (!is_end_tag && !is_plain_name(name))) return nullptr;
  p += name.size();
  return *p == '>' ? p + 1 : skip_attributes(p, end);
}

}  // namespace

const char* Tokenizer::skip_plain(const char* p, const char* end) {
  for (p = find_byte(p, end, '<'); p != end; p = find_byte(p, end, '<')) {
    const char* const after = skip_tag(p, end);
    if (after == nullptr) return p;
    p = after;
  }
  return end;
}

}  // namespace wswp::html
