#pragma once
// Gzip content coding (RFC 1952). Any thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace wswp::simweb {

/// Appends `text` as one gzip member.
void append_gzip(std::string& out, std::string_view text);

/// `text` followed by blanks up to `bytes`, compressed.
std::string gzip_of_blanks(std::string_view text, std::size_t bytes);

}  // namespace wswp::simweb
