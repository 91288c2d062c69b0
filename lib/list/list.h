#pragma once
// A list of sites → URLs, row by row. Streams: memory does not grow with the list, whatever the list is. read_list()
// works on the caller's thread and calls the sink from it.
//
// What a list may be (found out from its content, since a request's body has no name):
// - text: a URL or a bare name a line; blank lines and lines that begin with '#' are skipped;
// - CSV: with or without a header, quoted fields, ',' ';' or a tab between them. The column is the one whose header
// says so
//   ("domain", "url", "site", …), else the first one with a site in the first rows. A quoted field may have several
//   lines, up to kMaxLine bytes;
// - a sitemap (https://www.sitemaps.org/protocol.html): every <loc> of a <urlset>;
// - one of these compressed with gzip, or any number of them as .csv, .txt, .xml … in a zip archive.
//
// A row is a URL (http or https) or a bare name that becomes "http://name/", with port and path if it has them. A bare
// name needs a dot; a URL does not.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "list/byte_source.h"
#include "url/url.h"

namespace wswp::list {

/// The text a row is cut to when it is reported as invalid, in bytes.
inline constexpr std::size_t kMaxReportedText = 200;
/// The longest line, in bytes; a longer one is an invalid row.
inline constexpr std::size_t kMaxLine = std::size_t{64} * 1024;

/// What the uncompressed list is. gzip and zip are recognised with every format.
enum class Format : std::uint8_t { kAuto, kText, kCsv, kSitemap };

/// A valid row. Views and references hold only during the call that gets them.
struct Row {
  /// 1-based, in the uncompressed list, the first one of a row of several; in an archive of several lists it counts on
  /// from one to the next.
  std::uint64_t line;
  /// What the row said, without quotes and surrounding blanks.
  std::string_view text;
  const url::Url& url;
};

/// A row that is no site.
struct InvalidRow {
  std::uint64_t line;
  /// What the row said: valid UTF-8, at most kMaxReportedText bytes.
  std::string text;
  /// For a person: "not a domain name: no dot".
  std::string reason;
};

class RowSink {
 public:
  virtual ~RowSink() = default;
  /// False: stop reading, that is enough.
  virtual bool on_url(const Row& row) = 0;
  virtual bool on_invalid(const InvalidRow& row) = 0;
};

struct Summary {
  /// Rows with content, valid or not: no blank lines, comments, header.
  std::uint64_t read = 0;
  std::uint64_t invalid = 0;
  /// The sink said stop before the end of the list.
  bool stopped = false;
};

/// Reads `source` to its end, or until the sink says stop. Every row before an error has been given to the sink.
/// Errors: the source broke; the archive is corrupt (with the line it got to) or holds no list; the XML is no sitemap,
/// or an index of sitemaps; the text is UTF-16. An empty list is no error.
Result<Summary> read_list(ByteSource& source, Format format, RowSink& sink);

}  // namespace wswp::list
