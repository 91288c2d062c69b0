#pragma once
// Mends what sitemaps most often do wrong: an '&' of a URL that is not written "&amp;". An '&' that begins no reference
// of XML 1.0, section 4.1 ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;", or the number of a character that XML may have)
// becomes "&amp;", so it stands for itself. Comments, CDATA sections and processing instructions stay as they are. For
// documents in UTF-8 or another superset of ASCII without declarations of entities. Pure; works on a stream.

#include <string>
#include <string_view>

namespace wswp::list {

class AmpersandMender {
 public:
  /// Appends what `piece` makes certain to `out`; up to some bytes are held until the next call.
  void append(std::string_view piece, std::string& out);

  /// Appends what is held: the document has ended.
  void finish(std::string& out);

 private:
  std::size_t pass_markup(std::string_view text, std::string& out);
  std::size_t pass_section(std::string_view text, std::string& out);
  std::size_t pass_reference(std::string_view text, std::string& out);

  std::string_view section_end_;  // of the section that is open; empty: there is none
  std::string held_;              // an unfinished "<!", "&am", "]]"
};

}  // namespace wswp::list
