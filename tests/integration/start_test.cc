// What keeps a daemon from starting, and what it says then.

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "support/archive_file.h"
#include "support/daemon.h"
#include "support/rows.h"

namespace wswp::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string kNoServer = "127.0.0.1:9";

/// How a daemon ends that cannot start.
Finished refused(Daemon& daemon) {
  daemon.launch();
  const auto status = daemon.wait();
  EXPECT_TRUE(status) << "it runs on";
  return {status.value_or(-1), "", daemon.log()};
}

TEST(Start, SecondDaemonNamesTheFirst) {
  Daemon daemon(crawl_config(kNoServer));
  daemon.start();
  const Finished second =
      run({Daemon::binary(), "--data-dir", daemon.data_dir(), "--socket", daemon.directory().file("other")});
  EXPECT_EQ(second.exit, 1);
  EXPECT_THAT(second.err, AllOf(HasSubstr(daemon.data_dir()), HasSubstr(fmt::format("pid {}", daemon.pid()))));
  EXPECT_EQ(daemon.ctl({"status"}).exit, 0) << "the first is not disturbed";
}

TEST(Start, SocketOfAnotherDaemonIsLeftAlone) {
  Daemon daemon(crawl_config(kNoServer));
  daemon.start();
  const Finished second =
      run({Daemon::binary(), "--data-dir", daemon.directory().file("other"), "--socket", daemon.socket()});
  EXPECT_EQ(second.exit, 1);
  EXPECT_THAT(second.err, HasSubstr(daemon.socket()));
  EXPECT_EQ(daemon.ctl({"status"}).exit, 0);
}

TEST(Start, TakesOverTheSocketOfADeadDaemon) {
  Daemon daemon(crawl_config(kNoServer));
  daemon.start();
  daemon.kill_supervisor();
  EXPECT_EQ(::access(daemon.socket().c_str(), F_OK), 0);
  daemon.start();
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(Start, SocketIsForOwnerAndGroup) {
  Daemon daemon(crawl_config(kNoServer));
  daemon.start();
  struct stat status {};
  ASSERT_EQ(::stat(daemon.socket().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0660U);
}

TEST(Start, DataDirectoryThatCannotBe) {
  Daemon daemon(Config{});
  write_file(daemon.directory().file("file"), "");
  Config config = crawl_config(kNoServer);
  config["data_dir"] = '"' + daemon.directory().file("file/data") + '"';
  daemon.configure(config);
  const Finished finished = refused(daemon);
  EXPECT_EQ(finished.exit, 1);
  EXPECT_THAT(finished.err, HasSubstr("file/data"));
}

TEST(Start, DataDirectoryWithoutPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  Daemon daemon(crawl_config(kNoServer));
  ASSERT_EQ(::mkdir(daemon.data_dir().c_str(), 0555), 0);
  const Finished finished = refused(daemon);
  EXPECT_EQ(finished.exit, 1);
  EXPECT_THAT(finished.err, AllOf(HasSubstr(daemon.data_dir()), HasSubstr("Permission denied")));
}

TEST(Start, NewerSchema) {
  Daemon daemon(crawl_config(kNoServer));
  daemon.start();
  EXPECT_EQ(daemon.stop(), 0);
  execute(daemon.database(), "pragma user_version = 9999");
  const Finished finished = refused(daemon);
  EXPECT_EQ(finished.exit, 1);
  EXPECT_THAT(finished.err, AllOf(HasSubstr(daemon.database()), HasSubstr("9999"), HasSubstr("newer")));
  EXPECT_EQ(query_number(daemon.database(), "pragma user_version"), 9999) << "the file is left as it was";
}

TEST(Start, NotADatabase) {
  Daemon daemon(crawl_config(kNoServer));
  ASSERT_EQ(::mkdir(daemon.data_dir().c_str(), 0755), 0);
  const std::string text(8192, 'x');
  write_file(daemon.database(), text);
  const Finished finished = refused(daemon);
  EXPECT_EQ(finished.exit, 1);
  EXPECT_THAT(finished.err, AllOf(HasSubstr(daemon.database()), HasSubstr("not a database")));
  EXPECT_EQ(read_file(daemon.database()).value(), text);
}

TEST(Start, DatabaseOfAnotherProgram) {
  Daemon daemon(crawl_config(kNoServer));
  ASSERT_EQ(::mkdir(daemon.data_dir().c_str(), 0755), 0);
  write_file(daemon.database(), "");
  execute(daemon.database(), "create table other (x)");
  const Finished finished = refused(daemon);
  EXPECT_EQ(finished.exit, 1);
  EXPECT_THAT(finished.err, HasSubstr("another program"));
}

struct BadConfig {
  const char* name;
  const char* toml;
  const char* where;  // line and column
  const char* says;
};

class StartWithBadConfig : public ::testing::TestWithParam<BadConfig> {};

TEST_P(StartWithBadConfig, NamesFileLineAndColumn) {
  Daemon daemon(Config{});
  daemon.configure(std::string(GetParam().toml));
  const Finished finished = refused(daemon);
  EXPECT_EQ(finished.exit, 2);
  EXPECT_THAT(finished.err, AllOf(HasSubstr(fmt::format("{}:{}: ", daemon.config_file(), GetParam().where)),
                                  HasSubstr(GetParam().says)));
  EXPECT_NE(::access(daemon.data_dir().c_str(), F_OK), 0) << "nothing is started";
  const Finished checked = run({Daemon::binary(), "--config", daemon.config_file(), "--check-config"});
  EXPECT_EQ(checked.exit, 2);
}

INSTANTIATE_TEST_SUITE_P(All, StartWithBadConfig,
                         ::testing::Values(BadConfig{"UnknownKey", "[fetch]\ntime_out = 3\n", "2:1", "time_out"},
                                           BadConfig{"UnknownSection", "\n[fetsh]\ntimeout = 3\n", "2:2", "fetsh"},
                                           BadConfig{"WrongType", "[workers]\nthreads = \"five\"\n", "2:11", "threads"},
                                           BadConfig{"OutOfRange", "[fetch]\n  retries = -1\n", "2:13", "retries"},
                                           BadConfig{"Syntax", "[fetch\n", "1:7", ""},
                                           BadConfig{"BadRegex", "[crawl]\nlink_regex = \"(\"\n", "2:14",
                                                     "link_regex"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Start, MissingConfigFile) {
  const Finished finished = run({Daemon::binary(), "--config", "/nowhere/wswpd.toml"});
  EXPECT_EQ(finished.exit, 2);
  EXPECT_THAT(finished.err, HasSubstr("/nowhere/wswpd.toml"));
}

TEST(Start, CheckConfig) {
  const Daemon daemon(crawl_config(kNoServer));
  EXPECT_EQ(run({Daemon::binary(), "--config", daemon.config_file(), "--check-config"}).exit, 0);
  EXPECT_NE(::access(daemon.data_dir().c_str(), F_OK), 0);
}

TEST(Start, Usage) {
  EXPECT_EQ(run({Daemon::binary(), "--nonsense"}).exit, 2);
  EXPECT_EQ(run({Daemon::binary(), "surplus"}).exit, 2);
  const Finished version = run({Daemon::binary(), "--version"});
  EXPECT_EQ(version.exit, 0);
  EXPECT_TRUE(version.out.starts_with("wswpd ")) << version.out;
  EXPECT_EQ(run({Daemon::binary(), "--help"}).exit, 0);
}

TEST(Start, FlagsBeatTheFile) {
  const Daemon daemon(crawl_config(kNoServer));
  const std::string socket = daemon.directory().file("flag");
  Process process({Daemon::binary(), "--config", daemon.config_file(), "--socket", socket, "--data-dir",
                   daemon.directory().file("flagged")});
  EXPECT_TRUE(eventually([&] { return run({Daemon::ctl_binary(), "--socket", socket, "status"}).exit == 0; }));
  EXPECT_EQ(::access(daemon.directory().file("flagged/wswp.db").c_str(), F_OK), 0);
  EXPECT_NE(::access(daemon.data_dir().c_str(), F_OK), 0);
  process.signal(SIGTERM);
  EXPECT_EQ(process.wait(), 0) << process.err();
}

}  // namespace
}  // namespace wswp::test
