#pragma once
// The last step of every reader: counts rows, parses them and hands them to the sink.

#include <cstdint>
#include <string_view>

#include "list/list.h"
#include "list/site.h"

namespace wswp::list {

class RowEmitter {
 public:
  /// `sink` must outlive this.
  explicit RowEmitter(RowSink& sink) : sink_(sink) {}

  /// The line the reader is at, 1-based; all that is emitted next belongs to it.
  void set_line(std::uint64_t line) { line_ = line; }
  std::uint64_t line() const { return line_; }

  /// A row that says `site`. `whole` is shown instead where `site` is empty.
  void row(std::string_view site, std::string_view whole);
  void invalid(std::string_view text, std::string_view reason);

  /// The sink has enough: emit no more, read no more.
  bool stopped() const { return summary_.stopped; }
  const Summary& summary() const { return summary_; }

 private:
  RowSink& sink_;
  SiteParser parser_;
  Summary summary_;
  std::uint64_t line_ = 0;
};

/// The first kMaxReportedText bytes of `text` as valid UTF-8; what is not UTF-8 becomes U+FFFD.
std::string reported_text(std::string_view text);

}  // namespace wswp::list
