#pragma once
// How many visits a worker takes on after its predecessor has crashed: eight at a time, twice as many whenever as many
// have ended well, and any number from 1,024 on. So another death soon after costs few hosts a second request. One
// thread.

#include <algorithm>
#include <cstddef>

namespace wswp::crawl {

class SlowStart {
 public:
  /// Not `careful`: any number from the beginning.
  explicit SlowStart(bool careful) : window_(careful ? kFirst : kOpen) {}

  /// How many of `wanted` visits may begin.
  std::size_t admit(std::size_t wanted) const {
    return window_ >= kOpen ? wanted : std::min(wanted, window_ - std::min(out_, window_));
  }
  void began(std::size_t visits) { out_ += visits; }
  /// A visit is over and recorded.
  void ended() {
    --out_;
    if (window_ >= kOpen || ++well_ < window_) return;
    window_ *= 2;
    well_ = 0;
  }

 private:
  static constexpr std::size_t kFirst = 8, kOpen = 1024;

  std::size_t window_;
  std::size_t out_ = 0;   // visits under way
  std::size_t well_ = 0;  // ended since the window was last widened
};

}  // namespace wswp::crawl
