#include "crawl/poison.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace wswp::crawl {

std::optional<Poison::Effect> Poison::effect_of(std::string_view word) {
  if (word == "crash") return Effect::kCrash;
  if (word == "vanish") return Effect::kVanish;
  if (word == "throw") return Effect::kThrow;
  if (word == "hang") return Effect::kHang;
  return std::nullopt;
}

Poison Poison::parse(std::string_view text) {
  Poison poison;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(','));
    text.remove_prefix(one.size() == text.size() ? one.size() : one.size() + 1);
    const std::size_t colon = one.find(':');
    if (colon == std::string_view::npos || colon + 1 == one.size()) continue;
    const auto effect = effect_of(one.substr(0, colon));
    if (effect) poison.doses_.push_back({*effect, std::string(one.substr(colon + 1))});
  }
  return poison;
}

void Poison::work(std::string_view url) const {
  for (const Dose& dose : doses_) {
    if (url.find(dose.text) == std::string_view::npos) continue;
    switch (dose.effect) {
      case Effect::kVanish:
        std::signal(SIGABRT, SIG_DFL);  // past CrashHandler
        [[fallthrough]];
      case Effect::kCrash:
        std::abort();
      case Effect::kThrow:
        throw std::runtime_error("poisoned");
      case Effect::kHang:
        for (;;) ::pause();
    }
  }
}

}  // namespace wswp::crawl
