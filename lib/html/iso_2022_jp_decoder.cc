#include "html/iso_2022_jp_decoder.h"

#include <array>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "html/characters.h"

namespace wswp::html {

namespace {

constexpr unsigned kEscapeByte = 0x1B;

// Of two-byte characters.
constexpr bool is_graphic(unsigned byte) {
  return byte >= 0x21 && byte <= 0x7E;
}
constexpr bool is_plain(unsigned byte) {
  return byte < 0x80 && byte != 0x0E && byte != 0x0F;
}

}  // namespace

void Iso2022JpDecoder::decode(std::string_view bytes, bool last, std::string& out) {
  for (const char c : bytes) step(static_cast<unsigned char>(c), out);
  if (last) end(out);
}

void Iso2022JpDecoder::step(unsigned byte, std::string& out) {
  if (state_ == State::kEscapeStart) {
    if (byte == '$' || byte == '(') {
      lead_ = byte;
      state_ = State::kEscape;
      return;
    }
    broken_escape(out);
  } else if (state_ == State::kEscape) {
    return escape(byte, out);
  }
  if (byte == kEscapeByte) {
    if (state_ == State::kTrail) append_utf8(kReplacement, out);
    state_ = State::kEscapeStart;
  } else if (state_ == State::kTrail) {
    trail(byte, out);
  } else {
    character(byte, out);
  }
}

void Iso2022JpDecoder::character(unsigned byte, std::string& out) {
  escaped_ = false;
  char32_t c = kReplacement;
  switch (state_) {
    case State::kAscii:
      if (is_plain(byte)) c = byte;
      break;
    case State::kRoman:
      if (is_plain(byte)) c = byte == '\\' ? kYen : byte == '~' ? kOverline : byte;
      break;
    case State::kKatakana:
      if (byte >= 0x21 && byte <= 0x5F) c = kHalfWidthKatakana + byte - 0x21;
      break;
    default:  // kLead
      if (is_graphic(byte)) {
        lead_ = byte;
        state_ = State::kTrail;
        return;
      }
      break;
  }
  append_utf8(c, out);
}

void Iso2022JpDecoder::trail(unsigned byte, std::string& out) {
  state_ = State::kLead;
  if (!is_graphic(byte)) return append_utf8(kReplacement, out);
  const std::array<char, 2> pair = {static_cast<char>(lead_ | 0x80U), static_cast<char>(byte | 0x80U)};
  euc_jp_.decode({pair.data(), pair.size()}, true, out);
}

void Iso2022JpDecoder::escape(unsigned byte, std::string& out) {
  std::optional<State> chosen;
  if (lead_ == '$' && (byte == '@' || byte == 'B')) chosen = State::kLead;
  if (lead_ == '(' && byte == 'B') chosen = State::kAscii;
  if (lead_ == '(' && byte == 'J') chosen = State::kRoman;
  if (lead_ == '(' && byte == 'I') chosen = State::kKatakana;
  if (!chosen) {
    broken_escape(out);
    step(lead_, out);
    return step(byte, out);
  }
  state_ = text_ = *chosen;
  if (std::exchange(escaped_, true)) append_utf8(kReplacement, out);
}

// Only the escape character is lost; what follows it is read as text.
void Iso2022JpDecoder::broken_escape(std::string& out) {
  append_utf8(kReplacement, out);
  escaped_ = false;
  state_ = text_;
}

void Iso2022JpDecoder::end(std::string& out) {
  const State state = state_;
  const unsigned lead = lead_;
  if (state == State::kEscapeStart || state == State::kEscape) broken_escape(out);
  if (state == State::kEscape) step(lead, out);  // which may be the first byte of a character
  if (state_ == State::kTrail) append_utf8(kReplacement, out);
  state_ = text_ = State::kAscii;
  escaped_ = false;
}

}  // namespace wswp::html
