#pragma once
// An Answer as bytes. Pure; a Response belongs to one thread, which uses it again for every answer so that its
// buffers keep their capacity.

#include <cstdint>
#include <string>

#include "simweb/answer.h"
#include "simweb/http_request.h"

namespace wswp::simweb {

/// What the connection does once head and body are sent.
enum class Afterwards : std::uint8_t { kKeep, kClose, kStall, kGoOn };

struct Response {
  std::string head;
  std::string body;
  Afterwards afterwards = Afterwards::kKeep;
  std::string plain;  // scratch: the body before coding and framing
};

/// Fills `response`. Precondition: the fault is none of kClosed, kReset, kStall, which send nothing.
void render(Response& response, const World& world, const PageName& name, const HttpRequest& request,
            const Answer& answer);

/// A 200 with a JSON or plain text body; for the control resources.
void render_text(Response& response, int status, std::string_view content_type, std::string_view text,
                 const HttpRequest& request);

/// What a connection with Afterwards::kGoOn sends again and again: one chunk.
std::string_view endless_chunk();

}  // namespace wswp::simweb
