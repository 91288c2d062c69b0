// A start tag in words, for tests that compare what tokenizers deliver.
#pragma once

#include <string>

#include "html/ascii.h"
#include "html/tag.h"

namespace wswp::html {

// "<name a=1 b=2/>": names in lower case, values as written.
inline std::string written_tag(const Tag& tag) {
  std::string written = "<" + lower_copy(tag.name());
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const Tag::Attribute attribute = tag.attribute(i);
    written += " " + lower_copy(attribute.name) + "=" + std::string(attribute.value);
  }
  return written + (tag.self_closing() ? "/>" : ">");
}

}  // namespace wswp::html
