#pragma once
// Pages that kill whoever reads them, for trying out how the daemon gets over such a page. Off unless the environment
// says otherwise:
//
//   WSWP_DEBUG_POISON=crash:/poison,vanish:/silent,throw:/strange,hang:/tarpit
//
// A page whose URL contains one of the texts aborts the process, does so without leaving a mark of its URL, as where
// the fault is libcurl's, throws, or keeps its thread for ever when its body begins. Immutable; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wswp::crawl {

class Poison {
 public:
  Poison() = default;
  /// What does not have the form above is left out.
  static Poison parse(std::string_view text);

  bool none() const { return doses_.empty(); }
  void meet(std::string_view url) const {
    if (!doses_.empty()) work(url);
  }

 private:
  enum class Effect { kCrash, kVanish, kThrow, kHang };
  struct Dose {
    Effect effect;
    std::string text;
  };
  static std::optional<Effect> effect_of(std::string_view word);
  void work(std::string_view url) const;

  std::vector<Dose> doses_;
};

}  // namespace wswp::crawl
