#pragma once
// What a list is, from its first bytes. Pure.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wswp::list {

enum class Content : std::uint8_t { kLines, kXml, kHtml, kUtf16, kGzip, kZip, kOtherArchive };

/// How many bytes detect() and the choice of a dialect want to see.
inline constexpr std::size_t kDetectBytes = std::size_t{16} * 1024;

inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

/// `head`: the first kDetectBytes of the list, or all of a shorter one. What is nothing else is lines of text.
Content detect(std::string_view head);

/// Does a member of an archive look like a list? By its name: .csv, .tsv, .txt, .list, .lst, .xml or no extension;
/// hidden files are none.
bool is_list_name(std::string_view path);

}  // namespace wswp::list
