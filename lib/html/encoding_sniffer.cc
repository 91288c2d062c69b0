#include "html/encoding_sniffer.h"

#include <algorithm>
#include <string>

#include "html/ascii.h"
#include "html/encoding.h"

namespace wswp::html {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kNotFound = std::string_view::npos;

// The attributes of one <meta> as the prescan sees them, which is coarser than the tokenizer does.
class MetaPrescan {
 public:
  void add(std::string_view name, std::string_view value) {
    if (name == "http-equiv" && !seen_http_equiv_) {
      seen_http_equiv_ = true;
      got_pragma_ = value == "content-type";
    } else if (name == "content" && !seen_content_) {
      seen_content_ = true;
      if (charset_.empty() && !seen_charset_) {
        charset_ = encoding_in_meta_content(value);
        if (!charset_.empty()) need_pragma_ = Need::kYes;
      }
    } else if (name == "charset" && !seen_charset_) {
      seen_charset_ = true;
      charset_ = encoding_for_label(value);
      need_pragma_ = Need::kNo;
    }
  }

  std::string_view encoding() const {
    if (need_pragma_ == Need::kUnknown || (need_pragma_ == Need::kYes && !got_pragma_)) return {};
    return as_declared_in_page(charset_);
  }

 private:
  enum class Need : std::uint8_t { kUnknown, kNo, kYes };
  bool seen_http_equiv_ = false;
  bool seen_content_ = false;
  bool seen_charset_ = false;
  bool got_pragma_ = false;
  Need need_pragma_ = Need::kUnknown;
  std::string_view charset_;
};

// Walks over the head of a page as the standard's prescan does.
class Prescanner {
 public:
  explicit Prescanner(std::string_view head) : head_(head) {}

  std::string_view run() {
    while (at_ < head_.size()) {
      if (at("<!--")) {
        // The two dashes may be those that opened the comment.
        const std::size_t close = head_.find("-->", at_ + 2);
        at_ = close == kNotFound ? head_.size() : close + 3;
      } else if (const std::size_t name = at_ + 1;
                 at("<meta") && name + 4 < head_.size() && (is_space(head_[name + 4]) || head_[name + 4] == '/')) {
        at_ = name + 4;
        MetaPrescan meta;
        while (attribute()) meta.add(name_, value_);
        if (at_ >= head_.size()) return {};
        if (const std::string_view encoding = meta.encoding(); !encoding.empty()) return encoding;
        ++at_;
      } else if (tag_begins()) {
        at_ = std::min(head_.find_first_of("\t\n\f\r >", at_), head_.size());
        while (attribute()) continue;
        ++at_;
      } else if (at("<!") || at("</") || at("<?")) {
        const std::size_t close = head_.find('>', at_);
        at_ = close == kNotFound ? head_.size() : close + 1;
      } else {
        at_ = std::min(head_.find('<', at_ + 1), head_.size());
      }
    }
    return {};
  }

 private:
  bool at(std::string_view lower) const { return starts_with_lower(head_.substr(at_), lower); }

  bool tag_begins() const {
    const std::size_t letter = at("</") ? at_ + 2 : at_ + 1;
    return head_[at_] == '<' && letter < head_.size() && is_alpha(head_[letter]);
  }

  // https://html.spec.whatwg.org/multipage/parsing.html#concept-get-attributes-when-sniffing: the next attribute of the
  // tag into name_ and value_, both in lower case; false at the '>' of the tag or the end of the head.
  bool attribute() {
    while (at_ < head_.size() && (is_space(head_[at_]) || head_[at_] == '/')) ++at_;
    if (at_ >= head_.size() || head_[at_] == '>') return false;
    const std::size_t begin = at_++;
    at_ = std::min(head_.find_first_of("\t\n\f\r />=", at_), head_.size());
    name_ = lower_copy(head_.substr(begin, at_ - begin));
    value_.clear();
    skip_spaces();
    if (at_ >= head_.size()) return false;
    if (head_[at_] != '=') return true;
    ++at_;
    skip_spaces();
    if (at_ >= head_.size()) return false;
    return attribute_value();
  }

  bool attribute_value() {
    const char quote = head_[at_];
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) ++at_;
    const std::size_t end = quoted ? head_.find(quote, at_) : head_.find_first_of("\t\n\f\r >", at_);
    if (end == kNotFound) {
      at_ = head_.size();
      return false;
    }
    value_ = lower_copy(head_.substr(at_, end - at_));
    at_ = quoted ? end + 1 : end;
    return true;
  }

  void skip_spaces() {
    while (at_ < head_.size() && is_space(head_[at_])) ++at_;
  }

  std::string_view head_;
  std::size_t at_ = 0;
  std::string name_;
  std::string value_;
};

std::string_view skip_controls(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20) text.remove_prefix(1);
  return text;
}

// https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing
std::string_view xml_encoding(std::string_view head) {
  constexpr std::string_view kEncoding = "encoding";
  if (!head.starts_with("<?xml")) return {};
  const std::size_t close = head.find('>');
  const std::size_t name = head.find(kEncoding);
  if (close == kNotFound || name == kNotFound || name > close) return {};
  std::string_view rest = skip_controls(head.substr(name + kEncoding.size()));
  if (rest.empty() || rest.front() != '=') return {};
  rest = skip_controls(rest.substr(1));
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return {};
  const std::size_t end = rest.find(rest.front(), 1);
  if (end == kNotFound) return {};
  const std::string_view label = rest.substr(1, end - 1);
  if (std::any_of(label.begin(), label.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; })) return {};
  const std::string_view encoding = encoding_for_label(label);
  return encoding == kUtf16le || encoding == kUtf16be ? kUtf8 : encoding;
}

}  // namespace

ByteOrderMark find_byte_order_mark(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) return {kUtf8, 3};
  if (head.starts_with("\xFE\xFF")) return {kUtf16be, 2};
  if (head.starts_with("\xFF\xFE")) return {kUtf16le, 2};
  return {};
}

std::string_view prescan_encoding(std::string_view head) {
  if (head.starts_with("<\0?\0x\0"sv)) return kUtf16le;
  if (head.starts_with("\0<\0?\0x"sv)) return kUtf16be;
  const std::string_view in_meta = Prescanner(head).run();
  return in_meta.empty() ? xml_encoding(head) : in_meta;
}

std::string_view encoding_in_meta_content(std::string_view content) {
  constexpr std::string_view kCharset = "charset";
  for (std::size_t i = 0; i + kCharset.size() <= content.size(); ++i) {
    if (!starts_with_lower(content.substr(i), kCharset)) continue;
    std::string_view rest = skip_space(content.substr(i + kCharset.size()));
    if (rest.empty() || rest.front() != '=') continue;
    rest = skip_space(rest.substr(1));
    if (rest.empty()) return {};
    if (rest.front() == '"' || rest.front() == '\'') {
      const std::size_t end = rest.find(rest.front(), 1);
      return end == kNotFound ? std::string_view() : encoding_for_label(rest.substr(1, end - 1));
    }
    return encoding_for_label(rest.substr(0, rest.find_first_of("\t\n\f\r ;")));
  }
  return {};
}

std::string_view as_declared_in_page(std::string_view encoding) {
  if (encoding == kUtf16le || encoding == kUtf16be) return kUtf8;
  return encoding == kUserDefined ? kWindows1252 : encoding;
}

}  // namespace wswp::html
