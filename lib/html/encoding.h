// The encodings of the Encoding standard and the labels by which pages name them
// (https://encoding.spec.whatwg.org/#names-and-labels). Pure functions, any thread.
#pragma once

#include <string_view>

namespace wswp::html {

inline constexpr std::string_view kUtf8 = "utf-8";
inline constexpr std::string_view kUtf16le = "utf-16le";
inline constexpr std::string_view kUtf16be = "utf-16be";
inline constexpr std::string_view kIso2022Jp = "iso-2022-jp";
inline constexpr std::string_view kWindows1252 = "windows-1252";
inline constexpr std::string_view kUserDefined = "x-user-defined";
// What the standard maps encodings to that are only met in attacks: nothing is decoded from them.
inline constexpr std::string_view kReplacementEncoding = "replacement";

// The name, in lower case and of static life time, of the encoding a label stands for ("latin1" → "windows-1252"), case
// and white space around it ignored; empty if the label is none.
std::string_view encoding_for_label(std::string_view label);

// Whether bytes of that encoding can be tokenised before they are decoded (see tokenizer.h).
constexpr bool is_ascii_compatible(std::string_view encoding) {
  return encoding != kUtf16le && encoding != kUtf16be && encoding != kIso2022Jp && encoding != kReplacementEncoding;
}

}  // namespace wswp::html
