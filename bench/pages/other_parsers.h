#pragma once
// What other HTML parsers take for the links of a page: values of href of <a> and <area>, copied as a crawler would
// keep them. Each is built only where its library is installed.

#include <string>
#include <string_view>
#include <vector>

namespace wswp::bench {

struct OtherParser {
  std::string_view name;
  std::string_view package;  // of Debian
  /// Appends the links of a page in UTF-8; null where the package was missing.
  void (*links)(std::string_view page, std::vector<std::string>& links);
};

std::vector<OtherParser> other_parsers();

/// libxml2's push parser with a SAX handler for the start of elements; no tree is built.
void libxml2_links(std::string_view page, std::vector<std::string>& links);

/// gumbo builds the tree, which is walked.
void gumbo_links(std::string_view page, std::vector<std::string>& links);

}  // namespace wswp::bench
