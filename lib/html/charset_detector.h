// A guess at the encoding of a page that does not declare one, from a sample of its text outside ASCII.
//
// Memory is bounded by kMaxSample. Belongs to one thread.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct uchardet;

namespace wswp::html {

class CharsetDetector {
 public:
  static constexpr std::size_t kMaxSample = std::size_t{32} * 1024;  // bytes
  // Every byte outside ASCII is sampled together with as many ASCII bytes before and after it, for the words they stand
  // in.
  static constexpr std::size_t kContext = 16;

  CharsetDetector();
  ~CharsetDetector();
  CharsetDetector(CharsetDetector&& other) noexcept;
  CharsetDetector& operator=(CharsetDetector&& other) noexcept;
  CharsetDetector(const CharsetDetector&) = delete;
  CharsetDetector& operator=(const CharsetDetector&) = delete;

  void reset();

  // The next bytes of the page; the sample does not depend on how they are cut.
  void add(std::string_view bytes);

  // Whether all bytes so far were ASCII.
  bool ascii_only() const { return sample_.empty(); }

  // A name as of encoding_for_label: "utf-8" if the sample is well-formed, otherwise what uchardet finds; empty if that
  // is nothing or no encoding of the standard.
  std::string_view detect();

 private:
  struct Delete {
    void operator()(uchardet* detector) const;
  };

  std::string sample_;
  std::string before_;     // the last bytes seen and not sampled, at most kContext
  std::size_t after_ = 0;  // bytes still to sample after the last one outside ASCII
  std::unique_ptr<uchardet, Delete> detector_;
};

}  // namespace wswp::html
