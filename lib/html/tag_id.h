// The elements whose names matter to a crawler: those that carry links or directives, and those that decide how what
// follows is to be read. Pure, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace wswp::html {

enum class TagId : std::uint8_t {
  kOther,
  // What links and directives come from.
  kA,
  kArea,
  kBase,
  kFrame,
  kFrameset,
  kIframe,
  kLink,
  kMeta,
  kTitle,
  // What changes how the bytes after it are tokenised (with kIframe and kTitle above).
  kNoembed,
  kNoframes,
  kPlaintext,
  kScript,
  kStyle,
  kTextarea,
  kXmp,
  // What changes how elements inside it are understood (see DocumentContext).
  kTemplate,
  kSvg,
  kMath,
  kForeignObject,
  kDesc,
  kMathText,
  kAnnotationXml,
  // HTML elements whose start tag ends <svg> and <math> (https://html.spec.whatwg.org/#parsing-main-inforeign);
  // <font> does so only with certain attributes.
  kBreakout,
  kFont,
};

// Whether the start tag says something only inside <svg> and <math>, as most do.
constexpr bool is_plain(TagId id) {
  return id == TagId::kOther || id == TagId::kBreakout || id == TagId::kFont;
}

// The id of a tag name as written, in letters of any case.
TagId tag_id(std::string_view name);

// Bit n of byte k of three after a '<' is set if it fits what begins the nth name that is not plain, in any case, or
// what is no tag at all.
struct TagBeginnings {
  std::array<std::uint32_t, 256> bytes[3];
};
extern const TagBeginnings kTagBeginnings;

// Whether the three bytes at p, which follow a '<', leave open that it begins something else than a start tag of which
// is_plain() holds or an end tag.
inline bool may_matter(const char* p) {
  const auto bits = [p](int at) { return kTagBeginnings.bytes[at][static_cast<unsigned char>(p[at])]; };
  return (bits(0) & bits(1) & bits(2)) != 0;
}

// Whether is_plain(tag_id(name)), of most names told from the first letter and the size; `name` is not empty.
bool is_plain_name(std::string_view name);

}  // namespace wswp::html
