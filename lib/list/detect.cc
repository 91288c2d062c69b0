#include "list/detect.h"

#include <algorithm>
#include <array>

#include "list/ascii.h"

namespace wswp::list {

namespace {

bool begins_with_one_of(std::string_view head, const auto& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [head](std::string_view beginning) { return head.starts_with(beginning); });
}

}  // namespace

Content detect(std::string_view head) {
  using namespace std::string_view_literals;
  // A byte order mark, or '<' without one.
  static constexpr std::array utf16 = {"\xFF\xFE"sv, "\xFE\xFF"sv, "<\0"sv, "\0<"sv};
  static constexpr std::array zips = {"PK\x03\x04"sv, "PK\x05\x06"sv, "PK\x07\x08"sv};
  static constexpr std::array others = {
      "\xFD"
      "7zXZ\0"sv,
      "BZh"sv,
      "7z\xBC\xAF\x27\x1C"sv,
      "\x28\xB5\x2F\xFD"sv,
      "Rar!\x1A\x07"sv,
      "%PDF-"sv};
  if (head.starts_with("\x1F\x8B"sv)) return Content::kGzip;
  if (begins_with_one_of(head, zips)) return Content::kZip;
  if (begins_with_one_of(head, others)) return Content::kOtherArchive;
  if (begins_with_one_of(head, utf16)) return Content::kUtf16;
  if (head.starts_with(kUtf8Bom)) head.remove_prefix(kUtf8Bom.size());
  head = trimmed(head);
  if (!head.starts_with('<')) return Content::kLines;
  return starts_with_ignoring_case(head, "<!doctype html") || starts_with_ignoring_case(head, "<html") ? Content::kHtml
                                                                                                       : Content::kXml;
}

bool is_list_name(std::string_view path) {
  static constexpr std::array<std::string_view, 6> extensions = {"csv", "tsv", "txt", "list", "lst", "xml"};
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.empty() || name.front() == '.' || path.starts_with("__MACOSX/")) return false;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return true;
  return std::any_of(extensions.begin(), extensions.end(), [extension = name.substr(dot + 1)](std::string_view known) {
    return equal_ignoring_case(extension, known);
  });
}

}  // namespace wswp::list
