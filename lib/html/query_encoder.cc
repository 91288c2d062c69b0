#include "html/query_encoder.h"

#include <algorithm>

#include "base/utf8.h"
#include "html/ascii.h"
#include "html/encoding.h"
#include "html/scan.h"

namespace wswp::html {

namespace {

// https://url.spec.whatwg.org/#special-query-percent-encode-set
bool is_encoded(char byte) {
  constexpr std::string_view kSymbols = "\"#<>'";
  return byte <= ' ' || byte == 0x7F || !is_ascii(byte) || kSymbols.find(byte) != std::string_view::npos;
}

void append_percent(char byte, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out += '%';
  out += kHex[value >> 4U];
  out += kHex[value & 0xFU];
}

void append_reference(char32_t c, std::string& out) {
  out.append("%26%23").append(std::to_string(c)).append("%3B");
}

}  // namespace

QueryEncoder::QueryEncoder(std::string_view encoding) {
  if (encoding == kIso2022Jp) {
    encoder_.emplace<Iso2022JpEncoder>();
  } else if (encoding != kUtf8 && is_ascii_compatible(encoding)) {
    encoder_.emplace<LegacyEncoder>(encoding);
  }
}

// Not the same in ISO-2022-JP are the characters that shift between its states.
bool QueryEncoder::is_plain(std::string_view query) {
  constexpr std::string_view kShifts = "\x0E\x0F\x1B";
  return is_ascii(query) && query.find_first_of(kShifts) == std::string_view::npos;
}

bool QueryEncoder::changes(std::string_view query) const {
  return !std::holds_alternative<std::monostate>(encoder_) && !is_plain(query);
}

void QueryEncoder::append(std::string_view utf8, std::string& out) {
  if (auto* const legacy = std::get_if<LegacyEncoder>(&encoder_)) {
    append_legacy(*legacy, utf8, out);
  } else if (auto* const iso_2022_jp = std::get_if<Iso2022JpEncoder>(&encoder_)) {
    append_iso_2022_jp(*iso_2022_jp, utf8, out);
  } else {
    out.append(utf8);
  }
}

void QueryEncoder::append_legacy(LegacyEncoder& encoder, std::string_view utf8, std::string& out) {
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  while (p != end) {
    const char32_t c = next_utf8(p, end);
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    const std::string bytes = encoder.encode(c);
    if (bytes.empty()) append_reference(c, out);
    for (const char byte : bytes) is_ascii(byte) ? out.push_back(byte) : append_percent(byte, out);
  }
}

// Tabs and line ends, which no URL keeps (https://url.spec.whatwg.org/#concept-basic-url-parser), change no state.
void QueryEncoder::append_iso_2022_jp(Iso2022JpEncoder& encoder, std::string_view utf8, std::string& out) {
  std::string bytes;
  const auto write = [&] {
    for (const char byte : bytes) is_encoded(byte) ? append_percent(byte, out) : out.push_back(byte);
    bytes.clear();
  };
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  while (p != end) {
    const char32_t c = next_utf8(p, end);
    if (c == '\t' || c == '\n' || c == '\r') continue;
    const char32_t lacking = encoder.encode(c, bytes);
    write();
    if (lacking != 0) append_reference(lacking, out);
  }
  encoder.finish(bytes);
  write();
}

}  // namespace wswp::html
