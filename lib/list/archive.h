#pragma once
// gzip and zip, unpacked as they stream in.

#include <memory>
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
  /// there is none. Error: the source's, or the archive is corrupt.
  Result<bool> next_member();

  /// The next bytes of the present member.
  Result<std::string_view> read() override;

 private:
  struct Callbacks;
  Error failure() const;

  ByteSource& source_;
  Kind kind_;
  ::archive* archive_;
  bool opened_ = false;
  std::optional<Error> source_error_;
};

}  // namespace wswp::list
