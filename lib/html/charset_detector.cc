#include "html/charset_detector.h"

#include <uchardet/uchardet.h>

#include <algorithm>

#include "base/utf8.h"
#include "html/ascii.h"
#include "html/encoding.h"
#include "html/scan.h"

namespace wswp::html {

namespace {

constexpr std::string_view kKoi8R = "koi8-r";
constexpr std::string_view kKoi8U = "koi8-u";

// Whether the text is well-formed UTF-8 with something outside ASCII in it; its last character may be cut.
bool is_utf8(std::string_view text) {
  constexpr std::ptrdiff_t kLongestCut = 3;
  const char* p = text.data();
  const char* const end = p + text.size();
  bool multi_byte = false;
  while (p != end) {
    const char* const begin = p;
    const char32_t c = next_utf8(p, end);
    const bool cut = multi_byte && p == end && end - begin <= kLongestCut && static_cast<unsigned char>(*begin) >= 0xC2;
    if (c == kIllFormed) return cut;
    multi_byte = multi_byte || c >= 0x80;
  }
  return multi_byte;
}

// Names of uchardet's that are no labels of the standard but have their like there.
std::string_view encoding_of_detected(std::string_view name) {
  if (name == "UHC") return encoding_for_label("euc-kr");
  if (name == "MAC-CYRILLIC") return encoding_for_label("x-mac-cyrillic");
  return encoding_for_label(name);
}

// Whether text that looks like KOI8-R is KOI8-U, which uchardet does not know: it has Ukrainian letters in the place of
// some lines of boxes, which hardly ever touch a letter.
bool has_ukrainian_letters(std::string_view sample) {
  constexpr std::string_view kUkrainian = "\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD";
  constexpr unsigned char kFirstLetter = 0xC0;
  const auto is_letter = [&](std::size_t i) {
    return i < sample.size() && static_cast<unsigned char>(sample[i]) >= kFirstLetter;
  };
  for (std::size_t i = sample.find_first_of(kUkrainian); i != std::string_view::npos;
       i = sample.find_first_of(kUkrainian, i + 1)) {
    if (is_letter(i + 1) || (i > 0 && is_letter(i - 1))) return true;
  }
  return false;
}

}  // namespace

void CharsetDetector::Delete::operator()(uchardet* detector) const {
  uchardet_delete(detector);
}

CharsetDetector::CharsetDetector() = default;
CharsetDetector::~CharsetDetector() = default;
CharsetDetector::CharsetDetector(CharsetDetector&& other) noexcept = default;
CharsetDetector& CharsetDetector::operator=(CharsetDetector&& other) noexcept = default;

void CharsetDetector::reset() {
  sample_.clear();
  before_.clear();
  after_ = 0;
}

void CharsetDetector::add(std::string_view bytes) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (p != end && sample_.size() < kMaxSample) {
    const char* const found = find_non_ascii(p, end);
    const char* const sampled = p + std::min(found - p, static_cast<std::ptrdiff_t>(after_));
    sample_.append(p, sampled);
    after_ -= static_cast<std::size_t>(sampled - p);
    const auto skipped = static_cast<std::size_t>(found - sampled);
    before_.append(found - std::min(skipped, kContext), found);
    if (before_.size() > kContext) before_.erase(0, before_.size() - kContext);
    if (found == end) return;
    sample_ += before_;
    before_.clear();
    sample_ += *found;
    after_ = kContext;
    p = found + 1;
  }
}

std::string_view CharsetDetector::detect() {
  if (is_utf8(sample_)) return kUtf8;
  if (detector_) {
    uchardet_reset(detector_.get());
  } else {
    detector_.reset(uchardet_new());
  }
  if (uchardet_handle_data(detector_.get(), sample_.data(), sample_.size()) != 0) return {};
  uchardet_data_end(detector_.get());
  const std::string_view encoding = encoding_of_detected(uchardet_get_charset(detector_.get()));
  if (encoding == kKoi8R && has_ukrainian_letters(sample_)) return kKoi8U;
  // Bytes that are no well-formed UTF-8, and that have been tokenised as they stand, are in none of these.
  return encoding == kUtf8 || is_ascii_compatible(encoding) ? encoding : std::string_view();
}

}  // namespace wswp::html
