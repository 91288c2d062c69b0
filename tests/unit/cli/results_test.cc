// wswpctl results: every format, to standard output and into a file.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "fake_daemon.h"
#include "run_ctl.h"

namespace wswp::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kRows =
    R"({"crawl":"default","url":"http://example.com/","outcome":"fetched","status":200,"error":null,"content_type":"text/html","encoding":"utf-8","bytes":18432,"truncated":false,"title":"Say \"hi\", Zürich","redirect_to":null,"depth":0,"attempts":1,"remote_ip":"127.0.0.1","http_version":"1.1","elapsed_ms":12,"fetched_at":"2026-01-02T03:04:05.678Z"})"
    "\n"
    R"({"crawl":"default","url":"http://a-very-long-host-name.example.org/with/a/long/path","outcome":"failed","status":null,"error":"dns","content_type":null,"encoding":null,"bytes":null,"truncated":null,"title":null,"redirect_to":null,"depth":1,"attempts":3,"remote_ip":null,"http_version":null,"elapsed_ms":null,"fetched_at":"2026-01-02T03:04:06.000Z"})"
    "\n";

constexpr const char* kCsv =
    "crawl,url,outcome,status,error,content_type,encoding,bytes,truncated,title,redirect_to,depth,attempts,remote_ip,"
    "http_version,elapsed_ms,fetched_at\r\n"
    "default,http://example.com/,fetched,200,,text/html,utf-8,18432,false,\"Say \"\"hi\"\", Zürich\",,0,1,127.0.0.1,"
    "1.1,12,2026-01-02T03:04:05.678Z\r\n"
    "default,http://a-very-long-host-name.example.org/with/a/long/path,failed,,dns,,,,,,,1,3,,,,"
    "2026-01-02T03:04:06.000Z\r\n";

class Results : public ::testing::Test {
 protected:
  Outcome results(std::vector<std::string> arguments, bool on_terminal = false,
                  std::vector<std::string> environment = {}) {
    arguments.insert(arguments.begin(), {"--socket", daemon_.socket(), "results"});
    return run_ctl({.arguments = arguments, .environment = environment, .on_terminal = on_terminal});
  }
  static std::string content(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  FakeDaemon::Handler handler_ = [](const Request&) { return Response{200, kRows}; };
  FakeDaemon daemon_{[this](const Request& request) { return handler_(request); }};
};

TEST_F(Results, JsonLinesAreHandedThrough) {
  EXPECT_EQ(results({"--json"}).out, kRows);
  EXPECT_EQ(results({"top", "--outcome", "failed", "--format", "jsonl"}).out, kRows);
  EXPECT_THAT(daemon_.asked(), ElementsAre("GET /v1/results", "GET /v1/crawls/top/results?outcome=failed"));
}

TEST_F(Results, CsvIsRfc4180) {
  const auto outcome = results({"--format", "csv"});
  EXPECT_EQ(outcome.out, kCsv);
  EXPECT_EQ(outcome.exit_code, 0);
}

TEST_F(Results, ATableInAPipeIsNotCut) {
  EXPECT_EQ(results({}).out,
            "OUTCOME     STATUS        SIZE  URL                           TITLE OR ERROR\n"
            "fetched        200    18.0 KiB  http://example.com/           Say \"hi\", Zürich\n"
            "failed           -           -  http://a-very-long-host-name.example.org/with/a/long/path  dns\n");
}

TEST_F(Results, ATableOnATerminalIsCutToItsWidth) {
  EXPECT_EQ(results({}, true).out,
            "\033[1mOUTCOME     STATUS        SIZE  URL                           TITLE OR ERROR\033[0m\r\n"
            "fetched        200    18.0 KiB  http://example.com/           Say \"hi\", Zürich\r\n"
            "failed           -           -  http://a-very-long-host-nam…  dns\r\n");
}

TEST_F(Results, NoColorIsHonoured) {
  EXPECT_THAT(results({}, true, {"NO_COLOR=1"}).out, ::testing::StartsWith("OUTCOME "));
}

TEST_F(Results, ATitleCannotTalkToTheTerminal) {
  handler_ = [](const Request&) {
    return Response{200, R"({"url":"http://x/","outcome":"fetched","title":"\u001b]0;evil\u0007"})"
                         "\n"};
  };
  EXPECT_THAT(results({}).out, HasSubstr("?]0;evil?\n"));
}

TEST_F(Results, AFileAppearsWhenItIsComplete) {
  const std::string path = daemon_.file("out.csv");
  const auto outcome = results({"--output", path});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "2 rows written to " + path + "\n");
  EXPECT_EQ(content(path), kCsv);
  EXPECT_FALSE(std::filesystem::exists(path + ".tmp"));
  EXPECT_EQ(results({"--json", "--output", path}).out, R"({"rows":2,"output":")" + path + "\"}\n");
  EXPECT_EQ(content(path), kRows);
}

TEST_F(Results, AFileIsLeftAloneWhenTheAnswerBreaksOff) {
  handler_ = [](const Request&) { return Response{.status = 200, .body = kRows, .complete = false}; };
  const std::string path = daemon_.file("out.csv");
  std::ofstream(path) << "old";
  const auto outcome = results({"--output", path});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("broke the connection off"));
  EXPECT_EQ(content(path), "old");
  EXPECT_FALSE(std::filesystem::exists(path + ".tmp"));
}

TEST_F(Results, AFileKeepsItsMode) {
  const std::string path = daemon_.file("secret.csv");
  std::ofstream(path) << "old";
  ::chmod(path.c_str(), 0600);
  EXPECT_EQ(results({"--output", path}).exit_code, 0);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_EQ(content(path), kCsv);
}

TEST_F(Results, ASymbolicLinkStaysAndWhatItLeadsToIsWritten) {
  const std::string link = daemon_.file("link.csv"), file = daemon_.file("file.csv");
  for (const bool dangling : {true, false}) {
    if (!dangling) std::ofstream(file) << "old";
    std::filesystem::remove(link);
    std::filesystem::create_symlink("file.csv", link);
    EXPECT_EQ(results({"--output", link}).exit_code, 0);
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_FALSE(std::filesystem::is_symlink(file));
    EXPECT_EQ(content(file), kCsv);
  }
}

TEST_F(Results, ADeviceIsWrittenAndStays) {
  EXPECT_EQ(results({"--output", "/dev/null"}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  const auto full = results({"--output", "/dev/full"});
  EXPECT_EQ(full.exit_code, 1);
  EXPECT_EQ(full.err, "wswpctl: cannot write /dev/full: No space left on device\n");
}

TEST_F(Results, AFifoIsWrittenAndStays) {
  const std::string path = daemon_.file("fifo");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] { read = content(path); });
  EXPECT_EQ(results({"--output", path, "--format", "csv"}).exit_code, 0);
  if (!std::filesystem::is_fifo(path)) std::ofstream(path) << "";  // else the reader would wait for ever
  reader.join();
  EXPECT_EQ(read, kCsv);
  EXPECT_TRUE(std::filesystem::is_fifo(path));
}

TEST_F(Results, NoOtherFileIsTouched) {
  const std::string path = daemon_.file("out.csv"), precious = daemon_.file("precious");
  std::ofstream(precious) << "mine";
  std::filesystem::create_symlink(precious, path + ".tmp");
  EXPECT_EQ(results({"--output", path}).exit_code, 0);
  EXPECT_EQ(content(precious), "mine");
  EXPECT_TRUE(std::filesystem::is_symlink(path + ".tmp"));
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(daemon_.file(""))) ++entries;
  EXPECT_EQ(entries, 4U) << "the socket, the file, the precious one and its link";
}

TEST_F(Results, AFileThatMayNotBeWrittenIsNotReplaced) {
  const std::string path = daemon_.file("out.csv");
  std::ofstream(path) << "old";
  ::chmod(path.c_str(), 0444);
  const bool root = ::geteuid() == 0;
  std::filesystem::permissions(daemon_.file(""), std::filesystem::perms::all);
  ::chmod(daemon_.socket().c_str(), 0666);
  const auto outcome =
      run_ctl({.arguments = {"--socket", daemon_.socket(), "results", "--output", path}, .as_nobody = root});
  if (outcome.exit_code == 127) GTEST_SKIP() << "nobody may not run " WSWPCTL_PATH;
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("Permission denied"));
  EXPECT_EQ(content(path), "old");
}

TEST_F(Results, ADashIsStandardOutput) {
  EXPECT_EQ(results({"--output", "-", "--format", "csv"}).out, kCsv);
  EXPECT_EQ(results({"--output", "/dev/stdout", "--format", "csv"}).out, kCsv);
  EXPECT_FALSE(std::filesystem::exists("-"));
}

TEST_F(Results, AFileThatCannotBeWritten) {
  const auto outcome = results({"--output", daemon_.file("no/such/place.csv")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("No such file or directory"));
}

TEST_F(Results, AFullDiskIsAFailure) {
  handler_ = [](const Request&) {
    std::string rows;
    for (int i = 0; i < 2000; ++i) rows += kRows;
    return Response{200, rows};
  };
  const std::string command = std::string(WSWPCTL_PATH) + " --socket " + daemon_.socket() +
                              " results --json >/dev/full 2>" + daemon_.file("err");
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
  EXPECT_EQ(content(daemon_.file("err")), "wswpctl: standard output: No space left on device\n");
}

TEST_F(Results, AReaderThatGoesAwayEndsItQuietly) {
  handler_ = [](const Request&) {
    std::string rows;
    for (int i = 0; i < 20000; ++i) rows += kRows;
    return Response{200, rows};
  };
  const std::string command = "bash -c '" + std::string(WSWPCTL_PATH) + " --socket " + daemon_.socket() +
                              " results --json 2>" + daemon_.file("err") + " | head -n 1 >/dev/null; " +
                              "exit ${PIPESTATUS[0]}'";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 128 + SIGPIPE);
  EXPECT_THAT(content(daemon_.file("err")), IsEmpty());
}

TEST_F(Results, AnEmptyResultStillHasItsHeader) {
  handler_ = [](const Request&) { return Response{200, ""}; };
  EXPECT_THAT(results({"--format", "csv"}).out, ::testing::StartsWith("crawl,url,"));
  EXPECT_THAT(results({"--json"}).out, IsEmpty());
}

TEST_F(Results, ErrorsNeverReachStandardOutput) {
  handler_ = [](const Request&) { return error_response(404, "no_such_crawl", "there is no crawl nope"); };
  for (const char* format : {"table", "csv", "jsonl"}) {
    const auto outcome = results({"nope", "--format", format});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_EQ(outcome.err, "wswpctl: there is no crawl nope\n");
  }
}

TEST_F(Results, UsageErrors) {
  EXPECT_EQ(results({"--outcome", "lost"}).exit_code, 2);
  EXPECT_EQ(results({"--format", "xml"}).exit_code, 2);
  EXPECT_EQ(results({"--json", "--format", "csv"}).exit_code, 2);
}

}  // namespace
}  // namespace wswp::cli
