#include "url/path.h"

#include "url/bytes.h"
#include "url/percent.h"

namespace wswp::url {

namespace {

/// How many dots the segment is: 1 for "." and "%2e", 2 for "..", ".%2E" and so on; 0 for all other segments.
int dots_of(std::string_view segment) {
  int dots = 0;
  while (!segment.empty()) {
    std::size_t length = 0;
    if (segment[0] == '.') {
      length = 1;
    } else if (segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' && to_lower(segment[2]) == 'e') {
      length = 3;
    } else {
      return 0;
    }
    if (++dots > 2) return 0;
    segment.remove_prefix(length);
  }
  return dots;
}

/// Can `text` be copied as it is: nothing to encode, no backslash, no segment that may be dots?
bool is_canonical(std::string_view text) {
  bool at_start = true;  // of a segment
  for (const char c : text) {
    if (is_a(c, kEncodeInPath) || c == '\\') return false;
    if (at_start && (c == '.' || c == '%')) return false;
    at_start = c == '/';
  }
  return true;
}

void drop_last_segment(std::size_t path_begin, std::string& out) {
  const std::size_t slash = out.rfind('/');
  if (slash != std::string::npos && slash >= path_begin) out.resize(slash);
}

}  // namespace

void append_path(std::string_view text, std::size_t path_begin, std::string& out) {
  if (is_canonical(text)) {
    out += '/';
    out.append(text);
    return;
  }
  for (bool last = false; !last;) {
    const std::size_t end = text.find_first_of("/\\");
    last = end == std::string_view::npos;
    const std::string_view segment = text.substr(0, end);
    const int dots = dots_of(segment);
    if (dots == 2) drop_last_segment(path_begin, out);
    if (dots == 0) {
      out += '/';
      append_encoded(segment, kEncodeInPath, out);
    } else if (last) {
      out += '/';
    }
    if (!last) text.remove_prefix(end + 1);
  }
}

}  // namespace wswp::url
