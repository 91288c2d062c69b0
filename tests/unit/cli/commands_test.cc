// The short commands, the global options and the exit codes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>

#include "fake_daemon.h"
#include "run_ctl.h"

namespace wswp::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Commands : public ::testing::Test {
 protected:
  Outcome ctl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--socket", daemon_.socket()});
    return run_ctl({.arguments = arguments});
  }
  void answer(const std::string& body) {
    handler_ = [body](const Request&) { return Response{200, body}; };
  }

  FakeDaemon::Handler handler_ = [](const Request&) { return error_response(404, "no_such_crawl", "no crawl nope"); };
  FakeDaemon daemon_{[this](const Request& request) { return handler_(request); }};
};

TEST_F(Commands, GlobalOptionsStandAnywhere) {
  const std::string socket = daemon_.socket();
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--socket", socket, "--json", "version"},
                                                    {"version", "--json", "--socket", socket},
                                                    {"--json", "version", "--socket=" + socket}}) {
    EXPECT_EQ(run_ctl({.arguments = arguments}).out, R"({"wswpctl":")" WSWP_VERSION R"(","wswpd":"9.9"})"
                                                     "\n");
  }
}

TEST_F(Commands, Crawls) {
  const std::string document =
      R"({"crawls":[{"name":"default","state":"paused","created_at":"2026-01-02T03:04:05.678Z","urls":{"total":1234567,)"
      R"("pending":1000000,"in_flight":0,"fetched":234567,"failed":0,"disallowed":0,"skipped":0}}]})";
  answer(document);
  EXPECT_EQ(ctl({"crawls"}).out,
            "CRAWL    STATE       TOTAL    PENDING  FETCHED  FAILED  DISALLOWED  SKIPPED\n"
            "default  paused  1,234,567  1,000,000  234,567       0           0        0\n");
  EXPECT_EQ(ctl({"crawls", "--json"}).out, document + "\n");
  answer(R"({"crawls":[]})");
  EXPECT_EQ(ctl({"crawls"}).out, "no crawls yet; \"wswpctl add LIST\" starts one\n");
}

TEST_F(Commands, PauseAndResume) {
  answer(R"({"name":"status","state":"paused"})");
  EXPECT_EQ(ctl({"pause", "status"}).out, "status: paused\n");  // a crawl may be called like a command
  EXPECT_EQ(ctl({"resume", "my crawl", "--json"}).out, R"({"name":"status","state":"paused"})"
                                                       "\n");
  EXPECT_THAT(daemon_.asked(), ElementsAre("POST /v1/crawls/status/pause", "POST /v1/crawls/my%20crawl/resume"));
}

TEST_F(Commands, Errors) {
  const std::string document = R"({"errors":[{"error":"dns","count":1200,"example":"http://a.invalid/"},)"
                               R"({"error":"timeout","count":3,"example":"http://b.example/"}]})";
  answer(document);
  EXPECT_EQ(ctl({"errors", "top"}).out,
            "ERROR    COUNT  EXAMPLE\n"
            "dns      1,200  http://a.invalid/\n"
            "timeout      3  http://b.example/\n");
  EXPECT_EQ(ctl({"errors", "--json"}).out, document + "\n");
  answer(R"({"errors":[]})");
  EXPECT_EQ(ctl({"errors"}).out, "no errors\n");
  EXPECT_THAT(daemon_.asked(), ElementsAre("GET /v1/crawls/top/errors", "GET /v1/errors", "GET /v1/errors"));
}

TEST_F(Commands, Show) {
  const std::string document =
      R"({"url":"http://a.example/x","host":{"authority":"a.example","robots_status":"ok","crawl_delay":5.0,)"
      R"("ready_at":null,"pending":3},"crawls":[{"crawl":"default","state":"fetched","in_flight":false,"depth":1,)"
      R"("attempts":1,"rank":7,"ready_at":null,"result":{"crawl":"default","url":"http://a.example/x",)"
      R"("outcome":"fetched","status":200,"error":null,"title":"A","depth":1,"attempts":1}}]})";
  answer(document);
  EXPECT_EQ(ctl({"show", "http://a.example/x"}).out,
            "http://a.example/x\n"
            "host a.example\n"
            "  robots_status   ok\n"
            "  crawl_delay     5.0\n"
            "  pending         3\n"
            "crawl default: fetched\n"
            "  depth           1\n"
            "  attempts        1\n"
            "  rank            7\n"
            "  result\n"
            "    status        200\n"
            "    title         A\n");
  EXPECT_EQ(ctl({"show", "http://a.example/x", "--json"}).out, document + "\n");
  EXPECT_EQ(daemon_.asked().front(), "GET /v1/urls?url=http%3A%2F%2Fa.example%2Fx");
}

TEST_F(Commands, ShowPutsEachSitemapOnALine) {
  answer(R"({"url":"http://a.example/","host":{"authority":"a.example","sitemaps":["http://a.example/1.xml",)"
         R"("http://a.example/2.xml"]},"crawls":[]})");
  EXPECT_EQ(ctl({"show", "a.example"}).out,
            "http://a.example/\n"
            "host a.example\n"
            "  sitemaps        http://a.example/1.xml\n"
            "  sitemaps        http://a.example/2.xml\n");
}

TEST_F(Commands, RobotsTellsTheRuleThatDecides) {
  const std::string document =
      R"({"url":"http://a.example/x","robots_txt":"http://a.example/robots.txt","agent":"wswp","obeyed":true,)"
      R"("allowed":false,"reason":"rule","group":"own","user_agent":null,"rule":{"line":3,"text":"Disallow: /x"},)"
      R"("record":{"status":200,"fetched_at":"2026-01-02T03:04:05.678Z","expires_at":"2026-01-03T03:04:05.678Z",)"
      R"("crawl_delay":2.5,"unreachable_since":null,"failures":0,"sitemaps":["http://a.example/s.xml"]}})";
  answer(document);
  EXPECT_EQ(ctl({"robots", "http://a.example/x"}).out,
            "http://a.example/x: disallowed\n"
            "  rule          Disallow: /x (line 3)\n"
            "  group         of wswp\n"
            "  robots.txt    http://a.example/robots.txt\n"
            "  status        200\n"
            "  fetched       2026-01-02T03:04:05.678Z\n"
            "  asked again   2026-01-03T03:04:05.678Z\n"
            "  crawl delay   2.5\n"
            "  sitemap       http://a.example/s.xml\n");
  EXPECT_EQ(ctl({"robots", "http://a.example/x", "--json"}).out, document + "\n");
  EXPECT_EQ(daemon_.asked().front(), "GET /v1/robots?url=http%3A%2F%2Fa.example%2Fx");
}

TEST_F(Commands, RobotsOfAHostThatIsDown) {
  answer(R"({"url":"http://a.example/","robots_txt":"http://a.example/robots.txt","agent":"wswp","allowed":false,)"
         R"("reason":"unreachable","group":null,"rule":null,"record":{"status":null,"fetched_at":null,)"
         R"("expires_at":"2026-01-02T03:04:05.678Z","unreachable_since":"2026-01-02T03:00:00.000Z","failures":4}})");
  EXPECT_EQ(ctl({"robots", "a.example"}).out,
            "http://a.example/: disallowed\n"
            "  rule          none: robots.txt cannot be had, so nothing is fetched\n"
            "  group         none\n"
            "  robots.txt    http://a.example/robots.txt\n"
            "  status        no answer\n"
            "  asked again   2026-01-02T03:04:05.678Z\n"
            "  down since    2026-01-02T03:00:00.000Z\n"
            "  failures      4\n");
}

TEST_F(Commands, RobotsSendsAFile) {
  answer(R"({"url":"http://a.example/x","agent":"googlebot","allowed":true,"reason":"no_rule","group":"*",)"
         R"("user_agent":{"line":1,"text":"User-agent: *"},"rule":null,"record":null})");
  const std::string text = "User-agent: *\nDisallow: /y\n";
  const auto outcome = run_ctl({.arguments = {"--socket", daemon_.socket(), "robots", "http://a.example/x", "--file",
                                              "-", "--agent", "googlebot"},
                                .input = text});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "http://a.example/x: allowed\n"
            "  rule          none matches\n"
            "  group         of everyone (*)\n"
            "  named by      User-agent: * (line 1)\n");
  EXPECT_EQ(daemon_.asked().front(), "POST /v1/robots?url=http%3A%2F%2Fa.example%2Fx&agent=googlebot");
  EXPECT_EQ(daemon_.requests().front().body, text);
  EXPECT_EQ(ctl({"robots", "http://a.example/x", "--file", "/nonexistent"}).exit_code, 1);
}

TEST_F(Commands, RobotsOfAnotherAgentNeedsAText) {
  EXPECT_EQ(ctl({"robots", "http://a.example/", "--agent", "x"}).exit_code, 2);
  EXPECT_EQ(ctl({"robots", "http://a.example/", "--fetch", "--file", "-"}).exit_code, 2);
  EXPECT_THAT(daemon_.asked(), IsEmpty());
}

TEST_F(Commands, Reload) {
  answer(R"({"state":"reloading"})");
  EXPECT_EQ(ctl({"reload"}).out, "wswpd: reloading\n");
  EXPECT_EQ(ctl({"reload", "--json"}).out, "{\"state\":\"reloading\"}\n");
  handler_ = [](const Request&) { return error_response(400, "bad_config", "wswpd.toml:3:1: unknown key x"); };
  const auto refused = ctl({"reload"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_EQ(refused.err, "wswpctl: wswpd.toml:3:1: unknown key x\n");
}

TEST_F(Commands, StopWaitsForTheSocketToGo) {
  handler_ = [this](const Request&) {
    daemon_.close_socket();
    return Response{200, R"({"state":"stopping"})"};
  };
  const auto outcome = ctl({"stop"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "wswpd: stopped\n");
  EXPECT_THAT(daemon_.asked(), ElementsAre("POST /v1/stop"));
}

TEST_F(Commands, VersionNeedsNoDaemon) {
  const auto outcome = run_ctl({.arguments = {"version", "--socket", "/nonexistent/sock"}});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "wswpctl " WSWP_VERSION "\nwswpd: none answers on /nonexistent/sock\n");
  EXPECT_EQ(run_ctl({.arguments = {"version", "--json", "--socket", "/nonexistent/sock"}}).out,
            R"({"wswpctl":")" WSWP_VERSION R"(","wswpd":null})"
            "\n");
  EXPECT_EQ(run_ctl({.arguments = {"--version"}}).out, "wswpctl " WSWP_VERSION "\n");
}

TEST_F(Commands, TheDaemonsNoIsExitOne) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"status", "nope"},
                                                    {"pause", "nope"},
                                                    {"resume", "nope"},
                                                    {"errors", "nope"},
                                                    {"results", "nope"},
                                                    {"crawls"},
                                                    {"show", "http://nope/"},
                                                    {"robots", "http://nope/"},
                                                    {"reload"},
                                                    {"stop"}}) {
    const auto outcome = ctl(arguments);
    EXPECT_EQ(outcome.exit_code, 1) << arguments.front();
    EXPECT_THAT(outcome.out, IsEmpty()) << arguments.front();
    EXPECT_EQ(outcome.err, "wswpctl: no crawl nope\n") << arguments.front();
  }
}

TEST_F(Commands, AnErrorWithoutAMessageNamesTheStatus) {
  handler_ = [](const Request&) { return Response{502, "oops"}; };
  EXPECT_EQ(ctl({"crawls"}).err, "wswpctl: the daemon answered HTTP 502\n");
}

TEST_F(Commands, NoDaemonIsExitThreeAndSaysHowToStartOne) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"status"},
                                                    {"crawls"},
                                                    {"pause", "x"},
                                                    {"resume", "x"},
                                                    {"results"},
                                                    {"errors"},
                                                    {"show", "http://x/"},
                                                    {"robots", "http://x/"},
                                                    {"reload"},
                                                    {"stop"},
                                                    {"add", "http://x/"},
                                                    {"results", "--format", "csv"}}) {
    auto with_socket = arguments;
    with_socket.insert(with_socket.end(), {"--socket", "/nonexistent/sock"});
    const auto outcome = run_ctl({.arguments = with_socket});
    EXPECT_EQ(outcome.exit_code, 3) << arguments.front();
    EXPECT_THAT(outcome.out, IsEmpty()) << arguments.front();
    EXPECT_EQ(outcome.err,
              "wswpctl: no daemon answers on /nonexistent/sock (No such file or directory): start one with "
              "\"systemctl start wswpd\" or \"wswpd\"\n");
  }
}

TEST_F(Commands, ADeadDaemonsSocketIsExitThree) {
  daemon_.close_socket();
  const auto outcome = ctl({"status"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("Connection refused"));
}

TEST_F(Commands, ADaemonWhoseQueueIsFullIsBusy) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = daemon_.file("full");
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  const void* name = &address;
  const auto* where = static_cast<const sockaddr*>(name);
  const FileDescriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::bind(listener.get(), where, sizeof(address)), 0);
  ASSERT_EQ(::listen(listener.get(), 0), 0);
  std::vector<FileDescriptor> queue;
  do queue.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  while (::connect(queue.back().get(), where, sizeof(address)) == 0);
  for (const char* command : {"status", "results"}) {
    const auto outcome = run_ctl({.arguments = {command, "--socket", path}});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.err, "wswpctl: the daemon on " + path + " is busy: too many wait to be let in; try again\n");
  }
}

TEST_F(Commands, APathTooLongForASocketIsExitThree) {
  const auto outcome = run_ctl({.arguments = {"status", "--socket", std::string(200, 'x')}});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("at most 107 bytes"));
}

TEST_F(Commands, NoPermissionNamesTheGroup) {
  const bool root = ::geteuid() == 0;  // may connect to any socket
  ::chmod(daemon_.socket().c_str(), 0);
  const auto outcome = run_ctl({.arguments = {"status", "--socket", daemon_.socket()}, .as_nobody = root});
  if (outcome.exit_code == 127) GTEST_SKIP() << "nobody may not run " WSWPCTL_PATH;
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("permission denied"), HasSubstr("members of the group")));
}

TEST_F(Commands, UsageErrorsAreExitTwoWithAHint) {
  EXPECT_EQ(ctl({}).err, "wswpctl: A subcommand is required\nTry \"wswpctl --help\".\n");
  EXPECT_EQ(ctl({"frobnicate"}).err, "wswpctl: there is no command \"frobnicate\"\nTry \"wswpctl --help\".\n");
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                    {"frobnicate"},
                                                    {"pause"},
                                                    {"pause", ""},
                                                    {"show"},
                                                    {"robots"},
                                                    {"status", "a", "b"},
                                                    {"crawls", "extra"},
                                                    {"stop", "--now"}}) {
    const auto outcome = ctl(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << ::testing::PrintToString(arguments);
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, AllOf(StartsWith("wswpctl: "), HasSubstr("--help"))) << outcome.err;
  }
  EXPECT_THAT(daemon_.asked(), IsEmpty());
}

TEST_F(Commands, HelpIsOnStandardOutput) {
  const auto outcome = ctl({"add", "--help"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("--link-regex"));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(Commands, ProxiesOfTheEnvironmentAreIgnored) {
  answer(R"({"crawls":[]})");
  const auto outcome = run_ctl({.arguments = {"--socket", daemon_.socket(), "crawls"},
                                .environment = {"http_proxy=http://127.0.0.1:9", "ALL_PROXY=http://127.0.0.1:9"}});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
}

}  // namespace
}  // namespace wswp::cli
