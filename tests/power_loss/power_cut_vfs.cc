#include "power_cut_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace wswp::power {
namespace {

/// SQLite's lock of the shared memory that a writer holds.
constexpr int kWriteSlot = 0;
constexpr std::int64_t kJulianDayMs = 212'000'000'000'000;  // some day in the year 2006

}  // namespace

struct PowerCutVfs::OpenFile {
  PowerCutVfs& vfs;
  Disk::FilePtr file;
  std::string name;  // empty: a temporary file
  bool is_log = false;
  bool directory_too = false;  // the first sync is also one of the directory
  bool passing = false;        // to be deleted when it is closed
  std::shared_ptr<Sharing> sharing;
  Sharing::Holder holder;
};

/// The functions of the interface, in its order; each finds the object it belongs to in its first parameter.
struct PowerCutVfs::Methods {
  struct Handle : sqlite3_file {
    OpenFile* open;
  };

  static PowerCutVfs& vfs_of(sqlite3_vfs* vfs) { return *static_cast<PowerCutVfs*>(vfs->pAppData); }
  static OpenFile& open_of(sqlite3_file* file) { return *static_cast<Handle*>(file)->open; }

  // ---- sqlite3_vfs
  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    file->pMethods = nullptr;
    PowerCutVfs& self = vfs_of(vfs);
    Disk::FilePtr found = name != nullptr ? self.disk_.find(name) : std::make_shared<Disk::File>();
    if (!found && (flags & SQLITE_OPEN_CREATE) != 0) found = self.disk_.create(name);
    if (!found) return SQLITE_CANTOPEN;
    constexpr int kJournals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
    auto* opened = new OpenFile{.vfs = self,
                                .file = found,
                                .name = name != nullptr ? name : "",
                                .is_log = (flags & SQLITE_OPEN_WAL) != 0,
                                .directory_too = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & kJournals) != 0,
                                .passing = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0,
                                .sharing = self.sharing_of(found),
                                .holder = {}};
    opened->sharing->enter(&opened->holder);
    static_cast<Handle*>(file)->open = opened;
    file->pMethods = io_methods();
    if (flags_out != nullptr) *flags_out = flags;
    ++self.open_files_;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int sync_directory) {
    Disk& disk = vfs_of(vfs).disk_;
    if (!disk.find(name)) return SQLITE_IOERR_DELETE_NOENT;
    if (!disk.remove(name)) return SQLITE_IOERR_DELETE;
    return sync_directory == 0 || disk.sync_directory() ? SQLITE_OK : SQLITE_IOERR_DIR_FSYNC;
  }

  static int access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
    const Disk::FilePtr file = vfs_of(vfs).disk_.find(name);
    *result = file && (flags != SQLITE_ACCESS_EXISTS || !file->bytes.empty()) ? 1 : 0;
    return SQLITE_OK;
  }

  static int full_name(sqlite3_vfs* /*vfs*/, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
  }

  static int randomness(sqlite3_vfs* vfs, int size, char* out) {
    for (int i = 0; i < size; ++i) out[i] = static_cast<char>(vfs_of(vfs).dice_.next());
    return size;
  }

  static int sleep(sqlite3_vfs* /*vfs*/, int microseconds) { return microseconds; }

  static int time(sqlite3_vfs* /*vfs*/, sqlite3_int64* out) {
    *out = kJulianDayMs;
    return SQLITE_OK;
  }

  static int time_in_days(sqlite3_vfs* /*vfs*/, double* out) {
    *out = static_cast<double>(kJulianDayMs) / 86'400'000;
    return SQLITE_OK;
  }

  // ---- sqlite3_io_methods
  static int close(sqlite3_file* file) {
    OpenFile* opened = &open_of(file);
    PowerCutVfs& self = opened->vfs;
    opened->sharing->leave(&opened->holder);
    if (opened->passing && !opened->name.empty()) self.disk_.remove(opened->name);
    delete opened;
    --self.open_files_;
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
    const std::string& bytes = open_of(file).file->bytes;
    const auto wanted = static_cast<std::size_t>(size);
    const std::size_t at = std::min(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t length = std::min(wanted, bytes.size() - at);
    std::memcpy(out, bytes.data() + at, length);
    std::memset(static_cast<char*>(out) + length, 0, wanted - length);
    return length == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    OpenFile& opened = open_of(file);
    const std::string_view view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    const bool done = opened.vfs.disk_.write(*opened.file, static_cast<std::size_t>(offset), view);
    return done ? SQLITE_OK : SQLITE_IOERR_WRITE;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    OpenFile& opened = open_of(file);
    const bool done = opened.vfs.disk_.truncate(*opened.file, static_cast<std::size_t>(size));
    return done ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
  }

  static int sync(sqlite3_file* file, int /*flags*/) {
    OpenFile& opened = open_of(file);
    Disk& disk = opened.vfs.disk_;
    if (!disk.sync(*opened.file)) return SQLITE_IOERR_FSYNC;
    if (opened.directory_too && !disk.sync_directory()) return SQLITE_IOERR_DIR_FSYNC;
    opened.directory_too = false;
    if (opened.is_log && opened.vfs.on_log_synced) opened.vfs.on_log_synced();
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* out) {
    *out = static_cast<sqlite3_int64>(open_of(file).file->bytes.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* file, int level) {
    OpenFile& opened = open_of(file);
    return opened.sharing->lock(opened.holder, level);
  }

  static int unlock(sqlite3_file* file, int level) {
    Sharing::unlock(open_of(file).holder, level);
    return SQLITE_OK;
  }

  static int is_reserved(sqlite3_file* file, int* out) {
    *out = open_of(file).sharing->is_reserved() ? 1 : 0;
    return SQLITE_OK;
  }

  static int file_control(sqlite3_file* /*file*/, int /*op*/, void* /*argument*/) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file* /*file*/) { return 4096; }
  static int device(sqlite3_file* /*file*/) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  static int shm_map(sqlite3_file* file, int region, int size, int make, void volatile** out) {
    OpenFile& opened = open_of(file);
    *out =
        opened.sharing->map(opened.holder, static_cast<std::size_t>(region), static_cast<std::size_t>(size), make != 0);
    return SQLITE_OK;
  }

  static int shm_lock(sqlite3_file* file, int first, int count, int flags) {
    OpenFile& opened = open_of(file);
    const SlotMask slots = ((SlotMask{1} << count) - 1) << first;
    if ((flags & SQLITE_SHM_LOCK) != 0) {
      return (flags & SQLITE_SHM_SHARED) != 0 ? opened.sharing->lock_shared(opened.holder, slots)
                                              : opened.sharing->lock_exclusive(opened.holder, slots);
    }
    SlotMask& held = (flags & SQLITE_SHM_SHARED) != 0 ? opened.holder.shared : opened.holder.exclusive;
    held &= ~slots;
    const bool ends_write = (flags & SQLITE_SHM_EXCLUSIVE) != 0 && first == kWriteSlot;
    if (ends_write && opened.vfs.on_write_end) opened.vfs.on_write_end();
    return SQLITE_OK;
  }

  static void shm_barrier(sqlite3_file* /*file*/) {}

  static int shm_unmap(sqlite3_file* file, int /*remove*/) {
    OpenFile& opened = open_of(file);
    opened.sharing->unmap(opened.holder);
    return SQLITE_OK;
  }

  static const sqlite3_io_methods* io_methods() {
    static const sqlite3_io_methods methods{.iVersion = 2,
                                            .xClose = close,
                                            .xRead = read,
                                            .xWrite = write,
                                            .xTruncate = truncate,
                                            .xSync = sync,
                                            .xFileSize = file_size,
                                            .xLock = lock,
                                            .xUnlock = unlock,
                                            .xCheckReservedLock = is_reserved,
                                            .xFileControl = file_control,
                                            .xSectorSize = sector_size,
                                            .xDeviceCharacteristics = device,
                                            .xShmMap = shm_map,
                                            .xShmLock = shm_lock,
                                            .xShmBarrier = shm_barrier,
                                            .xShmUnmap = shm_unmap};
    return &methods;
  }
};

PowerCutVfs::PowerCutVfs()
    : vfs_(std::make_unique<sqlite3_vfs>(sqlite3_vfs{.iVersion = 2,
                                                     .szOsFile = sizeof(Methods::Handle),
                                                     .mxPathname = 512,
                                                     .zName = "power-cut",
                                                     .pAppData = this,
                                                     .xOpen = Methods::open,
                                                     .xDelete = Methods::remove,
                                                     .xAccess = Methods::access,
                                                     .xFullPathname = Methods::full_name,
                                                     .xRandomness = Methods::randomness,
                                                     .xSleep = Methods::sleep,
                                                     .xCurrentTime = Methods::time_in_days,
                                                     .xCurrentTimeInt64 = Methods::time})) {
  sqlite3_shutdown();  // one thread needs no mutexes, and nobody asks how much memory is in use
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_initialize();
  sqlite3_vfs_register(vfs_.get(), 1);
}

PowerCutVfs::~PowerCutVfs() {
  sqlite3_vfs_unregister(vfs_.get());
}

void PowerCutVfs::boot(const Files& files, std::uint64_t seed) {
  if (open_files_ > 0) throw std::logic_error("power cut: a connection is still open");
  sharings_.clear();
  disk_.load(files);
  dice_ = Dice(seed);
  sqlite3_randomness(0, nullptr);  // SQLite's own generator is seeded again, from ours
}

std::shared_ptr<Sharing> PowerCutVfs::sharing_of(const Disk::FilePtr& file) {
  std::weak_ptr<Sharing>& known = sharings_[file.get()];
  std::shared_ptr<Sharing> sharing = known.lock();
  if (!sharing) known = sharing = std::make_shared<Sharing>();
  return sharing;
}

}  // namespace wswp::power
