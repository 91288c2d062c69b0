#include "robots/pattern.h"

#include <cstddef>
#include <cstring>
#include <utility>

#include "robots/ascii.h"

namespace wswp::robots {
namespace {

constexpr std::string_view kSubDelimiters = "!$&'()*+,;=";  // RFC 3986 2.2
constexpr std::string_view kGeneralDelimiters = ":/?#[]@";
constexpr std::string_view kDecodedInQuery = ":/?#[]@'";
constexpr std::string_view kWildcards = "*$";
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

bool is_reserved(char c) {
  return one_of(c, kSubDelimiters) || one_of(c, kGeneralDelimiters);
}

bool is_unreserved(char c) {
  return is_alpha(c) || is_digit(c) || one_of(c, "-._~");
}  // RFC 3986 2.3

/// -1: not a hexadecimal digit.
int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The octet that the triplet at the beginning of `text` stands for, -1 if there is none.
int decode_triplet(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const int high = hex_value(text[1]);
  const int low = hex_value(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void append_encoded(std::string& out, char c) {
  const auto octet = static_cast<unsigned char>(c);
  out += '%';
  out += kHexDigits[octet >> 4U];
  out += kHexDigits[octet & 0xFU];
}

enum class Query { kDecodeSeparators, kVerbatim };

class Normalizer {
 public:
  Normalizer(std::size_t size, Query query) : query_(query) { out_.reserve(size + size / 8); }

  void encoded(char c) {
    if (is_unreserved(c) || (in_query_ && query_ == Query::kDecodeSeparators && one_of(c, kDecodedInQuery))) {
      out_ += c;
    } else {
      append_encoded(out_, c);
    }
  }
  void plain(char c) {
    if (c == '?') in_query_ = true;
    if (is_unreserved(c) || (is_reserved(c) && !one_of(c, kWildcards))) {
      out_ += c;
    } else {
      append_encoded(out_, c);
    }
  }
  void wildcard(char c) { out_ += c; }

  std::string take() { return std::move(out_); }

 private:
  Query query_;
  bool in_query_ = false;
  std::string out_;
};

enum class Kind { kPath, kPattern };

std::string normalize(std::string_view text, Kind kind, Query query) {
  Normalizer out(text.size(), query);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int octet = decode_triplet(text.substr(i, 3));
    if (octet >= 0) {
      out.encoded(static_cast<char>(octet));
      i += 2;
    } else if (kind == Kind::kPattern && (text[i] == '*' || (text[i] == '$' && i + 1 == text.size()))) {
      out.wildcard(text[i]);
    } else {
      out.plain(text[i]);
    }
  }
  return out.take();
}

/// As text.find(literal); memmem(3) does not slow down where the literal almost fits everywhere.
std::size_t find_in(std::string_view text, std::string_view literal) {
  const void* found = ::memmem(text.data(), text.size(), literal.data(), literal.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

Path normalize_path(std::string_view path_and_query) {
  Path path{normalize(path_and_query, Kind::kPath, Query::kDecodeSeparators), {}};
  const std::size_t query = path_and_query.find('?');
  if (query != std::string_view::npos && path_and_query.find('%', query) != std::string_view::npos) {
    path.verbatim = normalize(path_and_query, Kind::kPath, Query::kVerbatim);
    if (path.verbatim == path.text) path.verbatim.clear();
  }
  return path;
}

std::string normalize_pattern(std::string_view pattern) {
  return normalize(pattern, Kind::kPattern, Query::kDecodeSeparators);
}

bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);

  std::size_t star = pattern.find('*');
  const std::string_view head = pattern.substr(0, star);
  if (!path.starts_with(head)) return false;
  if (star == std::string_view::npos) return !anchored || path.size() == head.size();

  path.remove_prefix(head.size());
  pattern.remove_prefix(star + 1);
  while ((star = pattern.find('*')) != std::string_view::npos) {
    const std::string_view literal = pattern.substr(0, star);
    const std::size_t found = find_in(path, literal);
    if (found == std::string_view::npos) return false;
    path.remove_prefix(found + literal.size());
    pattern.remove_prefix(star + 1);
  }
  return anchored ? path.ends_with(pattern) : find_in(path, pattern) != std::string_view::npos;
}

bool matches(std::string_view pattern, const Path& path) {
  return matches(pattern, path.text) || (!path.verbatim.empty() && matches(pattern, path.verbatim));
}

}  // namespace wswp::robots
