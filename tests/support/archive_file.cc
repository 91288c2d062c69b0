#include "support/archive_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace wswp::test {
namespace {

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Reader = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

void check(archive* writer, la_ssize_t result) {
  if (result < ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer));
}

void add_entry(archive* writer, const std::string& name, const std::string& content) {
  const Entry entry(archive_entry_new(), &archive_entry_free);
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  check(writer, archive_write_header(writer, entry.get()));
  check(writer, archive_write_data(writer, content.data(), content.size()));
}

}  // namespace

void write_file(const std::string& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  if (!(file << content << std::flush)) throw std::runtime_error("cannot write " + path);
}

void write_zip(const std::string& path, const std::map<std::string, std::string>& files) {
  const Writer writer(archive_write_new(), &archive_write_free);
  check(writer.get(), archive_write_set_format_zip(writer.get()));
  check(writer.get(), archive_write_open_filename(writer.get(), path.c_str()));
  for (const auto& [name, content] : files) add_entry(writer.get(), name, content);
  check(writer.get(), archive_write_close(writer.get()));
}

void write_gzip(const std::string& path, const std::string& content) {
  const Writer writer(archive_write_new(), &archive_write_free);
  check(writer.get(), archive_write_add_filter_gzip(writer.get()));
  check(writer.get(), archive_write_set_format_raw(writer.get()));
  check(writer.get(), archive_write_open_filename(writer.get(), path.c_str()));
  add_entry(writer.get(), "list", content);
  check(writer.get(), archive_write_close(writer.get()));
}

void unpack_gzip(const std::string& path, const std::string& to) {
  const Reader reader(archive_read_new(), &archive_read_free);
  check(reader.get(), archive_read_support_filter_gzip(reader.get()));
  check(reader.get(), archive_read_support_format_raw(reader.get()));
  check(reader.get(), archive_read_open_filename(reader.get(), path.c_str(), 65536));
  archive_entry* entry = nullptr;
  check(reader.get(), archive_read_next_header(reader.get(), &entry));
  std::string content;
  std::array<char, 65536> piece{};
  for (la_ssize_t n = 0; (n = archive_read_data(reader.get(), piece.data(), piece.size())) != 0;) {
    check(reader.get(), n);
    content.append(piece.data(), static_cast<std::size_t>(n));
  }
  write_file(to, content);
}

}  // namespace wswp::test
