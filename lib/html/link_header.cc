#include "html/link_header.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "html/ascii.h"
#include "html/meta.h"

namespace wswp::html {

namespace {

// RFC 8288 appendix B.2 to B.4.
class LinkHeaderReader {
 public:
  explicit LinkHeaderReader(std::string_view value) : rest_(value) {}

  LinkList read() {
    while (!rest_.empty()) {
      read_link();
      skip_to_comma();
    }
    return std::move(links_);
  }

 private:
  void read_link() {
    rest_ = skip_space(rest_);
    if (!rest_.starts_with('<')) return;
    const std::size_t close = rest_.find('>');
    if (close == std::string_view::npos) {
      rest_ = {};
      return;
    }
    const std::string_view target = trim_space(rest_.substr(1, close - 1));
    rest_.remove_prefix(close + 1);
    rel_.reset();
    anchor_.reset();
    while (take_semicolon()) read_parameter();
    if (anchor_ && !anchor_->empty() && !anchor_->starts_with('#')) return;
    const auto kind = link_kind(rel_.value_or(""));
    if (!kind || target.empty()) return;
    std::string href;
    append_well_formed(target, href);
    links_.add(href, *kind, rel_has(*rel_, "nofollow"));
  }

  bool take_semicolon() {
    rest_ = skip_space(rest_);
    if (!rest_.starts_with(';')) return false;
    rest_ = skip_space(rest_.substr(1));
    return true;
  }

  // The first of a name counts (3.3); the names ignore case.
  void read_parameter() {
    const std::string_view name = trim_space(take_until("=;,"));
    std::string value;
    if (rest_.starts_with('=')) {
      rest_ = skip_space(rest_.substr(1));
      value = rest_.starts_with('"') ? take_quoted() : std::string(trim_space(take_until(";,")));
    }
    if (equals_lower(name, "rel") && !rel_) {
      rel_ = std::move(value);
    } else if (equals_lower(name, "anchor") && !anchor_) {
      anchor_ = std::move(value);
    }
  }

  std::string_view take_until(std::string_view stops) {
    const std::string_view taken = rest_.substr(0, rest_.find_first_of(stops));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string take_quoted() {
    std::string value;
    std::size_t i = 1;
    for (; i < rest_.size() && rest_[i] != '"'; ++i) {
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      value += rest_[i];
    }
    rest_.remove_prefix(std::min(i + 1, rest_.size()));
    return value;
  }

  void skip_to_comma() {
    take_until(",");
    if (!rest_.empty()) rest_.remove_prefix(1);
  }

  std::string_view rest_;
  LinkList links_;
  std::optional<std::string> rel_;
  std::optional<std::string> anchor_;
};

}  // namespace

LinkList parse_link_header(std::string_view value) {
  return LinkHeaderReader(value).read();
}

}  // namespace wswp::html
