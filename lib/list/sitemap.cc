#include "list/sitemap.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "list/ascii.h"
#include "list/xml_reader.h"

namespace wswp::list {

namespace {

class SitemapHandler final : public XmlHandler {
 public:
  explicit SitemapHandler(RowEmitter& rows) : rows_(rows) {}

  void on_start(XmlReader& reader, std::string_view name) override {
    if (reader.depth() == 1 && name != "urlset") refuse(reader, name);
    if (reader.depth() == 2) inside_url_ = name == "url";
    if (reader.depth() == 3 && inside_url_ && name == "loc") {
      inside_loc_ = true;
      loc_.clear();
      rows_.set_line(reader.line());
    }
  }

  void on_end(XmlReader& reader) override {
    if (reader.depth() != 3 || !inside_loc_) return;
    inside_loc_ = false;
    if (loc_.size() > kMaxLine) {
      rows_.invalid(loc_, "longer than 64 KiB");
    } else {
      rows_.row(trimmed(loc_), "<loc></loc>");
    }
    if (rows_.stopped()) reader.stop();
  }

  void on_text(std::string_view text) override {
    if (inside_loc_ && loc_.size() <= kMaxLine) loc_ += text.substr(0, kMaxLine + 1 - loc_.size());
  }

 private:
  static void refuse(XmlReader& reader, std::string_view root) {
    if (root == "sitemapindex")
      return reader.stop(Error{"this is an index of sitemaps: add the sitemaps it lists, one by one"});
    reader.stop(Error{fmt::format("not a sitemap: the outermost element is <{}>, not <urlset>", reported_text(root))});
  }

  RowEmitter& rows_;
  bool inside_url_ = false;
  bool inside_loc_ = false;
  std::string loc_;
};

}  // namespace

Result<> read_sitemap(ByteSource& source, RowEmitter& rows) {
  SitemapHandler handler(rows);
  XmlReader reader("the sitemap", rows.line(), handler);
  Result<> done = reader.read(source);
  if (done && !rows.stopped()) rows.set_line(reader.line());
  return done;
}

}  // namespace wswp::list
