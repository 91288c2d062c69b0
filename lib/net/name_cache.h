#pragma once
// What is known of names, each until a time; of too many, the first are forgotten first.
//
// An entry stays for minutes among all that a crawl allocates and frees for each page. In the same heap, entries would
// scatter that over megabytes, which costs more than looking names up; so they have memory of their own.
//
// One thread.

#include <cstddef>
#include <deque>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "net/ip_address.h"

namespace wswp::net {

class NameCache {
 public:
  /// At least one.
  explicit NameCache(std::size_t max_names) : max_names_(max_names) {}
  NameCache(const NameCache&) = delete;
  NameCache& operator=(const NameCache&) = delete;

  /// The addresses of `name`, which may be none; nothing: unknown. Good until the next put().
  std::optional<std::span<const IpAddress>> find(std::string_view name, MonoMs now) const;
  void put(std::string_view name, std::span<const IpAddress> addresses, MonoMs until);

 private:
  struct Entry {
    std::pmr::vector<IpAddress> addresses;
    MonoMs until;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  const std::size_t max_names_;
  std::pmr::unsynchronized_pool_resource memory_;
  std::pmr::unordered_map<std::pmr::string, Entry, Hash, std::equal_to<>> entries_{&memory_};
  std::pmr::deque<const std::pmr::string*> order_{&memory_};  // keys of entries_, the first to be forgotten first
};

}  // namespace wswp::net
