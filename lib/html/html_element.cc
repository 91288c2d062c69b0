#include "html/html_element.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "html/ascii.h"

namespace wswp::html {

namespace {

struct Element {
  std::string_view name;
  std::uint8_t traits;
};

// Sorted by name.
constexpr Element kElements[] = {{"a", kFormatting},
                                 {"address", kSpecial | kClosesParagraph},
                                 {"applet", kSpecial | kRulesOutFrames},
                                 {"area", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"article", kSpecial | kClosesParagraph},
                                 {"aside", kSpecial | kClosesParagraph},
                                 {"b", kFormatting},
                                 {"base", kSpecial | kNeverOpen | kOfHead},
                                 {"basefont", kSpecial | kNeverOpen | kOfHead},
                                 {"bgsound", kSpecial | kNeverOpen | kOfHead},
                                 {"big", kFormatting},
                                 {"blockquote", kSpecial | kClosesParagraph},
                                 {"body", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"br", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"button", kSpecial | kRulesOutFrames},
                                 {"caption", kSpecial},
                                 {"center", kSpecial | kClosesParagraph},
                                 {"code", kFormatting},
                                 {"col", kSpecial | kNeverOpen},
                                 {"colgroup", kSpecial},
                                 {"dd", kSpecial | kClosesParagraph | kRulesOutFrames},
                                 {"details", kSpecial | kClosesParagraph},
                                 {"dialog", kClosesParagraph},
                                 {"dir", kSpecial | kClosesParagraph},
                                 {"div", kSpecial | kClosesParagraph},
                                 {"dl", kSpecial | kClosesParagraph},
                                 {"dt", kSpecial | kClosesParagraph | kRulesOutFrames},
                                 {"em", kFormatting},
                                 {"embed", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"fieldset", kSpecial | kClosesParagraph},
                                 {"figcaption", kSpecial | kClosesParagraph},
                                 {"figure", kSpecial | kClosesParagraph},
                                 {"font", kFormatting},
                                 {"footer", kSpecial | kClosesParagraph},
                                 {"form", kSpecial | kClosesParagraph},
                                 {"frame", kSpecial | kNeverOpen},
                                 {"frameset", kSpecial | kNeverOpen | kOfHead},
                                 {"h1", kSpecial | kClosesParagraph},
                                 {"h2", kSpecial | kClosesParagraph},
                                 {"h3", kSpecial | kClosesParagraph},
                                 {"h4", kSpecial | kClosesParagraph},
                                 {"h5", kSpecial | kClosesParagraph},
                                 {"h6", kSpecial | kClosesParagraph},
                                 {"head", kSpecial | kNeverOpen | kOfHead},
                                 {"header", kSpecial | kClosesParagraph},
                                 {"hgroup", kSpecial | kClosesParagraph},
                                 {"hr", kSpecial | kNeverOpen | kClosesParagraph | kRulesOutFrames},
                                 {"html", kSpecial | kNeverOpen | kOfHead},
                                 {"i", kFormatting},
                                 {"iframe", kSpecial | kRulesOutFrames},
                                 {"image", kNeverOpen | kRulesOutFrames},
                                 {"img", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"input", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"keygen", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"li", kSpecial | kClosesParagraph | kRulesOutFrames},
                                 {"link", kSpecial | kNeverOpen | kOfHead},
                                 {"listing", kSpecial | kClosesParagraph | kRulesOutFrames},
                                 {"main", kSpecial | kClosesParagraph},
                                 {"marquee", kSpecial | kRulesOutFrames},
                                 {"menu", kSpecial | kClosesParagraph},
                                 {"meta", kSpecial | kNeverOpen | kOfHead},
                                 {"nav", kSpecial | kClosesParagraph},
                                 {"nobr", kFormatting},
                                 {"noembed", kSpecial},
                                 {"noframes", kSpecial | kOfHead},
                                 {"noscript", kSpecial | kOfHead},
                                 {"object", kSpecial | kRulesOutFrames},
                                 {"ol", kSpecial | kClosesParagraph},
                                 {"p", kSpecial | kClosesParagraph},
                                 {"param", kSpecial | kNeverOpen},
                                 {"plaintext", kSpecial | kClosesParagraph},
                                 {"pre", kSpecial | kClosesParagraph | kRulesOutFrames},
                                 {"s", kFormatting},
                                 {"script", kSpecial | kOfHead},
                                 {"search", kSpecial | kClosesParagraph},
                                 {"section", kSpecial | kClosesParagraph},
                                 {"select", kSpecial | kRulesOutFrames},
                                 {"small", kFormatting},
                                 {"source", kSpecial | kNeverOpen},
                                 {"strike", kFormatting},
                                 {"strong", kFormatting},
                                 {"style", kSpecial | kOfHead},
                                 {"summary", kSpecial | kClosesParagraph},
                                 {"table", kSpecial | kClosesParagraph | kRulesOutFrames},
                                 {"tbody", kSpecial},
                                 {"td", kSpecial},
                                 {"template", kSpecial | kRulesOutFrames | kOfHead},
                                 {"textarea", kSpecial | kRulesOutFrames},
                                 {"tfoot", kSpecial},
                                 {"th", kSpecial},
                                 {"thead", kSpecial},
                                 {"title", kSpecial | kOfHead},
                                 {"tr", kSpecial},
                                 {"track", kSpecial | kNeverOpen},
                                 {"tt", kFormatting},
                                 {"u", kFormatting},
                                 {"ul", kSpecial | kClosesParagraph},
                                 {"wbr", kSpecial | kNeverOpen | kRulesOutFrames},
                                 {"xmp", kSpecial | kClosesParagraph | kRulesOutFrames}};

constexpr std::size_t kLongest = 10;  // "blockquote"

}  // namespace

std::uint8_t traits_of(std::string_view name) {
  if (name.size() > kLongest) return 0;
  std::array<char, kLongest> buffer{};
  std::transform(name.begin(), name.end(), buffer.begin(), to_lower);
  const std::string_view lower(buffer.data(), name.size());
  const auto* const found =
      std::lower_bound(std::begin(kElements), std::end(kElements), lower,
                       [](const Element& element, std::string_view wanted) { return element.name < wanted; });
  return found != std::end(kElements) && found->name == lower ? found->traits : std::uint8_t{0};
}

}  // namespace wswp::html
