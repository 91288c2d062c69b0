// Passing over tags of which nobody wants to know: most of a real page.
#include <bit>
#include <cstdint>

#include "base/sse2.h"
#include "html/scan.h"
#include "html/tag_id.h"
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

#if defined(WSWP_SSE2)

// A bit for each byte from the first of two set bits to before the second, and so on.
constexpr std::uint64_t between_pairs(std::uint64_t bits) {
#pragma GCC unroll 6
  for (unsigned distance = 1; distance < 64; distance *= 2) bits ^= bits << distance;
  return bits;
}

// A bit for each byte from a '<' to before the next '>', while they take turns: a difference of two powers of two has
// the bits from the lower to before the higher. `open`: a tag is open before the block.
constexpr std::uint64_t between(std::uint64_t less, std::uint64_t greater, std::uint64_t open) {
  return (greater - less - open) & ~greater;
}

// A bit for each byte whose predecessor has one; `before`: the byte before the block has one.
constexpr std::uint64_t after(std::uint64_t bits, std::uint64_t before) {
  return bits << 1U | before;
}

constexpr std::uint64_t last_bit(std::uint64_t bits) {
  return bits >> 63U;
}

// Whether a value may begin after it.
constexpr bool may_lead(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '=';
}

std::uint64_t may_lead(const sse2::Block& block) {
  return mask(block, [](__m128i bytes) { return sse2::either(sse2::at_most(bytes, ' '), sse2::equal(bytes, '=')); });
}

// Passes over tags 64 bytes at a time, from a place in text, while it is certain without a look at each attribute where
// they end. Returns a place in text, or the '<' of a tag that may matter or needs that look.
//
// Tags are taken to be from '<' to '>', and values in them from '"' to '"'. That is certain while no '<' lies in a tag,
// no '>' in a value, and neither the '"' at the end of a value nor any '\'' follows a '=' or white space. For in the
// states of the standard a value begins at a quote that follows a '=', or white space after one, and nowhere else. So
// each value of theirs begins where one of ours does; and in one of ours that is none of theirs, as in <p="a">, no
// quote begins one of theirs, so both agree again behind it.
const char* skip_blocks(const char* p, const char* end) {
  constexpr std::ptrdiff_t kNameReach = 3;     // what may_matter reads after the '<'
  std::uint64_t open_tag = 0, open_value = 0;  // at the last byte of the block before
  const char* tag = p;                         // the last '<'
  for (; end - p >= sse2::kBlock + kNameReach; p += sse2::kBlock) {
    const sse2::Block block = sse2::load_block(p);
    const std::uint64_t less = mask_equal(block, '<'), greater = mask_equal(block, '>');
    const std::uint64_t in_tag = between(less, greater, open_tag);
    std::uint64_t doubts = less & after(in_tag, open_tag);
    const std::uint64_t quotes = mask_equal(block, '"') & in_tag, other_quotes = mask_equal(block, '\'') & in_tag;
    if ((quotes | other_quotes | open_value) != 0) {
      const std::uint64_t in_value = between_pairs(quotes) ^ (0 - open_value);
      const std::uint64_t led = after(may_lead(block), open_tag != 0 && may_lead(p[-1]) ? 1 : 0);
      doubts |= (greater & in_value) | (((quotes & ~in_value) | other_quotes) & led);
      open_value = last_bit(in_value);
    }
    open_tag = last_bit(in_tag);
    const std::uint64_t certain = less & ((doubts & (0 - doubts)) - 1);  // those before the first of them
    for (std::uint64_t left = certain; left != 0; left &= left - 1) {
      tag = p + std::countr_zero(left);
      if (may_matter(tag + 1)) return tag;
    }
    if (doubts != 0) return tag;
  }
  return open_tag != 0 ? tag : p;
}

#else

const char* skip_blocks(const char* p, const char* /*end*/) {
  return p;
}

#endif

}  // namespace

const char* Tokenizer::skip_plain(const char* p, const char* end) {
  for (;;) {
    p = find_byte(skip_blocks(p, end), end, '<');
    if (p == end) return end;
    const char* const after = skip_tag(p, end);
    if (after == nullptr) return p;
    p = after;
  }
}

}  // namespace wswp::html
