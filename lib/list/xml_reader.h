#pragma once
// XML, parsed as it streams in, with bounds that hold whatever the document is: memory, depth and work a byte do not
// depend on who wrote it. Expat parses; what it leaves open is bounded here:
// - a name, tag, comment or other token has at most kMaxToken bytes. Expat reads an unfinished token from its start
// each
//   time it gets more (CVE-2023-52425), so it gets at least as much again each time;
// - elements nest at most kMaxDepth deep;
// - Expat has at most kMaxMemory bytes, which only names of elements and attributes that are ever different use up;
// - a document type may not declare anything of its own: entities that name each other recurse (CVE-2024-8176).
// An '&' that begins no reference stands for itself (list/ampersands.h). One reader to one thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "list/byte_source.h"

namespace wswp::list {

class XmlReader;

/// What gets the document's elements. Names are as written but for their prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void on_start(XmlReader& reader, std::string_view name) = 0;
  virtual void on_end(XmlReader& reader) = 0;
  /// A part of the text between two tags.
  virtual void on_text(std::string_view text) = 0;
};

class XmlReader {
 public:
  static constexpr std::size_t kMaxToken = std::size_t{1024} * 1024;
  static constexpr std::size_t kMaxDepth = 64;
  static constexpr std::size_t kMaxMemory = std::size_t{16} * 1024 * 1024;

  /// `what` the document is, for errors: "the sitemap"; `lines_before`: lines are counted on from there. `handler` must
  /// outlive this.
  XmlReader(std::string_view what, std::uint64_t lines_before, XmlHandler& handler);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// Reads `source` to its end, or until stop(). Errors: the source's; XML that is not well-formed or beyond the bounds
  /// above, both with their line; what was given to stop(). All before an error has been given to the handler.
  Result<> read(ByteSource& source);

  /// For a handler: read no more. `why`: read() returns it.
  void stop();
  void stop(Error why);

  /// Counted from 1, of the element or text at hand.
  std::uint64_t line() const;
  /// How many elements are open, with the one that starts or ends.
  std::size_t depth() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace wswp::list
