#include "store/database.h"

#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>

#include "base/clock.h"
#include "store/checkpointer.h"

namespace wswp::store {
namespace {

/// Less than what a process may stand still (wswpd.toml, stall_timeout).
constexpr int kPatienceMs = 10'000;

constexpr int kNapUs = 200;             // of a connection that waits for the write lock
constexpr int kGiveWayUs = 2 * kNapUs;  // so that one of its tries falls into it
constexpr int kMostRests = 10;          // of kGiveWayUs, for one that says it waits

/// Transactions of long work where nobody says whether he waits, and where nobody says he does.
constexpr std::chrono::milliseconds kTransactionTime{12}, kLongestTransaction{50};

/// What is older was said by somebody who has died, or has given up.
constexpr std::int64_t kWaitedMs = 20, kTendedMs = 1000;

int open_flags(Mode mode) {
  return mode == Mode::kReadOnly ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
}

/// Of the file, or, where there is none, of the directory that it would be in.
bool is_on_read_only_disk(const std::filesystem::path& path) {
  if (::access(path.c_str(), W_OK) == 0) return false;
  return errno == EROFS || (errno == ENOENT && ::access(path.parent_path().c_str(), W_OK) != 0 && errno == EROFS);
}

/// One of its files can grow no more, as far as this process may write it (RLIMIT_FSIZE). SQLite does not always keep
/// the system's word for that, EFBIG.
bool is_at_size_limit(const std::filesystem::path& path) {
  constexpr std::uintmax_t kLargestStep = std::uintmax_t{1} << 20U;  // that a file grows by at once
  rlimit limit{};
  if (::getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return false;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code missing;
    const std::uintmax_t size = std::filesystem::file_size(path.string() + suffix, missing);
    if (!missing && size + kLargestStep > limit.rlim_cur) return true;
  }
  return false;
}

/// `os_errno`: of the last system call that failed, where one did.
Obstacle obstacle_of(int code, int os_errno, const char* path) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Obstacle::kDiskFull;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Obstacle::kReadOnly;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Obstacle::kBusy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Obstacle::kDamaged;
    case SQLITE_NOMEM:
      return Obstacle::kNoMemory;
    default: {  // SQLITE_IOERR, SQLITE_CANTOPEN and their likes: the system knows better, if it was asked in time
      if (is_on_read_only_disk(path)) return Obstacle::kReadOnly;
      if (is_at_size_limit(path)) return Obstacle::kDiskFull;
      const Obstacle obstacle = obstacle_of_errno(os_errno);
      return obstacle == Obstacle::kNone || obstacle == Obstacle::kInternal ? Obstacle::kIoError : obstacle;
    }
  }
}

/// A failure of storage becomes Failure; anything else is a bug of ours.
[[noreturn]] void fail(int code, sqlite3* handle) {
  const std::string message = fmt::format("database: {}", sqlite3_errmsg(handle));
  if ((code & 0xff) == SQLITE_BUSY) throw Failure(Obstacle::kBusy, "another program holds the database's write lock");
  switch (code & 0xff) {
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_CONSTRAINT:
      throw std::logic_error(message);
    default: {
      const int os_errno = sqlite3_system_errno(handle);
      throw Failure(obstacle_of(code, os_errno, sqlite3_db_filename(handle, "main")),
                    fmt::format("{} (SQLite {}{})", message, code,
                                os_errno == 0 ? "" : ": " + std::generic_category().message(os_errno)));
    }
  }
}

[[noreturn]] void fail_and_reset(int code, sqlite3_stmt* statement) {
  sqlite3* handle = sqlite3_db_handle(statement);
  try {
    fail(code, handle);
  } catch (...) {
    sqlite3_reset(statement);
    throw;
  }
}

/// Before the first use of SQLite in the process: it need not count its memory, for which every allocation would take a
/// lock of the whole process.
void configure_library() {
  static std::once_flag once;
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

SQLite::Database open(const std::string& path, Mode mode) {
  configure_library();
  try {
    return SQLite::Database(path, open_flags(mode) | SQLITE_OPEN_NOMUTEX);
  } catch (const SQLite::Exception& e) {
    const int os_errno = errno;
    throw Failure(obstacle_of(e.getErrorCode(), os_errno, path.c_str()),
                  fmt::format("cannot open {}: {}", path, e.what()));
  }
}

}  // namespace

struct Database::Hooks {
  /// Called while another process writes. Writers hold the lock for milliseconds, so short naps beat SQLite's own
  /// growing ones, which would leave the disk idle.
  static int wait_for_lock(void* database, int tries) noexcept {
    if (static_cast<std::int64_t>(tries) * kNapUs > static_cast<std::int64_t>(kPatienceMs) * 1000) return 0;
    auto& self = *static_cast<Database*>(database);
    if (!self.mover_.patient().value_or(true)) return 0;
    if (self.signals_ != nullptr) {
      self.waited_ = true;
      self.signals_->waited_at_ms.store(SystemClock().mono_ms(), std::memory_order_relaxed);
    }
    ::usleep(kNapUs);
    return 1;
  }

  /// Called after each commit (sqlite3_wal_hook). What a checkpoint says is of no interest here, as with SQLite's own
  /// hook: a trouble of the storage comes to light with the next commit.
  static int on_commit(void* database, sqlite3* /*handle*/, const char* /*schema*/, int pages) noexcept {
    auto& self = *static_cast<Database*>(database);
    self.got_the_lock();  // as a statement without a Transaction had it
    if (self.must_checkpoint(pages)) self.mover_.move(pages);
    self.got_the_lock();  // or it has waited for it, to move the log
    return SQLITE_OK;
  }
};

Database::Database(const std::string& path, Mode mode, int cache_kib, Checkpoints checkpoints, WriterSignals* signals)
    : signals_(signals), database_(open(path, mode)), mover_(database_.getHandle(), signals) {
  sqlite3_busy_handler(database_.getHandle(), Hooks::wait_for_lock, this);
  execute(fmt::format("pragma cache_size = -{}; pragma temp_store = memory; pragma foreign_keys = off;", cache_kib)
              .c_str());
  execute("pragma secure_delete = off");  // else pages that become free are written once more, full of zeros
  if (mode == Mode::kReadWrite) {
    execute("pragma journal_mode = wal; pragma synchronous = normal; pragma journal_size_limit = 67108864;");
  }
  if (checkpoints == Checkpoints::kBeside) checkpointer_ = std::make_unique<Checkpointer>(path);
  if (checkpoints == Checkpoints::kOthers) {
    execute("pragma wal_autocheckpoint = 0");
    sqlite3_db_config(database_.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  } else {
    sqlite3_wal_hook(database_.getHandle(), Hooks::on_commit, this);
  }
}

Database::~Database() = default;

void Database::execute(const char* sql) {
  if (const int code = sqlite3_exec(database_.getHandle(), sql, nullptr, nullptr, nullptr)) {
    fail(code, database_.getHandle());
  }
}

Moved Database::checkpoint() {
  int frames = 0, moved = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(database_.getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &frames, &moved);
  if (code == SQLITE_BUSY) return Moved::kNothing;
  if (code != SQLITE_OK) fail(code, database_.getHandle());
  return moved == frames ? Moved::kAll : Moved::kPart;
}

bool Database::must_checkpoint(int pages) {
  if (checkpointer_) {
    if (signals_ != nullptr) signals_->tended_at_ms.store(SystemClock().mono_ms(), std::memory_order_relaxed);
    return checkpointer_->on_commit(pages);
  }
  if (pages < kCheckpointPages) return false;
  return signals_ == nullptr || pages >= kMostPages ||
         SystemClock().mono_ms() - signals_->tended_at_ms.load(std::memory_order_relaxed) > kTendedMs;
}

bool Database::somebody_waits() const {
  return SystemClock().mono_ms() - signals_->waited_at_ms.load(std::memory_order_relaxed) <= kWaitedMs;
}

void Database::got_the_lock() {
  if (std::exchange(waited_, false)) signals_->waited_at_ms.store(0, std::memory_order_relaxed);
}

bool Database::should_commit(std::chrono::steady_clock::duration taken) const {
  if (signals_ == nullptr) return taken >= kTransactionTime;
  return taken >= kLongestTransaction || somebody_waits();
}

void Database::give_way() const {
  if (signals_ == nullptr) {
    ::usleep(kGiveWayUs);
  } else {
    for (int rests = 0; rests < kMostRests && somebody_waits(); ++rests) ::usleep(kGiveWayUs);
  }
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(Database& database, const char* sql) {
  sqlite3* handle = database.handle().getHandle();
  sqlite3_stmt* raw = nullptr;
  if (const int code = sqlite3_prepare_v3(handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr))
    fail(code, handle);
  statement_.reset(raw);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail_and_reset(code, statement_.get());
  reset();
  return false;
}

int Statement::finish() {
  while (step()) {
  }
  return sqlite3_changes(sqlite3_db_handle(statement_.get()));
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::bind_one(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
}

void Statement::bind_one(int index, std::string_view value) {
  const char* bytes = value.data() != nullptr ? value.data() : "";  // a null pointer would bind null
  sqlite3_bind_text(statement_.get(), index, bytes, static_cast<int>(value.size()), SQLITE_STATIC);
}

void Statement::bind_one(int index, std::nullptr_t) {
  sqlite3_bind_null(statement_.get(), index);
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("begin immediate");
  database_.got_the_lock();
}

Transaction::~Transaction() {
  if (!open_) return;
  sqlite3_exec(database_.handle().getHandle(), "rollback", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.execute("commit");
  open_ = false;
}

}  // namespace wswp::store
