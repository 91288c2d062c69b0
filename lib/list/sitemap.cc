#include "list/sitemap.h"

#include <expat.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>

#include "list/ascii.h"

namespace wswp::list {

namespace {

constexpr XML_Char kNamespaceSeparator = '|';
/// How much of a chunk expat gets at once; its interface counts in int.
constexpr std::size_t kPiece = std::size_t{64} * 1024;

std::string_view local_name(std::string_view name) {
  return name.substr(name.rfind(kNamespaceSeparator) + 1);
}

class SitemapReader {
 public:
  explicit SitemapReader(RowEmitter& rows)
      : rows_(rows), first_line_(rows.line()), parser_(XML_ParserCreateNS(nullptr, kNamespaceSeparator)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
  }

  Result<> read(ByteSource& source) {
    while (true) {
      const Result<std::string_view> bytes = source.read();
      if (!bytes) return Error{fmt::format("{} (after line {})", bytes.message(), line())};
      std::string_view rest = *bytes;
      const bool last = rest.empty();
      do {
        const std::string_view piece = rest.substr(0, kPiece);
        rest.remove_prefix(piece.size());
        const auto status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
        if (rows_.stopped()) return {};
        if (error_) return *error_;
        if (status != XML_STATUS_OK)
          return Error{fmt::format("the sitemap is broken in line {}: {}", line(),
                                   XML_ErrorString(XML_GetErrorCode(parser_.get())))};
      } while (!rest.empty());
      if (last) break;
    }
    rows_.set_line(line());
    return {};
  }

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  static SitemapReader& self(void* data) { return *static_cast<SitemapReader*>(data); }

  static void on_start(void* data, const XML_Char* name, const XML_Char** /*attributes*/) { self(data).start(name); }
  static void on_end(void* data, const XML_Char* /*name*/) { self(data).end(); }
  static void on_text(void* data, const XML_Char* text, int length) {
    self(data).text({text, static_cast<std::size_t>(length)});
  }

  std::uint64_t line() const { return first_line_ + XML_GetCurrentLineNumber(parser_.get()); }

  void start(std::string_view name) {
    ++depth_;
    name = local_name(name);
    if (depth_ == 1 && name != "urlset") refuse(name);
    if (depth_ == 2) inside_url_ = name == "url";
    if (depth_ == 3 && inside_url_ && name == "loc") {
      inside_loc_ = true;
      loc_.clear();
      rows_.set_line(line());
    }
  }

  void end() {
    if (depth_ == 3 && inside_loc_) {
      inside_loc_ = false;
      if (loc_.size() > kMaxLine) {
        rows_.invalid(loc_, "longer than 64 KiB");
      } else {
        rows_.row(trimmed(loc_), "<loc></loc>");
      }
      if (rows_.stopped()) XML_StopParser(parser_.get(), XML_FALSE);
    }
    --depth_;
  }

  void text(std::string_view text) {
    if (inside_loc_ && loc_.size() <= kMaxLine) loc_ += text.substr(0, kMaxLine + 1 - loc_.size());
  }

  void refuse(std::string_view root) {
    if (root == "sitemapindex") {
      error_ = Error{"this is an index of sitemaps: add the sitemaps it lists, one by one"};
    } else {
      error_ = Error{fmt::format("not a sitemap: the outermost element is <{}>, not <urlset>", reported_text(root))};
    }
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  RowEmitter& rows_;
  std::uint64_t first_line_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  std::optional<Error> error_;
  std::size_t depth_ = 0;
  bool inside_url_ = false;
  bool inside_loc_ = false;
  std::string loc_;
};

}  // namespace

Result<> read_sitemap(ByteSource& source, RowEmitter& rows) {
  return SitemapReader(rows).read(source);
}

}  // namespace wswp::list
