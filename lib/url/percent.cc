#include "url/percent.h"

#include <cstddef>
#include <cstdint>

namespace wswp::url {

void append_encoded(std::string_view text, ByteClass which, std::string& out) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::size_t plain = 0;  // start of the stretch that is copied as it is
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_a(text[i], which)) continue;
    const auto byte = static_cast<std::uint8_t>(text[i]);
    out.append(text.substr(plain, i - plain));
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
    plain = i + 1;
  }
  out.append(text.substr(plain));
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

}  // namespace wswp::url
