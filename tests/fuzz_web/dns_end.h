#pragma once
// A hostile name server on 127.0.0.1, over UDP and TCP on one port.

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/file.h"
#include "hostile_server.h"

namespace wswp::fuzz {

class DnsEnd {
 public:
  /// Answers as `seed` says, which outlives it. Throws std::system_error.
  explicit DnsEnd(const std::atomic<std::uint64_t>& seed);
  ~DnsEnd();
  DnsEnd(const DnsEnd&) = delete;
  DnsEnd& operator=(const DnsEnd&) = delete;

  std::string authority() const { return tcp_.authority(); }

 private:
  class Stream;

  void run();
  int attempt(const std::string& question);

  const std::atomic<std::uint64_t>& seed_;
  std::mutex mutex_;
  std::map<std::string, int> attempts_;  // by "udp|tcp name type"; guarded by mutex_
  HostileServer tcp_;
  FileDescriptor udp_, stop_;
  std::thread thread_;
};

}  // namespace wswp::fuzz
