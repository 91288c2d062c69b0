#include "base/shared_memory.h"

#include <sys/mman.h>

namespace wswp {

void* map_shared(std::size_t bytes) {
  void* address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (address == MAP_FAILED) throw std::bad_alloc();
  return address;
}

void unmap_shared(void* address, std::size_t bytes) noexcept {
  ::munmap(address, bytes);
}

}  // namespace wswp
