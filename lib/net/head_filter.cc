#include "net/head_filter.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "net/blank.h"
#include "net/head_parser.h"

namespace wswp::net {
namespace {

constexpr std::string_view kStatusLine = "HTTP/1.";
constexpr std::string_view kEndOfLine = "\r\n";

/// Takes the first line off, without its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_field(std::string_view line, std::string_view name) {
  std::string_view own = line.substr(0, line.find(':'));
  while (!own.empty() && is_blank(own.back())) own.remove_suffix(1);
  return equal_ignoring_case(own, name);
}

/// A line that goes on with none, and one with a NUL, are for libcurl to refuse.
bool has_only_no_colon(std::string_view line) {
  return line.find(':') == std::string_view::npos && line.find('\0') == std::string_view::npos &&
         !is_blank(line.front());
}

/// "HTTP/1.1 103 …": another header follows.
bool is_interim(std::string_view status_line) {
  const std::size_t space = status_line.find(' ');
  return space != std::string_view::npos && status_line.substr(space + 1).starts_with('1') &&
         !status_line.substr(space + 1).starts_with("101");
}

/// The lines of a header after its status line, each with those that go on with it.
std::vector<std::string> unfolded(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (line.empty()) break;
    if (lines.empty() || !is_blank(line.front())) {
      lines.emplace_back(line);
      continue;
    }
    while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    lines.back().append(1, ' ').append(line);
  }
  return lines;
}

}  // namespace

void HeadFilter::feed(std::string_view bytes, std::string& out) {
  while (!bytes.empty() && !in_body_) {
    const std::size_t end = bytes.find('\n');
    const std::size_t taken = end == std::string_view::npos ? bytes.size() : end + 1;
    head_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    const std::size_t known = std::min(head_.size(), kStatusLine.size());
    if (head_.size() > HeadParser::kMaxHead || head_.compare(0, known, kStatusLine, 0, known) != 0) {
      in_body_ = true;  // libcurl will refuse it
      out.append(std::exchange(head_, {}));
    } else if (end != std::string_view::npos) {
      const std::string_view line = std::string_view(head_).substr(line_);
      if (line == kEndOfLine || line == "\n") {
        in_body_ = !is_interim(head_);
        rewrite(out);
        out.append(kEndOfLine);
      } else {
        line_ = head_.size();
      }
    }
  }
  out.append(bytes);
}

void HeadFilter::finish(std::string& out) {
  if (line_ > 0) {
    rewrite(out);
  } else {
    out.append(std::exchange(head_, {}));
  }
}

void HeadFilter::rewrite(std::string& out) {
  std::string_view rest = head_;
  const std::string_view status_line = take_line(rest);
  const std::vector<std::string> lines = unfolded(rest);
  const bool coded = std::any_of(lines.begin(), lines.end(),
                                 [](const std::string& line) { return is_field(line, "transfer-encoding"); });
  out.append(status_line).append(kEndOfLine);
  for (const std::string& line : lines) {
    if (has_only_no_colon(line) || (coded && is_field(line, "content-length"))) continue;
    out.append(line).append(kEndOfLine);
  }
  head_.clear();
  line_ = 0;
}

}  // namespace wswp::net
