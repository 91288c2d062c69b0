#include "html/title_builder.h"

#include "base/utf8.h"
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

}  // namespace

void TitleBuilder::add(std::string_view raw) {
  append_collapsed(raw, kMaxRaw, raw_);
}

std::string TitleBuilder::title(TextDecoder& decoder, bool at_end) const {
  std::string utf8;
  if (at_end) {
    decoder.decode(raw_, true, utf8);
  } else {
    decoder.decode_part(raw_, utf8);
  }
  std::string decoded;
  append_decoded(utf8, TextKind::kRcdata, decoded);
  std::string title;
  append_collapsed(decoded, kMaxRaw, title);
  title.resize(cut_utf8(title, kMaxTitle).size());
  if (title.ends_with(' ')) title.pop_back();
  return title;
}

}  // namespace wswp::html
