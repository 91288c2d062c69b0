#include "config/settings.h"

#include <algorithm>
#include <thread>

namespace wswp::config {
namespace {

constexpr unsigned kMaxProcesses = 256;

}  // namespace

int effective_processes(const Workers& workers, unsigned cpus) {
  return workers.processes > 0 ? workers.processes : static_cast<int>(std::clamp(cpus, 1U, kMaxProcesses));
}

int effective_processes(const Workers& workers) {
  return effective_processes(workers, std::thread::hardware_concurrency());
}

}  // namespace wswp::config
