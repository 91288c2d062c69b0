#pragma once
// gzip and zip, unpacked as they stream in, in memory that does not depend on what is packed. For that, members of a
// zip are stored or deflated: other methods (LZMA, PPMd, …) have an archive say how much memory unpacking it takes.

#include <cstddef>
#include <optional>
#include <string>

#include "list/byte_source.h"

struct archive;

namespace wswp::list {

/// The members of an archive one after the other; of each its bytes. gzip has one member without a name.
class ArchiveReader final : public ByteSource {
 public:
  enum class Kind { kGzip, kZip };

  /// `source` must outlive this.
  ArchiveReader(ByteSource& source, Kind kind);
  ~ArchiveReader() override;
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  /// Goes to the next regular member that is a list by its name; what is left of the present one is skipped. False:
  /// there is none. Error: the source's; the archive is corrupt; the member is packed with another method.
  Result<bool> next_member();

  /// The next bytes of the present member.
  Result<std::string_view> read() override;

 private:
  struct Callbacks;
  std::ptrdiff_t break_off(::archive* handle, Error why);
  Error failure() const;
  bool has_known_method() const;

  ByteSource& source_;
  Kind kind_;
  ::archive* archive_;
  bool opened_ = false;
  std::size_t fruitless_ = 0;          // packed bytes since the last unpacked one
  std::optional<Error> source_error_;  // what the packed bytes ended with
};

}  // namespace wswp::list
