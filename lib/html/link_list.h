// The links of one page or of one header field. Their texts lie one after the other in one buffer, so that a link costs
// no memory of its own: a page has many, and most are looked at once.
//
// Belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/recycled_memory.h"

namespace wswp::html {

enum class LinkKind : std::uint8_t {
  kAnchor,     // <a href>; with kArea, what a browser has as document.links
  kArea,       // <area href>
  kSvgAnchor,  // <a href>, <a xlink:href> in <svg>
  kFrame,      // <iframe src>; <frame src> in a <frameset>
  kCanonical,  // <link rel=canonical href>
  kNext,       // <link rel=next href>
  kPrev,       // <link rel=prev href>
  kAlternate,  // <link rel=alternate href>, which includes feeds and translations, not style sheets
  kRefresh,    // <meta http-equiv=refresh content="0; url=…">
};

struct Link {
  // UTF-8, references decoded, trimmed, not resolved; good until its list changes. Characters outside ASCII in the
  // query of a page that is not in UTF-8 are percent-encoded already, in the page's encoding, as the URL standard has
  // it. Empty only for <a> and <area>, where it means the base.
  std::string_view href;
  LinkKind kind = LinkKind::kAnchor;
  bool nofollow = false;  // rel=nofollow on the element itself; see also Page::robots_nofollow
};

class LinkList {
 public:
  // For range-based for.
  class Iterator {
   public:
    Iterator(const LinkList& list, std::size_t at) : list_(&list), at_(at) {}
    Link operator*() const { return (*list_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const LinkList* list_;
    std::size_t at_;
  };

  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  Link operator[](std::size_t i) const {
    const Entry& entry = entries_[i];
    return {{texts_.data() + entry.begin, entry.size}, entry.kind, entry.nofollow};
  }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

  // `href` must not lie in this list.
  void add(std::string_view href, LinkKind kind = LinkKind::kAnchor, bool nofollow = false) {
    if (entries_.capacity() == 0) reserve();
    entries_.push_back({texts_.size(), static_cast<std::uint32_t>(href.size()), kind, nofollow});
    texts_.append(href);
  }
  void set_href(std::size_t i, std::string_view href) {
    entries_[i].begin = texts_.size();
    entries_[i].size = static_cast<std::uint32_t>(href.size());
    texts_.append(href);
  }
  // Drops all but the first `count` links.
  void keep_first(std::size_t count) { entries_.resize(count); }
  void clear() {
    entries_.clear();
    texts_.clear();
  }

 private:
  struct Entry {
    std::size_t begin;   // in texts_
    std::uint32_t size;  // a text is no longer than a tag can be (Tokenizer::kMaxTagBytes), decoded
    LinkKind kind;
    bool nofollow;
  };

  // For as many links as a page usually has, so that the list need not grow.
  void reserve() {
    constexpr std::size_t kUsualLinks = 64;
    constexpr std::size_t kUsualSize = 48;
    entries_.reserve(kUsualLinks);
    texts_.reserve(kUsualLinks * kUsualSize);
  }

  std::vector<Entry, recycled::Allocator<Entry>> entries_;
  std::basic_string<char, std::char_traits<char>, recycled::Allocator<char>> texts_;
};

}  // namespace wswp::html
