#pragma once
// Memory for what takes and gives back the same blocks for each piece of work, above all C libraries: what a thread
// gives back is kept for its next piece. So blocks come from a list of the thread's own, without a lock, and were in
// use a moment ago, where malloc() takes an arena's lock for all that its small cache does not hold, and for each
// calloc().
//
// All functions may be called by any thread, also for a block that another one took. It is for threads that live as
// long as their process and whose pieces of work are alike: a thread keeps at most 4 MiB, first come, to the end of the
// process, also where it ends before. To release a block twice aborts.

#include <cstddef>
#include <limits>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WSWP_MEMORY_IS_WATCHED true
#elif defined(__has_feature)
#define WSWP_MEMORY_IS_WATCHED \
  (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer))
#else
#define WSWP_MEMORY_IS_WATCHED false
#endif

namespace wswp::recycled {

/// Whether blocks are kept. Not under a sanitizer that watches memory, so that it sees each block's life and size.
inline constexpr bool kKeeps = !WSWP_MEMORY_IS_WATCHED;
#undef WSWP_MEMORY_IS_WATCHED

/// As malloc(): nullptr where there is no memory; aligned for all types.
void* allocate(std::size_t size);
/// As calloc().
void* allocate_zeroed(std::size_t count, std::size_t size);
/// As realloc(), but never gives the block back: not for size 0.
void* reallocate(void* block, std::size_t size);
/// As free().
void release(void* block);
/// As strdup().
char* duplicate(const char* text);

/// How many bytes of the block may be used; at least what was asked for.
std::size_t usable_size(const void* block);

/// For containers of what is taken once for each piece of work and is larger than what malloc() caches by itself, 1
/// KiB.
template <class T>
struct Allocator {
  using value_type = T;
  static_assert(alignof(T) <= alignof(std::max_align_t));
  Allocator() = default;
  template <class U>
  Allocator(const Allocator<U>& /*other*/) {}  // NOLINT(google-explicit-constructor): what an allocator has to have

  T* allocate(std::size_t count) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
    if (void* const block = recycled::allocate(count * sizeof(T))) return static_cast<T*>(block);
    throw std::bad_alloc();
  }
  void deallocate(T* block, std::size_t /*count*/) { release(block); }
  bool operator==(const Allocator& /*other*/) const { return true; }
};

}  // namespace wswp::recycled
