#include "list/list.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "list/archive.h"
#include "list/csv.h"
#include "list/detect.h"
#include "list/dialect.h"
#include "list/peek_source.h"
#include "list/record_reader.h"
#include "list/row_emitter.h"
#include "list/sitemap.h"

namespace wswp::list {

namespace {

Error broken_after(std::uint64_t line, const Error& error) {
  return line == 0 ? error : Error{fmt::format("{} (after line {})", error.message, line)};
}

void emit_record(const Record& record, const Dialect& dialect, std::string& scratch, RowEmitter& rows) {
  if (record.too_long) {
    rows.invalid(record.text, "the line is longer than 64 KiB");
    return;
  }
  // A row that has only one field has its site there.
  std::optional<std::string_view> site = csv_field(record.text, dialect.delimiter, dialect.column, scratch);
  if (!site && !csv_field(record.text, dialect.delimiter, 1, scratch))
    site = csv_field(record.text, dialect.delimiter, 0, scratch);
  rows.row(site.value_or(std::string_view()), record.text);
}

/// Text or CSV.
Result<> read_lines(ByteSource& source, Dialect dialect, RowEmitter& rows) {
  RecordReader records(source, dialect.delimiter);
  Record record;
  std::string scratch;
  while (!rows.stopped()) {
    const Result<bool> more = records.next(record);
    if (!more) return broken_after(rows.line(), more.error());
    if (!*more) break;
    const std::uint64_t last_line = rows.line() + record.lines;
    rows.set_line(rows.line() + 1);
    if (has_content(record.text)) {
      if (!dialect.header) emit_record(record, dialect, scratch, rows);
      dialect.header = false;
    }
    rows.set_line(last_line);
  }
  return {};
}

/// A list that is not packed (any more).
Result<> read_unpacked(PeekSource& source, Format format, RowEmitter& rows) {
  Result<std::string_view> head = source.peek(kDetectBytes);
  if (!head) return head.error();
  const Content content = detect(*head);
  if (content == Content::kUtf16) return Error{"the list is UTF-16: save it as UTF-8"};
  if (content == Content::kOtherArchive)
    return Error{"the list is packed in a way that is not known: unpack it, or use gzip or zip"};
  if (format == Format::kSitemap || (format == Format::kAuto && content == Content::kXml)) {
    // XML must not begin with blank lines, but some sitemaps do.
    source.skip(std::min(head->find('<'), head->size()));
    return read_sitemap(source, rows);
  }
  if (format == Format::kAuto && content == Content::kHtml) return Error{"this is an HTML page, not a list"};

  if (head->starts_with(kUtf8Bom)) {
    source.skip(kUtf8Bom.size());
    head->remove_prefix(kUtf8Bom.size());
  }
  return read_lines(source, choose_dialect(*head, format), rows);
}

Result<> read_packed(ByteSource& source, ArchiveReader::Kind kind, Format format, RowEmitter& rows) {
  ArchiveReader archive(source, kind);
  bool any = false;
  while (!rows.stopped()) {
    const Result<bool> more = archive.next_member();
    if (!more) return broken_after(rows.line(), more.error());
    if (!*more) break;
    any = true;
    PeekSource member(archive);
    Result<> done = read_unpacked(member, format, rows);
    if (!done) return done;
  }
  if (!any && kind == ArchiveReader::Kind::kZip)
    return Error{"the zip archive holds no list (.csv, .tsv, .txt, .list, .lst or .xml)"};
  return {};
}

}  // namespace

Result<Summary> read_list(ByteSource& source, Format format, RowSink& sink) {
  RowEmitter rows(sink);
  PeekSource peeked(source);
  const Result<std::string_view> head = peeked.peek(4);
  if (!head) return head.error();
  const Content content = detect(*head);
  Result<> done;
  if (content == Content::kGzip) {
    done = read_packed(peeked, ArchiveReader::Kind::kGzip, format, rows);
  } else if (content == Content::kZip) {
    done = read_packed(peeked, ArchiveReader::Kind::kZip, format, rows);
  } else {
    done = read_unpacked(peeked, format, rows);
  }
  if (!done) return done.error();
  return rows.summary();
}

}  // namespace wswp::list
