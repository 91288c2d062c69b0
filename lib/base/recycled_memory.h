#pragma once
// Memory for C libraries that take and give back many blocks for each piece of work: what a thread gives back is kept
// for its next piece. So blocks come from a list of the thread's own, without a lock, and were in use a moment ago,
// where malloc() takes an arena's lock for all that its small cache does not hold, and for each calloc().
//
// All functions may be called by any thread, also for a block that another one took. A thread keeps at most 4 MiB, and
// keeps them to the end of the process. Under AddressSanitizer nothing is kept, so that it sees each block's life.

#include <cstddef>

namespace wswp::recycled {

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

}  // namespace wswp::recycled
