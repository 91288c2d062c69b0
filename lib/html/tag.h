// A tag as the tokenizer delivers it: views into the page's bytes, valid only during the call that delivers them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "html/tag_id.h"

namespace wswp::html {

// Where an attribute stands, in bytes from the '<' of its tag.
struct AttributeSpan {
  std::uint32_t name_begin;
  std::uint32_t name_end;
  std::uint32_t value_begin;
  std::uint32_t value_end;
};

class Tag {
 public:
  // Name and value as written: neither lower-cased nor decoded (see append_decoded with TextKind::kAttribute).
  struct Attribute {
    std::string_view name;
    std::string_view value;
  };

  // `begin` is the '<', `attributes` are offsets from it.
  Tag(const char* begin, std::string_view name, TagId id, bool self_closing, std::span<const AttributeSpan> attributes)
      : begin_(begin), name_(name), id_(id), self_closing_(self_closing), attributes_(attributes) {}

  std::string_view name() const { return name_; }  // as written
  TagId id() const { return id_; }
  bool self_closing() const { return self_closing_; }

  // All attributes, repeated names included; of those only the first counts.
  std::size_t size() const { return attributes_.size(); }
  Attribute attribute(std::size_t i) const {
    const AttributeSpan& a = attributes_[i];
    return {view(a.name_begin, a.name_end), view(a.value_begin, a.value_end)};
  }

  // The raw value of the first attribute of that name, which must be given in lower case.
  std::optional<std::string_view> find(std::string_view lower_name) const;

 private:
  std::string_view view(std::uint32_t begin, std::uint32_t end) const { return {begin_ + begin, end - begin}; }

  const char* begin_;
  std::string_view name_;
  TagId id_;
  bool self_closing_;
  std::span<const AttributeSpan> attributes_;
};

}  // namespace wswp::html
