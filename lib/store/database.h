#pragma once
// A connection to the database, its prepared statements and its transactions. The only place, with row_table.cc and
// migrate.cc, that knows SQLite. A Database and everything made from it belong to one thread, and never cross a fork.
//
// Durability: WAL with synchronous = NORMAL. A commit survives the death of any process at any instant; a power cut may
// take back the newest commits, those since the last checkpoint, in order, and never corrupts the file
// (https://www.sqlite.org/pragma.html#pragma_synchronous).

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <SQLiteCpp/Database.h>

#include "base/obstacle.h"
#include "store/log_mover.h"
#include "store/writer_signals.h"

struct sqlite3_stmt;

namespace wswp::store {

/// The database cannot serve now: disk full, I/O error, no permission, locked beyond patience, damaged.
class Failure : public std::runtime_error {
 public:
  Failure(Obstacle obstacle, const std::string& what) : std::runtime_error(what), obstacle_(obstacle) {}
  Obstacle obstacle() const { return obstacle_; }

 private:
  Obstacle obstacle_;
};

enum class Mode { kReadWrite, kReadOnly };

/// Who moves the WAL to the database file. kItself: a commit that finds 4,000 pages in it, unless WriterSignals say
/// that another connection has it done, and the last connection that closes. kBeside: a thread of the connection does
/// it for the commit (see Checkpointer). kOthers: this connection does neither, so its commits and its end take no
/// longer when a long WAL was left.
enum class Checkpoints { kItself, kBeside, kOthers };

enum class Moved { kAll, kPart, kNothing };

class Checkpointer;

class Database {
 public:
  /// Opens an existing file (kReadWrite creates it). `cache_kib`: memory for pages. `signals`: of all who write to it,
  /// and outlives this; without, it is not known who waits. Throws Failure.
  Database(const std::string& path, Mode mode, int cache_kib, Checkpoints checkpoints = Checkpoints::kItself,
           WriterSignals* signals = nullptr);
  ~Database();

  void execute(const char* sql);
  /// Moves what the WAL holds to the database file, both synced. kPart: readers of an older state, or commits
  /// meanwhile, kept it from moving all. kNothing: another checkpoint is under way.
  Moved checkpoint();

  /// Long work goes by steps of a few milliseconds, several in a transaction. After each: whether the transaction,
  /// which has taken that long, should end, for the sake of those who wait for the write lock, or may do so.
  bool should_commit(std::chrono::steady_clock::duration taken) const;
  /// Between two transactions of long work: a short rest, in which a connection that waits, or may, gets the lock.
  /// Nobody queues for it, so whoever took it again at once would keep the others out for many turns.
  void give_way() const;

  SQLite::Database& handle() { return database_; }

 private:
  friend class Transaction;
  struct Hooks;                     // what SQLite calls
  bool must_checkpoint(int pages);  // now that the log has so many
  bool somebody_waits() const;
  void got_the_lock();

  WriterSignals* const signals_;
  bool waited_ = false;  // for the lock that it is about to get
  SQLite::Database database_;
  LogMover mover_;
  std::unique_ptr<Checkpointer> checkpointer_;  // with kBeside
};

/// A prepared statement, kept for the life of its connection. Parameters are bound by position. (On sqlite3_stmt and
/// not SQLite::Statement: that copies every text, and this is what runs eight times a site.)
class Statement {
 public:
  Statement(Database& database, const char* sql);

  /// Starts over and binds the parameters 1, 2, …. Texts are not copied: they must live until the last step.
  template <class... Args>
  Statement& bind(const Args&... args) {
    reset();
    int index = 0;
    (bind_one(++index, args), ...);
    return *this;
  }
  /// The next row; false: no more, and the statement is reset.
  bool step();
  /// Binds, runs to the end, resets; returns how many rows it changed.
  template <class... Args>
  int run(const Args&... args) {
    bind(args...);
    return finish();
  }
  /// Lets go of the row (and the read lock) before all rows were seen.
  void reset();

  std::int64_t integer(int column);
  /// "" for null. Valid until the next step.
  std::string_view text(int column);
  bool is_null(int column);

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  int finish();
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, int value) { bind_one(index, static_cast<std::int64_t>(value)); }
  void bind_one(int index, bool value) { bind_one(index, static_cast<std::int64_t>(value)); }
  void bind_one(int index, std::string_view value);
  void bind_one(int index, std::nullptr_t);
  template <class T>
  void bind_one(int index, const std::optional<T>& value) {
    value ? bind_one(index, *value) : bind_one(index, nullptr);
  }

  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// Begins at once as a writer (BEGIN IMMEDIATE), so that it never fails half-way for another one's sake; rolls back
/// unless commit() was called. The roll-back never throws.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace wswp::store
