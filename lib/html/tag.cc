#include "html/tag.h"

#include "html/ascii.h"

namespace wswp::html {

std::optional<std::string_view> Tag::find(std::string_view lower_name) const {
  for (const AttributeSpan& a : attributes_) {
    if (equals_lower(view(a.name_begin, a.name_end), lower_name)) return view(a.value_begin, a.value_end);
  }
  return std::nullopt;
}

}  // namespace wswp::html
