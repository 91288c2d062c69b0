#pragma once
// HTTP/2 on the wire (RFC 9113): frames and plain HPACK. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wswp::fuzz::http2 {

enum Type : std::uint8_t {
  kData = 0,
  kHeaders = 1,
  kPriority = 2,
  kRstStream = 3,
  kSettings = 4,
  kPushPromise = 5,
  kPing = 6,
  kGoaway = 7,
  kWindowUpdate = 8,
  kContinuation = 9,
  kAltsvc = 10,
};

inline constexpr std::uint8_t kEndStream = 1, kAck = 1, kEndHeaders = 4, kPadded = 8, kWithPriority = 0x20;
inline constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
inline constexpr std::size_t kFrameHead = 9;

struct FrameHead {
  std::size_t length = 0;
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::uint32_t stream = 0;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// `bytes` has at least kFrameHead of them.
FrameHead read_frame_head(std::string_view bytes);
std::string frame_head(const FrameHead& head);
std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);
/// Literals without indexing and without Huffman codes (RFC 7541, 6.2.2).
std::string header_block(const Fields& fields);
std::string u32(std::uint32_t value);

}  // namespace wswp::fuzz::http2
