#include "http2_frames.h"

namespace wswp::fuzz::http2 {
namespace {

char byte(std::size_t value) {
  return static_cast<char>(value & 0xffU);
}

std::uint8_t at(std::string_view bytes, std::size_t i) {
  return static_cast<std::uint8_t>(bytes[i]);
}

void put_string(std::string& out, std::string_view text) {
  constexpr std::size_t kPrefix = 127;
  std::size_t rest = text.size();
  out += byte(rest < kPrefix ? rest : kPrefix);
  if (rest >= kPrefix) {
    for (rest -= kPrefix; rest >= 128; rest /= 128) out += byte(rest % 128 + 128);
    out += byte(rest);
  }
  out += text;
}

}  // namespace

FrameHead read_frame_head(std::string_view bytes) {
  FrameHead head;
  head.length =
      static_cast<std::size_t>(at(bytes, 0)) << 16 | static_cast<std::size_t>(at(bytes, 1)) << 8 | at(bytes, 2);
  head.type = at(bytes, 3);
  head.flags = at(bytes, 4);
  for (std::size_t i = 5; i < kFrameHead; ++i) head.stream = head.stream << 8 | at(bytes, i);
  return head;
}

std::string frame_head(const FrameHead& head) {
  std::string out{byte(head.length >> 16), byte(head.length >> 8), byte(head.length), byte(head.type),
                  byte(head.flags)};
  return out + u32(head.stream);
}

std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload) {
  return frame_head({payload.size(), type, flags, stream}) + std::string(payload);
}

std::string header_block(const Fields& fields) {
  std::string block;
  for (const auto& [name, value] : fields) {
    block += '\0';
    put_string(block, name);
    put_string(block, value);
  }
  return block;
}

std::string u32(std::uint32_t value) {
  return {byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)};
}

}  // namespace wswp::fuzz::http2
