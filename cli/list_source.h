#pragma once
// One SOURCE argument of `wswpctl add`, opened: what is sent to the daemon as the body. All are opened before any is
// sent, so that a mistake in one does not leave half of the work done. One thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"

namespace wswp::cli {

class ListSource {
 public:
  ListSource(std::string label, std::string filename, std::optional<std::uint64_t> size)
      : label_(std::move(label)), filename_(std::move(filename)), size_(size) {}
  virtual ~ListSource() = default;
  ListSource(const ListSource&) = delete;
  ListSource& operator=(const ListSource&) = delete;

  /// Up to `size` bytes of the body; 0: the end. An error does not name the source.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;

  /// As the user named it, for messages.
  const std::string& label() const { return label_; }
  /// From which the daemon may guess the format; empty: there is none.
  const std::string& filename() const { return filename_; }
  /// Bytes of the body, if known beforehand.
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  std::string label_;
  std::string filename_;
  std::optional<std::uint64_t> size_;
};

/// `argument`: a file, "-" for standard input, or a URL: a seed, or with `download` a list to be downloaded.
Result<std::unique_ptr<ListSource>> open_source(const std::string& argument, bool download);

}  // namespace wswp::cli
