#include <gumbo.h>

#include "pages/other_parsers.h"

namespace wswp::bench {

void gumbo_links(std::string_view page, std::vector<std::string>& links) {
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
  std::vector<const GumboNode*> to_visit{output->root};
  while (!to_visit.empty()) {
    const GumboNode* node = to_visit.back();
    to_visit.pop_back();
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = node->v.element;
    if (element.tag == GUMBO_TAG_A || element.tag == GUMBO_TAG_AREA) {
      if (const GumboAttribute* href = gumbo_get_attribute(&element.attributes, "href"))
        links.emplace_back(href->value);
    }
    for (unsigned i = element.children.length; i-- > 0;) {
      to_visit.push_back(static_cast<const GumboNode*>(element.children.data[i]));
    }
  }
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

}  // namespace wswp::bench
