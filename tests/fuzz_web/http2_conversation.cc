#include "http2_conversation.h"

#include <nghttp2/nghttp2.h>

#include <iterator>
#include <stdexcept>
#include <utility>

namespace wswp::fuzz {

using namespace http2;

Http2Conversation::Http2Conversation(AskedLog& log, Answer answer) : log_(log), answer_(std::move(answer)) {
  if (nghttp2_hd_inflate_new(&inflater_) != 0) throw std::runtime_error("nghttp2_hd_inflate_new");
}

Http2Conversation::~Http2Conversation() {
  nghttp2_hd_inflate_del(inflater_);
}

Delivery Http2Conversation::received(std::string_view bytes) {
  in_ += bytes;
  Delivery all;
  if (!greeted_) {
    if (in_.size() < kPreface.size()) return all;
    in_.erase(0, kPreface.size());
    greeted_ = true;
    all.append(frame(kSettings, 0, 0, ""));
  }
  while (in_.size() >= kFrameHead) {
    const FrameHead head = read_frame_head(in_);
    if (in_.size() - kFrameHead < head.length) break;
    take(head, std::string_view(in_).substr(kFrameHead, head.length), all);
    in_.erase(0, kFrameHead + head.length);
    if (!goes_on(all.end)) break;
  }
  return all;
}

void Http2Conversation::take(const FrameHead& head, std::string_view payload, Delivery& all) {
  const bool is_request = head.type == kHeaders;
  if ((head.type == kSettings || head.type == kPing) && (head.flags & kAck) == 0)
    all.append(frame(head.type, kAck, 0, head.type == kPing ? payload : ""));
  if (!is_request) return;
  if ((head.flags & kPadded) != 0) {
    const std::size_t padding = static_cast<unsigned char>(payload.front());
    payload = payload.substr(1, payload.size() - 1 - padding);
  }
  if ((head.flags & kWithPriority) != 0) payload.remove_prefix(5);
  auto [host, target] = inflate(payload);
  Asked asked = log_.note(std::move(host), std::move(target));
  asked.stream = head.stream;
  Delivery next = answer_(asked);
  std::move(next.pieces.begin(), next.pieces.end(), std::back_inserter(all.pieces));
  all.pause_ms = next.pause_ms;
  all.end = next.end;
}

std::pair<std::string, std::string> Http2Conversation::inflate(std::string_view block) {
  std::pair<std::string, std::string> asked;
  const auto* data = reinterpret_cast<const std::uint8_t*>(block.data());
  std::size_t left = block.size();
  for (int flags = 0; (flags & NGHTTP2_HD_INFLATE_FINAL) == 0;) {
    nghttp2_nv field{};
    const auto used = nghttp2_hd_inflate_hd2(inflater_, &field, &flags, data, left, 1);
    if (used < 0) throw std::runtime_error("the client's header block is broken");
    data += used;
    left -= static_cast<std::size_t>(used);
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0) continue;
    const std::string name(reinterpret_cast<const char*>(field.name), field.namelen);
    const std::string value(reinterpret_cast<const char*>(field.value), field.valuelen);
    if (name == ":authority") asked.first = value.substr(0, value.find(':'));
    if (name == ":path") asked.second = value;
  }
  nghttp2_hd_inflate_end_headers(inflater_);
  return asked;
}

}  // namespace wswp::fuzz
