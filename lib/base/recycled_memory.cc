#include "base/recycled_memory.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace wswp::recycled {
namespace {

/// A kept block is as large as its kind says: a multiple of kSmallStep up to kSmall, of kLargeStep up to kLarge. Larger
/// ones are not kept; the receive buffer of a transfer, a byte more than 32 KiB, is.
constexpr std::size_t kSmallStep = 32, kSmall = 1024;
constexpr std::size_t kLargeStep = 1024, kLarge = std::size_t{64} * 1024;
constexpr std::size_t kSmallKinds = kSmall / kSmallStep + 1;
constexpr std::size_t kKinds = kSmallKinds + kLarge / kLargeStep;

/// With their headers.
constexpr std::size_t kMostKept = std::size_t{4} * 1024 * 1024;

constexpr std::size_t kind_of(std::size_t size) {
  if (size <= kSmall) return (size + kSmallStep - 1) / kSmallStep;
  return kSmallKinds + (size + kLargeStep - 1) / kLargeStep - 1;
}

/// `size` rounded up to that of its kind, which is more than 0; as it is where blocks are not kept.
constexpr std::size_t rounded(std::size_t size) {
  if (!kKeeps) return size;
  size = std::max<std::size_t>(size, 1);
  const std::size_t step = size <= kSmall ? kSmallStep : kLargeStep;
  return size <= kLarge ? (size + step - 1) / step * step : size;
}

/// What stands before each block.
struct alignas(std::max_align_t) Header {
  std::size_t size;
  Header* next;  // while it is kept, else itself
};

/// As malloc() has it: the end of a block less its beginning is a number.
constexpr std::size_t kMost = std::numeric_limits<std::ptrdiff_t>::max() - sizeof(Header);

/// What a thread keeps. Without a destructor, for a thread may release blocks until its very end.
struct Kept {
  std::array<Header*, kKinds> first;
  std::size_t bytes;
};
constinit thread_local Kept kept{};

Header* header_of(void* block) {
  return static_cast<Header*>(block) - 1;
}

}  // namespace

void* allocate(std::size_t size) {
  if (size > kMost) return nullptr;
  size = rounded(size);
  if (kKeeps && size <= kLarge) {
    Header*& first = kept.first[kind_of(size)];
    if (Header* const header = first; header != nullptr) {
      first = header->next;
      __builtin_prefetch(first, 1);  // the next one to be handed out has long been left alone
      kept.bytes -= sizeof(Header) + size;
      header->next = header;
      return header + 1;
    }
  }
  auto* const header = static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) return nullptr;
  *header = {size, header};
  return header + 1;
}

void* allocate_zeroed(std::size_t count, std::size_t size) {
  if (size != 0 && count > std::numeric_limits<std::size_t>::max() / size) return nullptr;
  void* const block = allocate(count * size);
  return block != nullptr ? std::memset(block, 0, count * size) : nullptr;
}

void* reallocate(void* block, std::size_t size) {
  const std::size_t old_size = block != nullptr ? usable_size(block) : 0;
  if (block != nullptr && rounded(size) == old_size) return block;
  void* const other = allocate(size);
  if (other == nullptr || block == nullptr) return other;
  std::memcpy(other, block, std::min(size, old_size));
  release(block);
  return other;
}

void release(void* block) {
  if (block == nullptr) return;
  Header* const header = header_of(block);
  if (header->next != header) std::abort();
  const std::size_t bytes = sizeof(Header) + header->size;
  if (!kKeeps || header->size > kLarge || kept.bytes + bytes > kMostKept) return std::free(header);
  Header*& first = kept.first[kind_of(header->size)];
  header->next = first;
  first = header;
  kept.bytes += bytes;
}

char* duplicate(const char* text) {
  const std::size_t size = std::strlen(text) + 1;
  void* const copy = allocate(size);
  return copy != nullptr ? static_cast<char*>(std::memcpy(copy, text, size)) : nullptr;
}

std::size_t usable_size(const void* block) {
  return (static_cast<const Header*>(block) - 1)->size;
}

}  // namespace wswp::recycled
