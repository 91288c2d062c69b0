#pragma once
// What a hostile server sends, when, and what becomes of the connection: the pieces go out one by one, each in a write
// of its own. Pure data.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wswp::fuzz {

enum class End : std::uint8_t {
  kKeep,   // more is awaited
  kRest,   // the same, for half a second: a client that has been promised more would wait for long
  kClose,  // FIN
  kReset,  // RST
  kHold,   // nothing is heard and nothing sent for half a second, then FIN
};

std::string_view to_string(End end);

/// Whether more is heard after such an end of a delivery.
constexpr bool goes_on(End end) {
  return end == End::kKeep || end == End::kRest;
}

struct Delivery {
  std::vector<std::string> pieces;
  int pause_ms = 0;  // between two pieces
  End end = End::kKeep;

  void append(std::string bytes) {
    if (!bytes.empty()) pieces.push_back(std::move(bytes));
  }
  std::string joined() const;
};

/// The other end of one connection. Belongs to the server's thread.
class Conversation {
 public:
  virtual ~Conversation() = default;
  /// What goes out now that these bytes have come in. Not called again after an end that does not go on.
  virtual Delivery received(std::string_view bytes) = 0;
};

/// Bytes as a hex dump of at most `most` bytes, with those that print beside them.
std::string hex_dump(std::string_view bytes, std::size_t most);

}  // namespace wswp::fuzz
