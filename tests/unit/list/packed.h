#pragma once
// Packs lists for the tests.

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wswp::list {

using Members = std::vector<std::pair<std::string, std::string>>;  // name, content

inline void check_packing(bool fine) {
  if (!fine) throw std::runtime_error("the test's archive cannot be written");
}

/// `method`: of a zip, "deflate" or "store".
inline std::string packed(bool zip, const Members& members, std::size_t most, const char* method = "deflate") {
  std::string out(most, '\0');
  std::size_t used = 0;
  archive* const writer = archive_write_new();
  if (zip) {
    archive_write_set_format_zip(writer);
    check_packing(archive_write_set_format_option(writer, "zip", "compression", method) == ARCHIVE_OK);
  } else {
    archive_write_set_format_raw(writer);
    archive_write_add_filter_gzip(writer);
  }
  archive_write_set_bytes_in_last_block(writer, 1);
  check_packing(archive_write_open_memory(writer, out.data(), out.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, content] : members) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_perm(entry, 0644);
    check_packing(archive_write_header(writer, entry) == ARCHIVE_OK);
    check_packing(archive_write_data(writer, content.data(), content.size()) >= 0);
    archive_entry_free(entry);
  }
  check_packing(archive_write_free(writer) == ARCHIVE_OK);
  out.resize(used);
  return out;
}

inline std::string gzip(const std::string& content) {
  return packed(false, {{"list", content}}, content.size() + 4096);
}

inline std::string zip(const Members& members, const char* method = "deflate") {
  std::size_t most = 4096;
  for (const auto& [name, content] : members) most += content.size() + 1024;
  return packed(true, members, most, method);
}

}  // namespace wswp::list
