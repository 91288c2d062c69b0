#include "html/text_decoder.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "html/encoding.h"
#include "html/single_byte.h"

namespace wswp::html {

TextDecoder::TextDecoder(std::string_view encoding) : encoding_(encoding) {
  if (encoding == kUtf8 || is_own_single_byte(encoding)) return;
  if (encoding == kUtf16le || encoding == kUtf16be) {
    own_.emplace<Utf16Decoder>(encoding == kUtf16be);
    return;
  }
  from_ = open_converter(encoding);
  if (!from_) return;
  if (encoding == kIso2022Jp) {
    own_.emplace<Iso2022JpDecoder>(from_.get());
  } else if (MultiByteDecoder::decodes(encoding)) {
    own_.emplace<MultiByteDecoder>(encoding, from_.get());
  } else {
    utf8_ = open_converter(kUtf8);
    has_exceptions_ = has_byte_exceptions(encoding);
  }
}

void TextDecoder::decode(std::string_view bytes, bool last, std::string& out) {
  if (auto* const multi_byte = std::get_if<MultiByteDecoder>(&own_)) {
    multi_byte->decode(bytes, last, out);
  } else if (auto* const iso_2022_jp = std::get_if<Iso2022JpDecoder>(&own_)) {
    iso_2022_jp->decode(bytes, last, out);
  } else if (auto* const utf16 = std::get_if<Utf16Decoder>(&own_)) {
    utf16->decode(bytes, last, out);
  } else if (has_exceptions_) {
    decode_with_exceptions(bytes, out);
  } else if (from_) {
    convert(bytes, last, out);
  } else if (is_own_single_byte(encoding_)) {
    for (const char c : bytes) append_utf8(decode_byte(encoding_, static_cast<unsigned char>(c)), out);
  } else {
    append_well_formed(bytes, out);
  }
}

void TextDecoder::decode_part(std::string_view bytes, std::string& out) {
  if (auto* const multi_byte = std::get_if<MultiByteDecoder>(&own_)) {
    multi_byte->decode_part(bytes, out);
  } else {
    decode(bytes, true, out);
  }
}

void TextDecoder::decode_with_exceptions(std::string_view bytes, std::string& out) {
  const auto exception = [this](char c) { return byte_exception(encoding_, static_cast<unsigned char>(c)); };
  while (!bytes.empty()) {
    const auto* const end = std::find_if(bytes.begin(), bytes.end(), [&](char c) { return exception(c).has_value(); });
    const auto size = static_cast<std::size_t>(end - bytes.begin());
    convert(bytes.substr(0, size), true, out);
    bytes.remove_prefix(size);
    if (bytes.empty()) return;
    append_utf8(*exception(bytes.front()), out);
    bytes.remove_prefix(1);
  }
}

void TextDecoder::convert(std::string_view bytes, bool last, std::string& out) {
  std::array<char, 4096> buffer{};
  std::array<UChar, 1024> pivot{};
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  UErrorCode error = bytes.empty() ? U_ZERO_ERROR : U_BUFFER_OVERFLOW_ERROR;
  while (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    char* target = buffer.data();
    ucnv_convertEx(utf8_.get(), from_.get(), &target, buffer.data() + buffer.size(), &source,
                   bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(),
                   /*reset=*/0, last ? 1 : 0, &error);
    out.append(buffer.data(), target);
  }
  if (!last) return;
  ucnv_resetToUnicode(from_.get());
  ucnv_reset(utf8_.get());
}

}  // namespace wswp::html
