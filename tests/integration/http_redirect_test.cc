// Redirects of all kinds, each with the row it must leave: what a browser would do, but that a redirect to another
// scheme, host or port is not followed at once: its target becomes a URL of its own (docs/ERRORS.md).

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/http_case.h"
#include "unit/net/raw_server.h"

namespace wswp::test {
namespace {

using Then = Reply::Then;

Reply redirect(int status, const std::string& location) {
  return {http(status, "Location: " + location + "\r\n")};
}

/// To a page of the same host.
HttpCase within(std::string name, const std::string& location, const std::string& target, int status = 302) {
  const std::string to = "http://" + name + ".test" + target;
  return {.name = std::move(name),
          .reply = redirect(status, location),
          .row = {.title = "landed", .redirect_to = to},
          .asked = {"/", target}};
}

/// To a URL that is visited on its own, and is there.
HttpCase away(std::string name, const std::string& location, const std::string& url, int status = 302) {
  return {.name = std::move(name),
          .reply = redirect(status, location),
          .row = {.status = status, .redirect_to = url},
          .also = {{url, {.title = "landed"}}}};
}

HttpCase bad(std::string name, const std::string& location) {
  return {.name = std::move(name),
          .reply = redirect(302, location),
          .row = {.outcome = "failed", .status = 302, .error = "bad_redirect"}};
}

TEST(HttpRedirects, WithinTheHostAreFollowed) {
  std::vector<HttpCase> cases{
      within("r301", "/to", "/to", 301),
      within("r302", "/to", "/to", 302),
      within("r303", "/to", "/to", 303),
      within("r307", "/to", "/to", 307),
      within("r308", "/to", "/to", 308),
      within("relative", "a/../to?q=1", "/to?q=1"),
      within("query", "?q=1", "/?q=1"),
      within("absolute", "http://absolute.test/to", "/to"),
      within("capitals", "HTTP://CAPITALS.test:80/to", "/to"),
      within("scheme-relative", "//scheme-relative.test/to", "/to"),
      within("scheme-only", "http:to", "/to"),
      within("backslash", "\\to", "/to"),
      within("blanks", "  /t o  ", "/t%20o"),
      within("fragment", "/to#part", "/to"),
      within("credentials", "http://user:secret@credentials.test/to", "/to"),
      within("raw-bytes", "/\xc3\xa4\xe4", "/%C3%A4%E4"),
      within("long", "/" + std::string(15'000, 'x'), "/" + std::string(15'000, 'x')),
  };
  expect_cases(cases, {{"traps.max_url_length", "0"}});
}

TEST(HttpRedirects, ElsewhereAreUrlsOfTheirOwn) {
  std::vector<HttpCase> cases{
      away("host", "http://other1.test/x", "http://other1.test/x", 301),
      away("host-relative", "//other2.test/x#part", "http://other2.test/x"),
      away("port", "http://port.test:8080/", "http://port.test:8080/", 308),
      away("credentials-away", "http://user:secret@other3.test/", "http://other3.test/", 303),
      away("idn",
           "http://b\xc3\xbc"
           "cher.test/",
           "http://xn--bcher-kva.test/"),
  };
  // The server of these tests hangs up on TLS.
  cases.push_back({.name = "scheme",
                   .reply = redirect(301, "https://scheme.test/x"),
                   .row = {.status = 301, .redirect_to = "https://scheme.test/x"},
                   .also = {{"https://scheme.test/x",
                             {.outcome = "failed", .status = 0, .error = "robots_unreachable", .attempts = 2}}}});
  expect_cases(cases);
}

TEST(HttpRedirects, ToNowhereAreBad) {
  std::vector<HttpCase> cases{
      bad("ftp", "ftp://ftp.test/x"),
      bad("file", "file:///etc/passwd"),
      bad("javascript", "javascript:alert(1)"),
      bad("data", "data:text/html,x"),
      bad("mailto", "mailto:a@b.test"),
      bad("gopher", "gopher://127.0.0.1:6379/_x"),
      bad("no-host", "http://"),
      bad("bad-host", "http://a b/"),
      bad("bad-bracket", "http://[1:2/"),
      bad("bad-port", "http://bad-port.test:99999/"),
      bad("bad-address", "http://1.2.3.4.5/"),
      bad("too-long", "/" + std::string(20'000, 'x')),
  };
  // Browsers refuse two different ones: half of them are what somebody smuggled in.
  cases.push_back({.name = "two-locations",
                   .reply = {http(302, "Location: /a\r\nLocation: /b\r\n")},
                   .row = {.outcome = "failed", .status = 302, .error = "bad_redirect"}});
  expect_cases(cases);
}

TEST(HttpRedirects, NeedAStatusAndALocation) {
  const std::string somewhere = "Location: /to\r\n";
  std::vector<HttpCase> cases{
      {.name = "no-location", .reply = {http(302)}, .row = {.status = 302}},
      {.name = "empty-location", .reply = {http(302, "Location: \r\n")}, .row = {.status = 302}},
      {.name = "r300", .reply = {http(300, somewhere)}, .row = {.status = 300}},
      {.name = "r304", .reply = {"HTTP/1.1 304 X\r\n" + somewhere + "\r\n"}, .row = {.status = 304}},
      {.name = "r305", .reply = {http(305, somewhere)}, .row = {.status = 305}},
      {.name = "r306", .reply = {http(306, somewhere)}, .row = {.status = 306}},
      {.name = "r201", .reply = {http(201, somewhere)}, .row = {.status = 201}},
      {.name = "r404", .reply = {http(404, somewhere)}, .row = {.status = 404}},
  };
  expect_cases(cases);
}

TEST(HttpRedirects, ThatLoopOrGoOnAndOnEnd) {
  const Row too_many{.outcome = "failed", .status = 302, .error = "too_many_redirects"};
  std::vector<HttpCase> cases;
  const auto endless = [&](const std::string& name, const std::string& first, const std::string& redirect_to) {
    Row row = too_many;
    row.redirect_to = "http://" + name + ".test" + redirect_to;
    return HttpCase{.name = name, .reply = redirect(302, first), .row = row};
  };
  cases.push_back(endless("self", "/", "/"));
  cases.push_back(endless("self-fragment", "#part", "/"));
  cases.push_back(endless("self-host", "http://self-host.test/", "/"));
  HttpCase loop = endless("loop", "/a", "/");
  loop.others = {{"loop.test/a", redirect(302, "/b")}, {"loop.test/b", redirect(302, "/")}};
  loop.asked = {"/", "/a", "/b"};
  cases.push_back(loop);
  HttpCase stuck = endless("stuck", "/a", "/a");
  stuck.others = {{"stuck.test/a", redirect(302, "/a")}};
  stuck.asked = {"/", "/a"};
  cases.push_back(stuck);
  HttpCase chain = endless("chain", "/1", "/6");
  for (int i = 1; i <= 7; ++i) {
    chain.others["chain.test/" + std::to_string(i)] = redirect(302, "/" + std::to_string(i + 1));
    if (i <= 5) chain.asked.push_back("/" + std::to_string(i));
  }
  cases.push_back(chain);
  HttpCase five = within("five", "/1", "/5");
  five.asked = {"/"};
  for (int i = 1; i <= 5; ++i) {
    if (i < 5) five.others["five.test/" + std::to_string(i)] = redirect(302, "/" + std::to_string(i + 1));
    five.asked.push_back("/" + std::to_string(i));
  }
  cases.push_back(five);
  expect_cases(cases);
}

TEST(HttpRedirects, AcrossHostsAreCountedAsWell) {
  const auto host = [](int i) { return "hop" + std::to_string(i) + ".test/"; };
  HttpCase hop{.name = "hop0",
               .reply = redirect(302, "http://" + host(1)),
               .row = {.status = 302, .redirect_to = "http://" + host(1)}};
  for (int i = 1; i <= 5; ++i) {
    const std::string next = "http://" + host(i + 1);
    hop.others[host(i)] = redirect(302, next);
    hop.also["http://" + host(i)] = {.status = 302, .redirect_to = next};
  }
  Row& last = hop.also["http://" + host(5)];
  last.outcome = "failed";
  last.error = "too_many_redirects";
  expect_cases({hop});
}

TEST(HttpRedirects, CountWhateverBodyTheyHave) {
  std::vector<HttpCase> cases;
  const auto with_body = [&](const std::string& name, Reply reply) {
    HttpCase each = within(name, "/to", "/to");
    each.reply = std::move(reply);
    cases.push_back(each);
  };
  with_body("body", {http(302, "Location: /to\r\nContent-Type: text/html\r\n", "<title>moved</title>")});
  with_body("chunked", {"HTTP/1.1 302 X\r\nLocation: /to\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"});
  // What a browser never looks at cannot be wrong.
  with_body("broken-gzip", {http(302, "Location: /to\r\nContent-Encoding: gzip\r\n", "moved")});
  with_body("short", {"HTTP/1.1 302 X\r\nLocation: /to\r\nContent-Length: 100\r\n\r\nmoved"});
  with_body("reset", {"HTTP/1.1 302 X\r\nLocation: /to\r\nContent-Length: 100\r\n\r\nmoved", Then::kReset});
  with_body("folded", {"HTTP/1.1 302 X\r\nLocation:\r\n /to\r\nContent-Length: 0\r\n\r\n"});
  with_body("same-twice", {http(302, "Location: /to\r\nLocation: /to\r\n")});
  with_body("blank-before-colon", {http(302, "Location : /to\r\n")});
  expect_cases(cases);
}

TEST(HttpRedirects, CountWhenTheirBodyNeverEnds) {
  HttpCase hangs = within("hangs", "/to", "/to");
  hangs.reply = {"HTTP/1.1 302 X\r\nLocation: /to\r\nContent-Length: 100\r\n\r\nmoved", Then::kHold};
  expect_cases({hangs}, {{"fetch.timeout", "1.0"}});
}

TEST(HttpRedirects, ToItselfWithACookieIsAskedForOnceMoreWithThat) {
  std::mutex mutex;
  std::vector<std::string> asked;  // "host/target cookies"
  const net::RawServer server([&](const net::Peer& peer) {
    for (std::string head = peer.read_head(); !head.empty(); head = peer.read_head()) {
      const auto between = [&head](const std::string& before, const std::string& after) {
        const std::size_t at = head.find(before);
        if (at == std::string::npos) return std::string();
        return head.substr(at + before.size(), head.find(after, at + before.size()) - at - before.size());
      };
      const std::string target = between("GET ", " ");
      const std::string host = between("\r\nHost: ", "\r\n");
      const std::string cookies = between("\r\nCookie: ", "\r\n");
      if (target == "/robots.txt") {
        peer.send(http(404));
        continue;
      }
      {
        const std::lock_guard lock(mutex);
        asked.push_back(host + target + " " + cookies);
      }
      const bool content = cookies == "a=b; c=d" && host == "wants.test";
      peer.send(content ? page("in")
                        : http(302, "Location: " + target + "\r\nSet-Cookie: a=b; Path=/\r\nSet-Cookie: c=d\r\n"));
    }
  });
  Daemon daemon(crawl_config(server.authority(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add("http://wants.test/1\nhttp://wants.test/2\nhttp://never.test/\n");
  daemon.wait_until_done();
  const auto rows = daemon.results();
  EXPECT_EQ(rows.at("http://wants.test/1").at("title"), "in");
  EXPECT_EQ(rows.at("http://wants.test/2").at("title"), "in");
  EXPECT_EQ(rows.at("http://wants.test/1").at("attempts"), "1");
  EXPECT_EQ(rows.at("http://never.test/").at("error"), "too_many_redirects");
  std::sort(asked.begin(), asked.end());
  EXPECT_EQ(asked, (std::vector<std::string>{"never.test/ ", "never.test/ a=b; c=d", "wants.test/1 ",
                                             "wants.test/1 a=b; c=d", "wants.test/2 ", "wants.test/2 a=b; c=d"}))
      << "a cookie is of one URL";
}

}  // namespace
}  // namespace wswp::test
