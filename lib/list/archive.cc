#include "list/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <new>

#include <fmt/format.h>

#include "list/detect.h"

namespace wswp::list {

struct ArchiveReader::Callbacks {
  /// libarchive asks for more packed bytes.
  static la_ssize_t read(::archive* handle, void* data, const void** buffer) {
    auto& self = *static_cast<ArchiveReader*>(data);
    const Result<std::string_view> bytes = self.source_.read();
    if (!bytes) {
      self.source_error_ = bytes.error();
      archive_set_error(handle, EIO, "%s", bytes.message().c_str());
      return -1;
    }
    *buffer = bytes->data();
    return static_cast<la_ssize_t>(bytes->size());
  }
};

ArchiveReader::ArchiveReader(ByteSource& source, Kind kind)
    : source_(source), kind_(kind), archive_(archive_read_new()) {
  if (archive_ == nullptr) throw std::bad_alloc();
  archive_read_support_format_empty(archive_);
  if (kind == Kind::kGzip) {
    archive_read_support_filter_gzip(archive_);
    archive_read_support_format_raw(archive_);
  } else {
    archive_read_support_format_zip_streamable(archive_);
  }
}

ArchiveReader::~ArchiveReader() {
  archive_read_free(archive_);
}

Result<bool> ArchiveReader::next_member() {
  if (!opened_) {
    opened_ = true;
    if (archive_read_open(archive_, this, nullptr, Callbacks::read, nullptr) != ARCHIVE_OK) return failure();
  }
  while (true) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(archive_, &entry);
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN && status != ARCHIVE_EOF) return failure();
    // With a header that is not gzip's, libarchive would give out the packed bytes as they stand.
    if (kind_ == Kind::kGzip && archive_filter_code(archive_, 0) != ARCHIVE_FILTER_GZIP)
      return Error{"the gzip archive is corrupt: its header is not valid"};
    if (status == ARCHIVE_EOF) return false;
    if (kind_ == Kind::kGzip) return true;
    // A name that the locale cannot express is null; then the content decides.
    const char* const name = archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) == AE_IFREG && (name == nullptr || is_list_name(name))) return true;
  }
}

Result<std::string_view> ArchiveReader::read() {
  while (true) {
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(archive_, &bytes, &size, &offset);
    if (status == ARCHIVE_EOF) return std::string_view();
    if (status != ARCHIVE_OK) return failure();
    if (size > 0) return std::string_view(static_cast<const char*>(bytes), size);
  }
}

Error ArchiveReader::failure() const {
  if (source_error_) return *source_error_;
  const char* const reason = archive_error_string(archive_);
  return {fmt::format("the {} archive is corrupt: {}", kind_ == Kind::kGzip ? "gzip" : "zip",
                      reason == nullptr ? "unknown reason" : reason)};
}

}  // namespace wswp::list
