#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>

#include "base/file.h"
#include "crash/faults.h"

namespace wswp::test {
namespace {

FaultBoard* map(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file || ::ftruncate(file.get(), sizeof(FaultBoard)) != 0)
    throw std::system_error(errno, std::generic_category(), path);
  void* address = ::mmap(nullptr, sizeof(FaultBoard), PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  return new (address) FaultBoard();
}

}  // namespace

Faults::Faults() : board_(map(directory_.file("faults"))) {}

Faults::~Faults() {
  ::munmap(board_, sizeof(FaultBoard));
}

std::vector<std::string> Faults::environment() const {
  return {"LD_PRELOAD=" FAULTS_LIBRARY, "WSWP_FAULTS=" + directory_.file("faults"),
          "ASAN_OPTIONS=verify_asan_link_order=0"};
}

}  // namespace wswp::test
