// The queries of links, as a page of some encoding writes them
// (https://url.spec.whatwg.org/#string-percent-encode-after-encoding). Belongs to one thread.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "html/iso_2022_jp_encoder.h"
#include "html/legacy_encoder.h"

namespace wswp::html {

class QueryEncoder {
 public:
  // `encoding`: of the page, a name as of encoding_for_label. UTF-8 stands in for UTF-16 and for the replacement
  // encoding (https://encoding.spec.whatwg.org/#get-an-output-encoding); it leaves all to the URL parser.
  explicit QueryEncoder(std::string_view encoding);

  // Whether a query is the same in all encodings.
  static bool is_plain(std::string_view query);

  // Whether append() would do more than copy.
  bool changes(std::string_view query) const;

  // Appends a query, its '?' included, which is in UTF-8: bytes from 0x80 on percent-encoded, characters that the
  // encoding lacks as an encoded numeric reference. The ASCII of it is copied, for the URL parser to judge, but in
  // ISO-2022-JP, where ASCII bytes are parts of other characters, encoded as the parser does.
  void append(std::string_view utf8, std::string& out);

 private:
  void append_legacy(LegacyEncoder& encoder, std::string_view utf8, std::string& out);
  void append_iso_2022_jp(Iso2022JpEncoder& encoder, std::string_view utf8, std::string& out);

  std::variant<std::monostate, LegacyEncoder, Iso2022JpEncoder> encoder_;
};

}  // namespace wswp::html
