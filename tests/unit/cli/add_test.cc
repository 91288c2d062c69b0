// wswpctl add, run for real against a daemon that is played.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <fstream>

#include "fake_daemon.h"
#include "run_ctl.h"

namespace wswp::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Response accepted(const Request&) {
  return {200, R"({"crawl":"default","read":3,"added":1,"duplicate":1,"invalid":1,)"
               R"("invalid_rows":[{"line":2,"text":"foo","reason":"not a domain name: no dot"}]})"};
}

class Add : public ::testing::Test {
 protected:
  std::string list(const std::string& name, const std::string& content) {
    std::ofstream(daemon_.file(name)) << content;
    return daemon_.file(name);
  }
  Outcome add(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {"--socket", daemon_.socket(), "add"});
    return run_ctl({.arguments = arguments, .input = input});
  }

  FakeDaemon::Handler handler_ = accepted;
  FakeDaemon daemon_{[this](const Request& request) { return handler_(request); }};
};

TEST_F(Add, SendsTheFileAsItIs) {
  const std::string content("a.com\nfoo\n\x00\xff", 12);
  const auto outcome = add({list("my list.csv", content)});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out,
            "default: 3 rows read, 1 added, 1 duplicate, 1 invalid\n"
            "  line 2: \"foo\": not a domain name: no dot\n");
  EXPECT_THAT(outcome.err, IsEmpty());
  ASSERT_THAT(daemon_.asked(), ElementsAre("POST /v1/crawls/default/urls?source=my%20list.csv"));
  const auto request = daemon_.requests().front();
  EXPECT_EQ(request.body, content);
  EXPECT_EQ(request.headers.at("content-type"), "application/octet-stream");
  EXPECT_EQ(request.headers.at("transfer-encoding"), "chunked");
  EXPECT_EQ(request.headers.count("expect"), 0U);
}

TEST_F(Add, AListWithoutRowsIsSaidToBeEmpty) {
  handler_ = [](const Request&) {
    return Response{200, R"({"crawl":"default","read":0,"added":0,"duplicate":0,"invalid":0,"invalid_rows":[]})"};
  };
  const std::string empty = list("empty.csv", "");
  const auto outcome = add({empty});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "default: 0 rows read, 0 added, 0 duplicate, 0 invalid\n");
  EXPECT_EQ(outcome.err, "wswpctl: " + empty + ": the list is empty\n");
}

TEST_F(Add, PassesEveryOption) {
  add({list("l.txt", "a.com\n"), "--crawl", "my crawl", "--max", "5", "--link-regex", "a|b", "--depth", "0", "--delay",
       "0.5", "--any-site"});
  add({list("l.txt", "a.com\n"), "--follow"});
  EXPECT_THAT(daemon_.asked(),
              ElementsAre("POST /v1/crawls/my%20crawl/urls?source=l.txt&max=5&link_regex=a%7Cb&depth=0&delay=0.5"
                          "&any_site=1",
                          "POST /v1/crawls/default/urls?source=l.txt&link_regex=."));
}

TEST_F(Add, StandardInputAndSeedsHaveNoFileName) {
  const auto outcome = add({"-", "http://localhost:8080/x?y=1"}, "piped.com\n");
  EXPECT_EQ(outcome.exit_code, 0);
  const auto requests = daemon_.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].target, "/v1/crawls/default/urls");
  EXPECT_EQ(requests[0].body, "piped.com\n");
  EXPECT_EQ(requests[1].body, "http://localhost:8080/x?y=1\n");
}

TEST_F(Add, SumsSourcesAndNamesWhereARowIsFrom) {
  const std::string a = list("a.csv", "a"), b = list("b.csv", "b");
  const auto outcome = add({a, b});
  EXPECT_EQ(outcome.out, "default: 6 rows read, 2 added, 2 duplicate, 2 invalid\n  " + a +
                             ", line 2: \"foo\": not a domain name: no dot\n  " + b +
                             ", line 2: \"foo\": not a domain name: no dot\n");
}

TEST_F(Add, MaxCountsValidRowsOverAllSources) {
  const std::string a = list("a.csv", "a");
  const auto outcome = add({a, a, a, "--max", "4"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(daemon_.asked(), ElementsAre("POST /v1/crawls/default/urls?source=a.csv&max=4",
                                           "POST /v1/crawls/default/urls?source=a.csv&max=2"));
}

TEST_F(Add, JsonIsOneDocument) {
  const auto outcome = add({list("a.csv", "a"), "--json"});
  EXPECT_EQ(outcome.out, R"({"crawl":"default","read":3,"added":1,"duplicate":1,"invalid":1,)"
                         R"("invalid_rows":[{"line":2,"text":"foo","reason":"not a domain name: no dot"}]})"
                         "\n");
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(Add, NothingIsSentWhenOneSourceIsMissing) {
  const auto outcome = add({list("a.csv", "a"), daemon_.file("missing.csv")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_EQ(outcome.err, "wswpctl: cannot open " + daemon_.file("missing.csv") + ": No such file or directory\n");
  EXPECT_THAT(daemon_.asked(), IsEmpty());
}

TEST_F(Add, ADirectoryIsNoList) {
  const auto outcome = add({daemon_.file("")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("is a directory, not a list"));
}

TEST_F(Add, ABareNameGetsAHint) {
  EXPECT_THAT(add({"example.invalid"}).err, HasSubstr("(for the site, write http://example.invalid/)"));
  EXPECT_EQ(add({"nowhere"}).err, "wswpctl: cannot open nowhere: No such file or directory\n") << "no name of a site";
}

TEST_F(Add, AllRowsInvalidIsAFailure) {
  handler_ = [](const Request&) {
    return Response{200, R"({"crawl":"default","read":12,"added":0,"duplicate":0,"invalid":12,)"
                         R"("invalid_rows":[{"line":1,"text":"x","reason":"r"}]})"};
  };
  const auto outcome = add({list("a.csv", "x")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out,
            "default: 12 rows read, 0 added, 0 duplicate, 12 invalid\n  line 1: \"x\": r\n  and 11 more\n");
  EXPECT_EQ(outcome.err, "wswpctl: nothing was added: every row is invalid\n");
}

TEST_F(Add, ABrokenListTellsWhatWasDoneBefore) {
  const std::string a = list("a.csv", "a"), b = list("b.zip", "b");
  handler_ = [](const Request& request) {
    if (request.target.find("b.zip") == std::string::npos) return accepted(request);
    return error_response(400, "bad_list", "the zip archive is damaged; 7 rows before that were added");
  };
  const auto outcome = add({a, b});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_EQ(outcome.err, "wswpctl: " + b +
                             ": the zip archive is damaged; 7 rows before that were added "
                             "(the source before it: 3 rows read, 1 added)\n");
}

TEST_F(Add, ALargeListIsStreamed) {
  const std::string content(20'000'000, 'x');
  EXPECT_EQ(add({list("big.txt", content)}).exit_code, 0);
  EXPECT_EQ(daemon_.requests().front().body.size(), content.size());
}

TEST_F(Add, UsageErrors) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                    {"-", "-"},
                                                    {"x", "--max", "0"},
                                                    {"x", "--max", "many"},
                                                    {"x", "--depth", "-1"},
                                                    {"x", "--delay", "-1"},
                                                    {"x", "--follow", "--link-regex", "a"},
                                                    {"x", "--crawl", ""},
                                                    {"x", "--frobnicate"}}) {
    EXPECT_EQ(add(arguments).exit_code, 2) << ::testing::PrintToString(arguments);
  }
  EXPECT_THAT(daemon_.asked(), IsEmpty());
}

/// A web server of one answer on a free port of the loopback.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void* name = &address;
    socklen_t size = sizeof(address);
    ::bind(listener_.get(), static_cast<sockaddr*>(name), size);
    ::listen(listener_.get(), 4);
    ::getsockname(listener_.get(), static_cast<sockaddr*>(name), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, text = std::move(answer)] {
      const FileDescriptor connection(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      std::string request(4096, '\0');
      if (::recv(connection.get(), request.data(), request.size(), 0) > 0) {
        ::send(connection.get(), text.data(), text.size(), MSG_NOSIGNAL);
      }
    });
  }
  ~OneAnswer() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

 private:
  FileDescriptor listener_;
  int port_ = 0;
  std::thread thread_;
};

TEST_F(Add, AListIsDownloaded) {
  const OneAnswer web("HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\na.com\nb.com\n");
  const auto outcome = add({"--list", web.url("/lists/top.csv?day=1")});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  ASSERT_THAT(daemon_.asked(), ElementsAre("POST /v1/crawls/default/urls?source=top.csv"));
  EXPECT_EQ(daemon_.requests().front().body, "a.com\nb.com\n");
}

TEST_F(Add, AListThatIsNotThereIsNotSent) {
  const OneAnswer web("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone");
  const auto outcome = add({list("a.csv", "a"), "--list", web.url("/top.csv")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot be downloaded: The requested URL returned error: 404"));
  EXPECT_THAT(daemon_.asked(), IsEmpty());
}

TEST_F(Add, ADownloadThatBreaksOffIsAFailure) {
  const OneAnswer web("HTTP/1.1 200 OK\r\nContent-Length: 1200\r\nConnection: close\r\n\r\na.com\nb.com\n");
  const auto outcome = add({"--list", web.url("/top.csv")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot be downloaded"));
}

TEST_F(Add, OnlyHttpIsDownloaded) {
  const auto outcome = add({"--list", "file:///etc/passwd"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(daemon_.asked(), IsEmpty());
}

}  // namespace
}  // namespace wswp::cli
