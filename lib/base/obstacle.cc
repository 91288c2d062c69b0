#include "base/obstacle.h"

#include <cerrno>

namespace wswp {

std::string_view code_of(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kNone:
      return "";
    case Obstacle::kDiskFull:
      return "disk_full";
    case Obstacle::kReadOnly:
      return "read_only";
    case Obstacle::kIoError:
      return "io_error";
    case Obstacle::kDamaged:
      return "damaged";
    case Obstacle::kBusy:
      return "busy";
    case Obstacle::kNoDescriptors:
      return "no_descriptors";
    case Obstacle::kNoMemory:
      return "no_memory";
    case Obstacle::kNoNameServer:
      return "no_name_server";
    case Obstacle::kInternal:
      return "internal";
  }
  return "internal";
}

std::string_view explain(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kNone:
      return "";
    case Obstacle::kDiskFull:
      return "the disk with the data directory is full; goes on when there is room";
    case Obstacle::kReadOnly:
      return "the database cannot be written: read-only, or no permission; goes on when it can";
    case Obstacle::kIoError:
      return "reading or writing the database fails; goes on when the disk answers again (see the system's log)";
    case Obstacle::kDamaged:
      return "the database cannot be read as it was written: damaged, or the disk fails; wswpd --check-database tells";
    case Obstacle::kBusy:
      return "another program holds the database; goes on when it lets go";
    case Obstacle::kNoDescriptors:
      return "no open files are left, of the process or of the machine; goes on when there are (raise LimitNOFILE=)";
    case Obstacle::kNoMemory:
      return "no memory is left; goes on when there is";
    case Obstacle::kNoNameServer:
      return "no name server answers; goes on when one does (nameservers, or those of the system)";
    case Obstacle::kInternal:
      return "see the log";
  }
  return "";
}

Obstacle obstacle_of_errno(int os_errno) {
  switch (os_errno) {
    case 0:
      return Obstacle::kNone;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Obstacle::kDiskFull;
    case EROFS:
    case EACCES:
    case EPERM:
      return Obstacle::kReadOnly;
    case EIO:
      return Obstacle::kIoError;
    case EMFILE:
    case ENFILE:
      return Obstacle::kNoDescriptors;
    case ENOMEM:
    case ENOBUFS:
    case EAGAIN:  // fork(2): a limit on processes
      return Obstacle::kNoMemory;
    default:
      return Obstacle::kInternal;
  }
}

bool is_shortage(int os_errno) {
  const Obstacle obstacle = obstacle_of_errno(os_errno);
  return obstacle == Obstacle::kNoDescriptors || obstacle == Obstacle::kNoMemory;
}

}  // namespace wswp
