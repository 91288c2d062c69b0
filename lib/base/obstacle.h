#pragma once
// What this machine, and not the web, may be short of: conditions under which the crawl waits instead of recording
// failures, and which pass. Pure. A Obstacle fits into an atomic, so that processes can show each other theirs.

#include <cstdint>
#include <string_view>

namespace wswp {

enum class Obstacle : std::uint8_t {
  kNone,
  kDiskFull,       // no room for the database
  kReadOnly,       // the database or its file system cannot be written
  kIoError,        // reading or writing the database failed
  kDamaged,        // the database is not in order
  kBusy,           // another process holds the database beyond patience
  kNoDescriptors,  // no open file left, of the process or of the machine
  kNoMemory,       // no memory, for buffers or for a new process
  kNoNameServer,   // nobody to ask for addresses
  kInternal,       // anything else on this side of the wire
};

/// "disk_full", …; "" for kNone. Stable: `status` shows it.
std::string_view code_of(Obstacle obstacle);
/// One sentence for a person: what it is, and what makes the crawl go on. "" for kNone.
std::string_view explain(Obstacle obstacle);

/// What an errno of a system call on this side means.
Obstacle obstacle_of_errno(int os_errno);
/// Whether it says that the process or the machine has none left: descriptors, memory, buffers.
bool is_shortage(int os_errno);

}  // namespace wswp
