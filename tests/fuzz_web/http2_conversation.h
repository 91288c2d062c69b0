#pragma once
// HTTP/2 as a server hears it: requests are taken from the client's frames, and each is answered by a function of what
// was asked for, and of the number of its stream. Belongs to the server's thread.

#include <functional>
#include <memory>
#include <string>

#include "delivery.h"
#include "http1_conversation.h"
#include "http2_frames.h"

struct nghttp2_hd_inflater;

namespace wswp::fuzz {

class Http2Conversation : public Conversation {
 public:
  using Answer = std::function<Delivery(const Asked&)>;

  Http2Conversation(AskedLog& log, Answer answer);
  ~Http2Conversation() override;
  Delivery received(std::string_view bytes) override;

 private:
  void take(const http2::FrameHead& head, std::string_view payload, Delivery& all);
  /// What the header block asks for.
  std::pair<std::string, std::string> inflate(std::string_view block);

  AskedLog& log_;
  const Answer answer_;
  std::string in_;  // what has come of the next frame
  bool greeted_ = false;
  nghttp2_hd_inflater* inflater_ = nullptr;
};

}  // namespace wswp::fuzz
