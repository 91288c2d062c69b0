#include "list/row_emitter.h"

#include <cstddef>
#include <string>

namespace wswp::list {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

/// The length of the well-formed UTF-8 sequence at the start of `text` (Unicode, table 3-7), or 0.
std::size_t utf8_length(std::string_view text) {
  const unsigned lead = byte_at(text, 0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte_at(text, 1) < low || byte_at(text, 1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if ((byte_at(text, i) & 0xC0U) != 0x80) return 0;
  return length;
}

}  // namespace

std::string reported_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view next = length == 0 ? kReplacement : text.substr(0, length);
    if (out.size() + next.size() > kMaxReportedText) break;
    out += next;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

void RowEmitter::row(std::string_view site, std::string_view whole) {
  if (!parser_.parse(site)) {
    invalid(site.empty() ? whole : site, parser_.reason());
    return;
  }
  ++summary_.read;
  summary_.stopped = !sink_.on_url({line_, site, parser_.url()});
}

void RowEmitter::invalid(std::string_view text, std::string_view reason) {
  ++summary_.read;
  ++summary_.invalid;
  summary_.stopped = !sink_.on_invalid({line_, reported_text(text), std::string(reason)});
}

}  // namespace wswp::list
