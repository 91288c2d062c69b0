#include "url/path.h"

#include "base/sse2.h"
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

/// is_canonical_path() for a piece of a path; `at_start`: it begins a segment.
bool is_canonical(const char* p, const char* end, bool at_start) {
  for (; p != end; ++p) {
    if (is_a(*p, kEncodeInPath) || *p == '\\') return false;
    if (at_start && (*p == '.' || *p == '%')) return false;
    at_start = *p == '/';
  }
  return true;
}

#if defined(WSWP_SSE2)
/// The same for the sse2::kStep bytes from p on; for the next step, `at_start` is what it is after them.
bool is_canonical_step(const char* p, bool& at_start) {
  using namespace sse2;
  const __m128i bytes = load(p);
  const __m128i changed =
      either(at_most(bytes, ' '), any_equal<'"', '#', '<', '>', '?', '\\', '^', '`', '{', '}', 0x7F>(bytes));
  if (mask(either(bytes, changed)) != 0) return false;  // the highest bit of `bytes`: not ASCII
  const unsigned slashes = mask(equal(bytes, '/'));
  const unsigned dots = mask(any_equal<'.', '%'>(bytes));
  if ((dots & (slashes << 1U | static_cast<unsigned>(at_start))) != 0) return false;
  at_start = (slashes >> (kStep - 1)) != 0;
  return true;
}
#endif

/// What `out` has from `path_begin` on is nothing or begins with a '/': the search never leaves the path.
void drop_last_segment(std::size_t path_begin, std::string& out) {
  if (out.size() > path_begin) out.resize(out.rfind('/'));
}

}  // namespace

bool is_canonical_path(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  bool at_start = true;
#if defined(WSWP_SSE2)
  if (end - p >= sse2::kStep) {
    for (; end - p >= sse2::kStep; p += sse2::kStep) {
      if (!is_canonical_step(p, at_start)) return false;
    }
    bool known = false;  // the last step takes some bytes again, of which the first has been judged
    return p == end || is_canonical_step(end - sse2::kStep, known);
  }
#endif
  return is_canonical(p, end, at_start);
}

void append_path(std::string_view text, std::size_t path_begin, std::string& out) {
  if (is_canonical_path(text)) {
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
