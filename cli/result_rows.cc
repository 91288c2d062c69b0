#include "cli/result_rows.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/reply.h"
#include "cli/text.h"

namespace wswp::cli {
namespace {

constexpr std::array kColumns{"crawl",    "url",       "outcome",      "status",     "error",       "content_type",
                              "encoding", "bytes",     "truncated",    "title",      "redirect_to", "depth",
                              "attempts", "remote_ip", "http_version", "elapsed_ms", "fetched_at"};

Result<Json> parse_row(std::string_view json) {
  Json row = Json::parse(json, nullptr, false);
  if (!row.is_object()) return Error{"the daemon sent a row that is not a JSON object"};
  return row;
}

class JsonLines final : public RowPrinter {
 public:
  Result<> row(Writer& out, std::string_view json) override {
    out.line(without_controls_in_json(json));
    return {};
  }
};

class Csv final : public RowPrinter {
 public:
  void head(Writer& out) override { out.write(fmt::format("{}\r\n", fmt::join(kColumns, ","))); }

  Result<> row(Writer& out, std::string_view json) override {
    const auto row = parse_row(json);
    if (!row) return row.error();
    for (const char* column : kColumns) {
      if (column != kColumns.front()) out.write(",");
      const auto value = row->find(column);
      if (value == row->end() || value->is_null()) continue;
      out.write(csv_field(value->is_string() ? value->get_ref<const std::string&>() : value->dump()));
    }
    out.write("\r\n");
    return {};
  }
};

/// Fixed columns, so that a row can be printed before the next is known; on a terminal no row is longer than a line.
class Table final : public RowPrinter {
 public:
  explicit Table(const Terminal& terminal) : terminal_(terminal), mark_(terminal.unicode ? "…" : "~") {
    const auto columns = static_cast<std::size_t>(std::max(terminal.columns, 60));
    url_columns_ = (columns - kFixedColumns) * 3 / 5;
    title_columns_ = columns - kFixedColumns - url_columns_ - 2;
  }

  void head(Writer& out) override {
    out.line(paint(terminal_, Style::kBold, joined("OUTCOME", "STATUS", "SIZE", "URL", "TITLE OR ERROR")));
  }

  Result<> row(Writer& out, std::string_view json) override {
    const auto row = parse_row(json);
    if (!row) return row.error();
    const std::string size = row->value("bytes", Json()).is_null() ? "-" : human_bytes(count(*row, "bytes"));
    const bool failed = !row->value("error", Json()).is_null();
    const bool titled = !row->value("title", Json()).is_null();
    const std::string last = failed ? plain(*row, "error") : titled ? plain(*row, "title") : "";
    out.line(joined(plain(*row, "outcome"), plain(*row, "status"), size, plain(*row, "url"), last));
    if (terminal_.interactive) out.flush();
    return {};
  }

 private:
  static constexpr std::size_t kFixedColumns = 10 + 2 + 6 + 2 + 10 + 2;

  std::string joined(const std::string& outcome, const std::string& status, const std::string& size,
                     const std::string& url, const std::string& last) const {
    std::string line = pad_right(outcome, 10) + "  " + pad_left(status, 6) + "  " + pad_left(size, 10) + "  " +
                       pad_right(fit(url, url_columns_), url_columns_) + "  " + fit(last, title_columns_);
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  }
  std::string fit(const std::string& text, std::size_t columns) const {
    return terminal_.interactive ? cut(text, columns, mark_) : text;
  }

  Terminal terminal_;
  const char* mark_;  // where something was cut off
  std::size_t url_columns_ = 0;
  std::size_t title_columns_ = 0;
};

}  // namespace

std::unique_ptr<RowPrinter> make_row_printer(const std::string& format, const Terminal& terminal) {
  if (format == "csv") return std::make_unique<Csv>();
  if (format == "jsonl") return std::make_unique<JsonLines>();
  return std::make_unique<Table>(terminal);
}

std::string csv_field(std::string_view text) {
  std::string clean = without_controls(text);
  if (clean.find_first_of("\",") == std::string::npos) return clean;
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace wswp::cli
