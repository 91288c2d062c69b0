#include "list/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "list/detect.h"

namespace wswp::list {

namespace {

/// libarchive keeps the header of a gzip until it has all of it, with a name and a comment of any length.
constexpr std::size_t kMaxGzipHeader = std::size_t{1024} * 1024;

}  // namespace

struct ArchiveReader::Callbacks {
  /// libarchive asks for more packed bytes.
  static la_ssize_t read(::archive* handle, void* data, const void** buffer) {
    auto& self = *static_cast<ArchiveReader*>(data);
    const Result<std::string_view> bytes = self.source_.read();
    if (!bytes) return self.break_off(handle, bytes.error());
    if (self.kind_ == Kind::kGzip && self.fruitless_ > kMaxGzipHeader)
      return self.break_off(handle, Error{"the gzip archive is corrupt: a header is longer than 1 MiB"});
    self.fruitless_ += bytes->size();
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
    if (status == ARCHIVE_EOF && source_error_) return failure();
    if (status == ARCHIVE_EOF) return false;
    if (kind_ == Kind::kGzip) return true;
    // A name that the locale cannot express is null; then the content decides.
    const char* const name = archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) != AE_IFREG || (name != nullptr && !is_list_name(name))) continue;
    if (has_known_method()) return true;
    return Error{fmt::format(
        "a list in the zip archive is compressed in a way that is not read ({}): deflate or store it, or use gzip",
        archive_format_name(archive_))};
  }
}

/// libarchive tells the method of the present member of a zip in the name of the format alone: "ZIP 2.0 (deflation)".
bool ArchiveReader::has_known_method() const {
  const std::string_view format = archive_format_name(archive_);
  return format.ends_with("(uncompressed)") || format.ends_with("(deflation)");
}

Result<std::string_view> ArchiveReader::read() {
  while (true) {
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(archive_, &bytes, &size, &offset);
    // What breaks off between two parts of a gzip is the end to libarchive.
    if (status == ARCHIVE_EOF && !source_error_) return std::string_view();
    if (status != ARCHIVE_OK) return failure();
    if (size == 0) continue;
    fruitless_ = 0;
    return std::string_view(static_cast<const char*>(bytes), size);
  }
}

/// Ends a callback of libarchive.
std::ptrdiff_t ArchiveReader::break_off(::archive* handle, Error why) {
  archive_set_error(handle, EIO, "%s", why.message.c_str());
  source_error_ = std::move(why);
  return ARCHIVE_FATAL;
}

Error ArchiveReader::failure() const {
  if (source_error_) return *source_error_;
  const char* const reason = archive_error_string(archive_);
  return {fmt::format("the {} archive is corrupt: {}", kind_ == Kind::kGzip ? "gzip" : "zip",
                      reason == nullptr ? "unknown reason" : reason)};
}

}  // namespace wswp::list
