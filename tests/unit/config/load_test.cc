#include "config/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "unit/config/shipped_file.h"

namespace wswp::config {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

std::string error_of(std::string_view toml) {
  const auto settings = parse(toml, "wswpd.toml", Settings{});
  return settings ? "no error" : settings.message();
}

TEST(Parse, AnEmptyFileSaysNothing) {
  const auto settings = parse("", "wswpd.toml", Settings{});
  ASSERT_TRUE(settings);
  EXPECT_EQ(*settings, Settings{});
}

TEST(Parse, KeysThatAreNotSetKeepTheValueOfTheBase) {
  Settings base;
  base.data_dir = "/base";
  base.workers.threads = 7;
  const auto settings = parse("workers.transfers = 3\n", "wswpd.toml", base);
  ASSERT_TRUE(settings) << settings.message();
  EXPECT_EQ(settings->data_dir, "/base");
  EXPECT_EQ(settings->workers.threads, 7);
  EXPECT_EQ(settings->workers.transfers, 3);
}

TEST(Errors, NameTheUnknownKeyAndTheOneThatWasMeant) {
  EXPECT_EQ(error_of("\n[workers]\n  thread = 3\n"),
            "wswpd.toml:3:3: unknown key \"thread\" in [workers] (did you mean \"threads\"?)");
  EXPECT_EQ(error_of("data-dir = \"/x\"\n"),
            "wswpd.toml:1:1: unknown key \"data-dir\" at the top level (did you mean \"data_dir\"?)");
  EXPECT_EQ(error_of("[log]\nwibble = 3\n"), "wswpd.toml:2:1: unknown key \"wibble\" in [log]");
  EXPECT_EQ(error_of("\"\" = 1\n"), "wswpd.toml:1:1: unknown key \"\" at the top level");
}

TEST(Errors, NameTheSectionWhereAKeyBelongs) {
  EXPECT_EQ(error_of("[politeness]\ntimeout = 3\n"),
            "wswpd.toml:2:1: unknown key \"timeout\" in [politeness] (it belongs in [fetch])");
  EXPECT_EQ(error_of("[log]\nsocket = \"/s\"\n"),
            "wswpd.toml:2:1: unknown key \"socket\" in [log] (it belongs at the top level, before any section)");
}

TEST(Errors, NameTheUnknownSection) {
  EXPECT_THAT(error_of("[worker]\nthreads = 3\n"), StartsWith("wswpd.toml:1:"));
  EXPECT_THAT(error_of("[worker]\nthreads = 3\n"), HasSubstr("unknown section [worker] (did you mean [workers]?)"));
  EXPECT_THAT(error_of("[workers.more]\nx = 3\n"), HasSubstr("unknown key \"more\" in [workers]"));
}

TEST(Errors, NameTheSectionThatIsNone) {
  EXPECT_EQ(error_of("workers = 3\n"), "wswpd.toml:1:11: [workers]: expected a table, found an integer");
  EXPECT_THAT(error_of("[[workers]]\nthreads = 3\n"), HasSubstr("[workers]: expected a table, found an array"));
}

TEST(Errors, SayWhereTheValueStands) {
  EXPECT_EQ(error_of("[workers]\nthreads = \"5\"\n"),
            "wswpd.toml:2:11: workers.threads: expected an integer, found a string");
  EXPECT_EQ(error_of("[workers]\nthreads = 0\n"), "wswpd.toml:2:11: workers.threads: must be between 1 and 256, not 0");
  EXPECT_EQ(error_of("[fetch]\ntimeout = -1.5\n"),
            "wswpd.toml:2:11: fetch.timeout: must be between 0.01 and 86400 seconds, not -1.5");
  EXPECT_EQ(error_of("[fetch]\nmax_body = \"2 GiB\"\n"),
            "wswpd.toml:2:12: fetch.max_body: must be between 1 KiB and 1 GiB, not 2 GiB");
  EXPECT_EQ(error_of("[fetch]\nproxies = [\n  \"http://a\",\n  7,\n]\n"),
            "wswpd.toml:4:3: fetch.proxies: expected a string, found an integer");
  EXPECT_EQ(
      error_of("[fetch]\nnameservers = [\"::1\", \"here\"]\n"),
      "wswpd.toml:2:23: fetch.nameservers: must be an IP address, \"IPv4:port\" or \"[IPv6]:port\", not \"here\"");
  EXPECT_EQ(error_of("[crawl]\nlink_regex = \"a(b\"\n"),
            "wswpd.toml:2:14: crawl.link_regex: bad regular expression: missing ): a(b");
  EXPECT_EQ(error_of("[log]\nlevel = \"loud\"\n"),
            "wswpd.toml:2:9: log.level: must be one of \"error\", \"warning\", \"info\" and \"debug\", not \"loud\"");
}

TEST(Errors, TheFirstOfTheFileIsTold) {
  EXPECT_THAT(error_of("[workers]\nthreads = 0\n[fetch]\nwibble = 1\ntimeout = 0\n"), StartsWith("wswpd.toml:2:11:"));
  EXPECT_THAT(error_of("[politeness]\nrobots = 3\n[fetch]\nretries = -1\n"), StartsWith("wswpd.toml:2:10:"));
}

TEST(Errors, OfTheSyntaxNameLineAndColumn) {
  EXPECT_THAT(error_of("[workers]\nthreads = \n"), MatchesRegex("wswpd.toml:2:[0-9]+: .+"));
  EXPECT_THAT(error_of("[workers\n"), MatchesRegex("wswpd.toml:1:[0-9]+: .+"));
  EXPECT_THAT(error_of("a = 1\na = 2\n"), MatchesRegex("wswpd.toml:2:[0-9]+: .+"));
  EXPECT_THAT(error_of("socket = \"\xff\"\n"), MatchesRegex("wswpd.toml:1:[0-9]+: .+"));
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Bounds, OfDepthSayWhereItIsExceeded) {
  EXPECT_EQ(error_of("[log]\n" + repeated("a.", 100'000) + "a = 1\n"), "wswpd.toml:2:34: a key has more than 16 dots");
  EXPECT_EQ(error_of("[" + repeated("a . ", 100'000) + "a]\n"), "wswpd.toml:1:68: a key has more than 16 dots");
  EXPECT_EQ(error_of("[[" + repeated("\"\xC3\xA9\".", 17)), "wswpd.toml:1:70: a key has more than 16 dots");
  EXPECT_EQ(error_of("a = " + repeated("[", 100'000)), "wswpd.toml:1:21: values are nested more than 16 deep");
  EXPECT_EQ(error_of("a = " + repeated("{a = ", 100'000)), "wswpd.toml:1:85: values are nested more than 16 deep");
  EXPECT_EQ(error_of("a = '''\n'''\nb = " + repeated("[\n", 17)),
            "wswpd.toml:19:1: values are nested more than 16 deep");
}

TEST(Bounds, OfDepthAreNotThoseOfStringsCommentsAndNumbers) {
  const std::string dots = repeated(".", 20) + repeated("[", 20);
  const std::string numbers = repeated("1.5, ", 20);
  EXPECT_EQ(
      error_of("# " + dots + "\ndata_dir = \"/x" + dots + "\\\"" + dots + "\"\nsocket = '/y" + dots + "' # " + dots),
      "no error");
  EXPECT_EQ(error_of("data_dir = \"\"\"/x\"\\\"" + dots + "\n" + dots + "\"\"\"\n"), "no error");
  EXPECT_EQ(error_of("data_dir = '''/x'" + dots + "'''\n"), "no error");
  EXPECT_EQ(error_of("[fetch]\nproxies = [" + numbers + "]\n"),
            "wswpd.toml:2:12: fetch.proxies: expected a string, found a floating-point number");
}

TEST(Bounds, OfSizeSayWhereItIsExceeded) {
  const std::string line = "# " + std::string(61, 'x') + "\n";
  const std::string longest = repeated(line, 1024 * 1024 / 64);
  EXPECT_EQ(error_of(longest), "no error");
  EXPECT_EQ(error_of(longest + "#"), "wswpd.toml:16385:1: the file is longer than 1 MiB");
}

TEST(LoadFile, ReadsAFileAndNamesIt) {
  const std::filesystem::path directory =
      std::filesystem::path(::testing::TempDir()) / ("wswp-config-" + std::to_string(::getpid()));
  std::filesystem::create_directories(directory);
  const std::string path = directory / "my.toml";
  std::ofstream(path) << "[workers]\nthreads = 9\n";
  const auto good = load_file(path, Settings{});
  std::ofstream(path) << "[workers]\nthreads = 0\n";
  const auto bad = load_file(path, Settings{});
  std::ofstream(path) << std::string(3 * 1024 * 1024, '\n');
  const auto large = load_file(path, Settings{});
  std::filesystem::remove_all(directory);
  const auto gone = load_file(path, Settings{});

  ASSERT_TRUE(good) << good.message();
  EXPECT_EQ(good->workers.threads, 9);
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.message(), StartsWith(path + ":2:11: "));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.message(), path + ":1048577:1: the file is longer than 1 MiB");
  ASSERT_FALSE(gone);
  EXPECT_THAT(gone.message(), HasSubstr(path));
}

TEST(Settings, ZeroProcessesMeansOnePerCpu) {
  EXPECT_EQ(effective_processes(Workers{.processes = 3}, 8), 3);
  EXPECT_EQ(effective_processes(Workers{}, 8), 8);
  EXPECT_EQ(effective_processes(Workers{}, 0), 1) << "not known";
  EXPECT_EQ(effective_processes(Workers{}, 100'000), 256);
  EXPECT_GE(effective_processes(Workers{}), 1);
}

TEST(ShippedFile, EqualsTheDefaults) {
  ASSERT_FALSE(shipped_file().empty()) << shipped_file_path();
  const auto settings = parse(shipped_file(), "wswpd.toml", Settings{});
  ASSERT_TRUE(settings) << settings.message();
  EXPECT_EQ(*settings, Settings{});
}

TEST(ShippedFile, ShowsEveryKeyWithItsDefault) {
  std::istringstream lines(shipped_file());
  std::string set;
  for (std::string line; std::getline(lines, line);) set += (shows_key(line) ? line.substr(1) : line) + "\n";
  Settings other;  // differs from the defaults in every key, so that each must have been set
  other.data_dir = "/other";
  other.socket = "/other.sock";
  other.workers = {9, 9, 9};
  other.fetch = {"other", 9, 9, 9, 9, 9, 9, false, true, {"http://other"}, "other:9", {"::9"}};
  other.politeness = {false, 9, 9, 9};
  other.crawl = {"other", 9, false, 9};
  other.log.level = log::Level::kDebug;
  const auto settings = parse(set, "wswpd.toml", other);
  ASSERT_TRUE(settings) << settings.message();
  EXPECT_EQ(*settings, Settings{});
}

}  // namespace
}  // namespace wswp::config
