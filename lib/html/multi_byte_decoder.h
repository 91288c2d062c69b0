// The decoders of GBK, gb18030, Big5, EUC-JP, Shift_JIS and EUC-KR as the Encoding standard has them
// (https://encoding.spec.whatwg.org/#legacy-multi-byte-chinese-(simplified)-encodings and on): what is a character, and
// what is left of a broken one, is decided here; which character a pair of bytes is, ICU knows, but for those pairs
// where its tables are older or wider than the standard's.
//
// Belongs to one thread. The converter must outlive it, and be used for nothing else meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

struct UConverter;

namespace wswp::html {

class MultiByteDecoder {
 public:
  // Whether `encoding`, a name as of encoding_for_label, is one of those above.
  static bool decodes(std::string_view encoding);

  MultiByteDecoder(std::string_view encoding, UConverter* converter);

  // Appends the meaning of the next bytes of a stream, which may be cut anywhere; `last`: its end.
  void decode(std::string_view bytes, bool last, std::string& out);
  // Appends the meaning of bytes that a quote or a '<' follows, at which no stream ends.
  void decode_part(std::string_view bytes, std::string& out);

 private:
  enum class Family : std::uint8_t { kGb18030, kBig5, kEucJp, kShiftJis, kEucKr };

  static Family family_of(std::string_view encoding);
  std::size_t step(std::string_view rest, std::string& out);
  std::size_t step_four(std::string_view rest, std::string& out);
  std::size_t step_euc_jp(std::string_view rest, std::string& out);
  bool single(unsigned byte, std::string& out) const;
  bool is_lead(unsigned byte) const;
  bool is_trail(unsigned byte) const;
  bool map_exception(std::string_view character, std::string& out) const;
  bool map(std::string_view character, std::string& out);

  Family family_;
  UConverter* converter_;
  std::string pending_;  // the beginning of a character
};

}  // namespace wswp::html
