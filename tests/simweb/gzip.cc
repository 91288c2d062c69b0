#include "simweb/gzip.h"

#include <algorithm>
#include <stdexcept>

#include <zlib.h>

namespace wswp::simweb {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, in gzip's wrapping

/// A deflate stream in gzip's wrapping.
class Deflater {
 public:
  Deflater() {
    if (deflateInit2(&stream_, 1, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::runtime_error("zlib cannot start");
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void restart() { deflateReset(&stream_); }

  void append(std::string& out, std::string_view text, bool is_last) {
    char buffer[16 * 1024];
    // zlib reads through a pointer to non-const and writes nothing there.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(std::begin(buffer));
      stream_.avail_out = sizeof(buffer);
      deflate(&stream_, is_last ? Z_FINISH : Z_NO_FLUSH);
      out.append(std::begin(buffer), sizeof(buffer) - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
};

}  // namespace

void append_gzip(std::string& out, std::string_view text) {
  thread_local Deflater deflater;
  deflater.restart();
  deflater.append(out, text, true);
}

std::string gzip_of_blanks(std::string_view text, std::size_t bytes) {
  Deflater deflater;
  std::string out;
  deflater.append(out, text, false);
  const std::string blanks(65536, ' ');
  for (std::size_t left = bytes - std::min(bytes, text.size()); left > 0;) {
    const std::size_t piece = std::min(left, blanks.size());
    deflater.append(out, std::string_view(blanks).substr(0, piece), false);
    left -= piece;
  }
  deflater.append(out, "", true);
  return out;
}

}  // namespace wswp::simweb
