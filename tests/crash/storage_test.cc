// A database that cannot be written: the crawl waits and says so, answers go on, nothing is recorded that is not on the
// disk, and it all goes on by itself.

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "crash/faults.h"
#include "frontier/invariants.h"
#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::size_t kSites = 500;
const std::vector<std::string> kWorld{"--profile", "clean", "--latency", "40ms", "--size", "2000"};
const Config kFewTransfers{{"workers.transfers", "10"}};

void await_problem(const Daemon& daemon, const std::string& code) {
  EXPECT_TRUE(eventually([&] { return daemon.has_problem(code); })) << code;
  const json status = daemon.ctl_json({"status"});
  EXPECT_EQ(status.at("state"), "impaired");
  EXPECT_FALSE(status.at("crawls").empty());
  EXPECT_THAT(daemon.log(), HasSubstr("the crawl waits"));
}

void await_no_problem(const Daemon& daemon) {
  EXPECT_TRUE(eventually([&] { return daemon.ctl_json({"status"}).at("state") == "running"; }));
}

/// What the crawl has got so far is what was on the disk, and in the end it is all there, once.
void expect_complete(Daemon& daemon, const Simweb& web, std::size_t sites) {
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), static_cast<int>(sites));
  EXPECT_EQ(daemon.stop(), 0);
  const auto violations = frontier::check_invariants(daemon.database());
  ASSERT_TRUE(violations.ok()) << violations.message();
  for (const auto& violation : *violations) ADD_FAILURE() << violation.rule << ": " << violation.example;
  for (const auto& [target, count] : count_targets(web.requests(2 * sites))) EXPECT_EQ(count, 1) << target;
}

struct Fault {
  const char* name;
  std::atomic<int> FaultBoard::*call;
  int error;
  const char* code;
};

/// A crawl in its middle, whose daemon's system calls can be made to fail.
class DisturbedCrawl : public testing::Test {
 protected:
  DisturbedCrawl() {
    daemon_.start();
    daemon_.add(site_names(kSites));
    EXPECT_TRUE(eventually([&] { return daemon_.urls().at("fetched") > 50; }));
  }

  Simweb web_{kWorld};
  Faults faults_;
  Daemon daemon_{crawl_config(web_.http(), kFewTransfers), faults_.environment()};
};

class Storage : public DisturbedCrawl, public testing::WithParamInterface<Fault> {};

TEST_P(Storage, FailsAndComesBackWhileTheCrawlRuns) {
  std::atomic<int>& error = *faults_.operator->().*GetParam().call;
  error = GetParam().error;
  await_problem(daemon_, GetParam().code);
  const json before = daemon_.urls();
  EXPECT_GT(before.at("pending"), 0);
  const Finished refused = daemon_.ctl({"add", "-"}, "late.test\n");
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("0 added before that"));
  EXPECT_EQ(daemon_.ctl({"pause", "default"}).exit, 1);
  EXPECT_EQ(daemon_.urls(), before) << "nothing moves while nothing can be written";
  error = 0;
  await_no_problem(daemon_);
  EXPECT_THAT(daemon_.log(), HasSubstr("the crawl goes on"));
  expect_complete(daemon_, web_, kSites);
}

INSTANTIATE_TEST_SUITE_P(Faults, Storage,
                         testing::Values(Fault{"DiskFull", &FaultBoard::write_errno, ENOSPC, "disk_full"},
                                         Fault{"ReadOnly", &FaultBoard::write_errno, EROFS, "read_only"},
                                         Fault{"IoError", &FaultBoard::write_errno, EIO, "io_error"}),
                         [](const auto& one) { return one.param.name; });

using StorageOf = DisturbedCrawl;

TEST_F(StorageOf, SyncsThatFailHoldNothingUpForEver) {
  faults_->sync_errno = EIO;
  ASSERT_TRUE(eventually([&] { return daemon_.urls().at("fetched") > 150; }));
  faults_->sync_errno = 0;
  expect_complete(daemon_, web_, kSites);
}

TEST_F(StorageOf, StatusAnswersWhenTheDatabaseCannotBeRead) {
  faults_->read_errno = EIO;
  faults_->write_errno = EIO;
  EXPECT_TRUE(eventually([&] { return daemon_.ctl_json({"status"}).at("problems").size() == 3; })) << "of each process";
  EXPECT_EQ(daemon_.ctl_json({"status"}).at("crawls").at(0).at("name"), "default") << "as it was last seen";
  faults_->read_errno = 0;
  faults_->write_errno = 0;
  await_no_problem(daemon_);
  expect_complete(daemon_, web_, kSites);
}

TEST_F(StorageOf, ADaemonThatStartsOnAFullDiskAnswersAndWaits) {
  daemon_.kill_all();  // the WAL stays
  faults_->write_errno = ENOSPC;
  daemon_.start();
  EXPECT_TRUE(eventually([&] { return daemon_.has_problem("disk_full"); }));
  EXPECT_EQ(daemon_.ctl_json({"status"}).at("workers").at(0).at("pid"), 0) << "nothing is claimed yet";
  EXPECT_THAT(daemon_.ctl({"status"}).out, AllOf(HasSubstr("starting"), HasSubstr("disk"), HasSubstr("full")));
  EXPECT_THAT(daemon_.ctl({"add", "-"}, "late.test\n").err, HasSubstr("goes on when there is room"));
  faults_->write_errno = 0;
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.urls().at("fetched"), static_cast<int>(kSites));
}

void limit_file_size(const std::vector<pid_t>& processes, rlim_t most) {
  for (const pid_t process : processes) {
    rlimit limit{};
    ASSERT_EQ(::prlimit(process, RLIMIT_FSIZE, nullptr, &limit), 0);
    limit.rlim_cur = most;
    ASSERT_EQ(::prlimit(process, RLIMIT_FSIZE, &limit, nullptr), 0);
  }
}

TEST_F(StorageOf, ALimitOnTheSizeOfFilesIsAsAFullDisk) {
  const auto processes = daemon_.children();
  limit_file_size(processes, 64UL * 1024);
  await_problem(daemon_, "disk_full");
  EXPECT_EQ(daemon_.children(), processes) << "nobody has died of it";
  limit_file_size(processes, RLIM_INFINITY);
  await_no_problem(daemon_);
  expect_complete(daemon_, web_, kSites);
}

/// A small file system of its own below a directory.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& path) : path_(path) {
    ::mkdir(path.c_str(), 0700);
    mounted_ = ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=12m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  void make_read_only(bool read_only) const {
    const unsigned long flags = MS_REMOUNT | (read_only ? static_cast<unsigned long>(MS_RDONLY) : 0UL);
    // Busy for as long as a process that has been killed still has a file open.
    ASSERT_TRUE(eventually([&] { return ::mount("", path_.c_str(), "", flags, "") == 0; })) << path_;
  }
  void fill() const {
    std::ofstream file(path_ + "/filler", std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  void make_room() const { ::unlink((path_ + "/filler").c_str()); }

 private:
  std::string path_;
  bool mounted_ = false;
};

constexpr const char* kTakesRoot = "mounting a file system takes root; the injected errors above do not";

/// A daemon that is started on a disk that cannot be written.
void start_on_a_read_only_disk(Daemon& daemon, const SmallDisk& disk) {
  disk.make_read_only(true);
  daemon.start();
  EXPECT_TRUE(eventually([&] { return daemon.has_problem("read_only"); }));
  EXPECT_EQ(daemon.ctl_json({"status"}).at("state"), "starting");
  const Finished second =
      run({Daemon::binary(), "--data-dir", daemon.data_dir(), "--socket", daemon.directory().file("other")});
  EXPECT_EQ(second.exit, 1) << "it has the lock all the same";
  EXPECT_THAT(second.err, HasSubstr("in use by"));
  disk.make_read_only(false);
  await_no_problem(daemon);
}

TEST(StorageOnASmallDisk, ADaemonThatStartsOnAReadOnlyDiskAnswersAndWaits) {
  const Simweb web(kWorld);
  Daemon daemon(crawl_config(web.http(), kFewTransfers));
  const SmallDisk disk(daemon.data_dir());
  if (!disk.mounted()) GTEST_SKIP() << kTakesRoot;
  start_on_a_read_only_disk(daemon, disk);  // without a lock file, and without a database
  daemon.add(site_names(kSites));
  ASSERT_TRUE(eventually([&] { return daemon.urls().at("fetched") > 50; }));
  daemon.kill_all();  // the WAL stays
  start_on_a_read_only_disk(daemon, disk);
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), static_cast<int>(kSites));
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(StorageOnASmallDisk, FillsUpAndIsGivenRoom) {
  const Simweb web(kWorld);
  Daemon daemon(crawl_config(web.http(), kFewTransfers));
  const SmallDisk disk(daemon.data_dir());
  if (!disk.mounted()) GTEST_SKIP() << kTakesRoot;
  daemon.start();
  daemon.add(site_names(kSites));
  ASSERT_TRUE(eventually([&] { return daemon.urls().at("fetched") > 50; }));
  disk.fill();
  await_problem(daemon, "disk_full");
  disk.make_room();
  await_no_problem(daemon);
  expect_complete(daemon, web, kSites);
}

}  // namespace
}  // namespace wswp::test
