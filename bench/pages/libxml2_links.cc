#include <libxml/HTMLparser.h>

#include "pages/other_parsers.h"

namespace wswp::bench {
namespace {

std::string_view text(const xmlChar* string) {
  return reinterpret_cast<const char*>(string);
}

void on_element(void* links, const xmlChar* name, const xmlChar** attributes) {
  if (attributes == nullptr || (text(name) != "a" && text(name) != "area")) return;
  for (; *attributes != nullptr; attributes += 2) {
    if (text(attributes[0]) == "href" && attributes[1] != nullptr) {
      static_cast<std::vector<std::string>*>(links)->emplace_back(text(attributes[1]));
    }
  }
}

}  // namespace

void libxml2_links(std::string_view page, std::vector<std::string>& links) {
  htmlSAXHandler handler{};
  handler.startElement = on_element;
  htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&handler, &links, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8);
  htmlParseChunk(parser, page.data(), static_cast<int>(page.size()), 0);
  htmlParseChunk(parser, nullptr, 0, 1);
  htmlFreeParserCtxt(parser);
}

}  // namespace wswp::bench
