#include "html/title_builder.h"

#include "html/ascii.h"
#include "html/references.h"
#include "html/text_decoder.h"

namespace wswp::html {

namespace {

// Appends `text` with every run of ASCII whitespace, also one begun in `out`, as one space, and none at the start.
void append_collapsed(std::string_view text, std::size_t max_size, std::string& out) {
  for (const char c : text) {
    if (out.size() == max_size) return;
    if (!is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
}

void cut_at_character(std::size_t max_size, std::string& utf8) {
  if (utf8.size() <= max_size) return;
  while (max_size > 0 && (static_cast<unsigned char>(utf8[max_size]) & 0xC0U) == 0x80U) --max_size;
  utf8.resize(max_size);
}

}  // namespace

void TitleBuilder::add(std::string_view raw) {
  append_collapsed(raw, kMaxRaw, raw_);
}

std::string TitleBuilder::title(TextDecoder& decoder) const {
  std::string utf8;
  decoder.decode(raw_, utf8);
  std::string decoded;
  append_decoded(utf8, TextKind::kRcdata, decoded);
  std::string title;
  append_collapsed(decoded, kMaxRaw, title);
  cut_at_character(kMaxTitle, title);
  if (title.ends_with(' ')) title.pop_back();
  return title;
}

}  // namespace wswp::html
