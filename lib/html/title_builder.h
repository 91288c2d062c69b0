// The title of a page from the pieces of its raw text. Belongs to one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wswp::html {

class TextDecoder;

class TitleBuilder {
 public:
  static constexpr std::size_t kMaxTitle = 500;                  // bytes of UTF-8
  static constexpr std::size_t kMaxRaw = std::size_t{8} * 1024;  // enough for kMaxTitle as references, however long

  void clear() { raw_.clear(); }

  // The next piece of raw text, in the page's encoding; white space is collapsed, what exceeds kMaxRaw ignored.
  void add(std::string_view raw);

  // The title as document.title has it, cut to kMaxTitle between characters. `at_end`: the page has ended in it.
  std::string title(TextDecoder& decoder, bool at_end) const;

 private:
  std::string raw_;
};

}  // namespace wswp::html
