#pragma once
// SQLite on a Disk that forgets: a VFS (https://www.sqlite.org/vfs.html) that is the default one of its process while
// it lives, so that everything that opens a database by path stands on the disk without knowing. It does what SQLite's
// own VFS for Unix does: the directory is synced with the first sync of a new journal or log, and where SQLite asks for
// it after a deletion; time and randomness come from the dice, so that a run can be repeated.
//
// One at a time, and all connections on one thread. Connections have to be closed before the disk is loaded again; they
// can be, also without power.

#include <functional>
#include <map>
#include <memory>

#include "disk.h"
#include "sharing.h"

struct sqlite3_vfs;

namespace wswp::power {

class PowerCutVfs {
 public:
  PowerCutVfs();
  ~PowerCutVfs();
  PowerCutVfs(const PowerCutVfs&) = delete;
  PowerCutVfs& operator=(const PowerCutVfs&) = delete;

  /// Switches a machine on with these files on its disk. Precondition: open_files() is 0.
  void boot(const Files& files, std::uint64_t seed);
  Disk& disk() { return disk_; }
  std::size_t open_files() const { return open_files_; }

  /// Called when a connection has ended a write transaction, committed or not, and again when a log has been synced:
  /// every commit before that is safe. The first may read the database through another connection.
  std::function<void()> on_write_end, on_log_synced;

 private:
  struct OpenFile;
  struct Methods;  // what SQLite calls

  std::shared_ptr<Sharing> sharing_of(const Disk::FilePtr& file);

  Disk disk_;
  Dice dice_{0};
  std::map<const Disk::File*, std::weak_ptr<Sharing>> sharings_;
  std::size_t open_files_ = 0;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace wswp::power
