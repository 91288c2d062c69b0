#pragma once
// One object in memory that a process shares with all the children it forks afterwards: anonymous, so it is gone when
// the last of them is, and nothing of it has to be cleaned up. What lies in it must be atomics or plain data that is
// written before the fork; T's destructor never runs.

#include <cstddef>
#include <new>
#include <type_traits>

namespace wswp {

/// A zeroed anonymous shared mapping of `bytes`; throws std::bad_alloc where there is no memory.
void* map_shared(std::size_t bytes);
void unmap_shared(void* address, std::size_t bytes) noexcept;

template <class T>
class SharedMemory {
 public:
  static_assert(std::is_trivially_destructible_v<T>);
  SharedMemory() : object_(new (map_shared(sizeof(T))) T()) {}
  ~SharedMemory() { unmap_shared(object_, sizeof(T)); }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }

 private:
  T* object_;
};

}  // namespace wswp
