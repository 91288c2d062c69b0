#include "html/utf16_decoder.h"

#include "base/utf8.h"

namespace wswp::html {

namespace {

constexpr bool is_lead(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_trail(char16_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

}  // namespace

void Utf16Decoder::decode(std::string_view bytes, bool last, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!first_byte_) {
      first_byte_ = byte;
      continue;
    }
    const unsigned high = big_endian_ ? *first_byte_ : byte;
    const unsigned low = big_endian_ ? byte : *first_byte_;
    first_byte_.reset();
    unit(static_cast<char16_t>(high << 8U | low), out);
  }
  if (!last) return;
  if (first_byte_ || lead_ != 0) append_utf8(kReplacement, out);
  first_byte_.reset();
  lead_ = 0;
}

void Utf16Decoder::unit(char16_t unit, std::string& out) {
  if (lead_ != 0 && is_trail(unit)) {
    append_utf8(0x10000 + ((lead_ - char32_t{0xD800}) << 10U) + (unit - char32_t{0xDC00}), out);
    lead_ = 0;
    return;
  }
  if (lead_ != 0) append_utf8(kReplacement, out);
  lead_ = is_lead(unit) ? unit : char16_t{0};
  if (lead_ == 0) append_utf8(unit, out);  // a second half alone becomes U+FFFD
}

}  // namespace wswp::html
