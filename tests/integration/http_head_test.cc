// What comes before the body: status lines, versions, interim answers, header bombs, and types that lie.

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/http_case.h"

namespace wswp::test {
namespace {

using Then = Reply::Then;

const std::string kHtml = "Content-Type: text/html\r\n";
const std::string kTitle = "<title>t</title>";
const std::string kRest = kHtml + "Content-Length: 16\r\n\r\n" + kTitle;

Row failed(std::string error, int status = 0, int attempts = 1) {
  return {.outcome = "failed", .status = status, .error = std::move(error), .attempts = attempts};
}

const Row kGood{.title = "t", .bytes = 16, .content_type = "text/html", .http_version = "1.1"};

TEST(HttpHeads, OfEveryVersion) {
  Row old = kGood;
  old.http_version = "1.0";
  const Row protocol = failed("protocol");
  expect_cases({
      {.name = "http11", .reply = {"HTTP/1.1 200 OK\r\n" + kRest, Then::kKeep}, .row = kGood},
      {.name = "http10", .reply = {"HTTP/1.0 200 OK\r\n" + kRest}, .row = old},
      {.name = "http10-to-the-end", .reply = {"HTTP/1.0 200 OK\r\n" + kHtml + "\r\n" + kTitle}, .row = old},
      {.name = "http10-keep-alive",
       .reply = {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + kRest, Then::kKeep},
       .row = old},
      // The connection stays open although nobody said so; the length ends the body.
      {.name = "http10-stays", .reply = {"HTTP/1.0 200 OK\r\n" + kRest, Then::kHold}, .row = old},
      {.name = "http09", .reply = {"<html>" + kTitle}, .row = protocol},
      {.name = "http12", .reply = {"HTTP/1.2 200 OK\r\n" + kRest}, .row = protocol},
      {.name = "http2", .reply = {"HTTP/2 200 OK\r\n" + kRest}, .row = protocol},
      {.name = "http2-as-curl-has-it", .reply = {"HTTP/2 200 \r\n" + kRest}, .row = protocol},
      {.name = "http20", .reply = {"HTTP/2.0 200 OK\r\n" + kRest}, .row = protocol},
      {.name = "http3", .reply = {"HTTP/3 200 OK\r\n" + kRest}, .row = protocol},
      {.name = "http9", .reply = {"HTTP/9.9 200 OK\r\n" + kRest}, .row = protocol},
      {.name = "icy", .reply = {"ICY 200 OK\r\n" + kRest}, .row = protocol},
      {.name = "ssh", .reply = {"SSH-2.0-OpenSSH_9.2\r\n"}, .row = protocol},
      {.name = "line-feeds", .reply = {"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + kTitle}, .row = kGood},
  });
}

TEST(HttpHeads, WithAStatusThatLies) {
  const auto status = [](const std::string& text) { return Reply{"HTTP/1.1 " + text + "\r\n" + kRest}; };
  const Row protocol = failed("protocol");
  const auto row = [](int number) {
    Row each = kGood;
    each.status = number;
    return each;
  };
  const auto in_trouble = [](int number) {
    Row each = failed("http_status", number, 2);
    each.title = "t";
    return each;
  };
  expect_cases({
      {.name = "no-reason", .reply = status("200"), .row = kGood},
      {.name = "blank-reason", .reply = status("200 "), .row = kGood},
      {.name = "long-reason", .reply = status("200 " + std::string(5000, 'x')), .row = kGood},
      {.name = "s203", .reply = status("203 X"), .row = row(203)},
      {.name = "s206", .reply = status("206 X\r\nContent-Range: bytes 0-15/99"), .row = row(206)},
      {.name = "s299", .reply = status("299 X"), .row = row(299)},
      {.name = "s404", .reply = status("404 X"), .row = row(404)},
      {.name = "s451", .reply = status("451 X"), .row = row(451)},
      {.name = "s499", .reply = status("499 X"), .row = row(499)},
      {.name = "s500", .reply = status("500 X"), .row = in_trouble(500)},
      {.name = "s429", .reply = status("429 X"), .row = in_trouble(429)},
      // An invalid status counts as one of 500 (RFC 9110 15).
      {.name = "s600", .reply = status("600 X"), .row = in_trouble(600)},
      {.name = "s999", .reply = status("999 X"), .row = in_trouble(999)},
      {.name = "s000", .reply = status("000 X"), .row = protocol},
      {.name = "s099", .reply = status("099 X"), .row = protocol},
      {.name = "two-digits", .reply = status("20 X"), .row = protocol},
      {.name = "four-digits", .reply = status("2000 X"), .row = protocol},
      {.name = "letters", .reply = status("OK 200"), .row = protocol},
      {.name = "none", .reply = {"HTTP/1.1\r\n" + kRest}, .row = protocol},
  });
}

TEST(HttpHeads, WithoutABody) {
  const auto bare = [](int status) { return Reply{fmt::format("HTTP/1.1 {} X\r\n\r\n", status), Then::kHold}; };
  expect_cases({
      // These end with their header, whatever it says of a length.
      {.name = "s204", .reply = bare(204), .row = {.status = 204, .bytes = 0}},
      {.name = "s304", .reply = bare(304), .row = {.status = 304, .bytes = 0}},
      {.name = "s204-length",
       .reply = {"HTTP/1.1 204 X\r\nContent-Length: 99\r\n\r\n", Then::kHold},
       .row = {.status = 204, .bytes = 0}},
      {.name = "s304-length",
       .reply = {"HTTP/1.1 304 X\r\nContent-Length: 99\r\n\r\n", Then::kHold},
       .row = {.status = 304, .bytes = 0}},
      {.name = "s204-chunked",
       .reply = {"HTTP/1.1 204 X\r\nTransfer-Encoding: chunked\r\n\r\n", Then::kHold},
       .row = {.status = 204, .bytes = 0}},
      {.name = "s204-body", .reply = {"HTTP/1.1 204 X\r\n" + kRest}, .row = {.status = 204, .bytes = 0}},
      {.name = "s304-body", .reply = {"HTTP/1.1 304 X\r\n" + kRest}, .row = {.status = 304, .bytes = 0}},
      {.name = "s205", .reply = {http(205)}, .row = {.status = 205, .bytes = 0}},
  });
}

TEST(HttpHeads, AfterInterimAnswers) {
  const std::string good = "HTTP/1.1 200 OK\r\n" + kRest;
  const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\nLocation: /wrong\r\n\r\n";
  std::string flood;
  for (int i = 0; i < 1000; ++i) flood += "HTTP/1.1 102 Processing\r\n\r\n";
  std::string deluge;
  for (int i = 0; i < 20'000; ++i) deluge += "HTTP/1.1 102 Processing\r\n\r\n";
  expect_cases({
      {.name = "s100", .reply = {"HTTP/1.1 100 Continue\r\n\r\n" + good}, .row = kGood},
      {.name = "s103", .reply = {hints + good}, .row = kGood},
      {.name = "s103-later", .reply = {hints, Then::kTail, good}, .row = kGood},
      {.name = "s103-twice", .reply = {hints + hints + good}, .row = kGood},
      {.name = "flood", .reply = {flood + good}, .row = kGood},
      {.name = "deluge", .reply = {deluge + good}, .row = failed("protocol")},
      {.name = "s101",
       .reply = {"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n" + kTitle},
       .row = failed("protocol")},
      {.name = "s101-close", .reply = {"HTTP/1.1 101 Switching\r\n\r\n"}, .row = failed("protocol")},
  });
}

TEST(HttpHeads, WhoseFirstLineGoesOn) {
  const std::string bad = "HTTP/1.1 200 OK\r\n X: y\r\n" + kRest;
  const std::string rules = "\tX: y\r\nContent-Length: 26\r\n\r\nUser-agent: *\nDisallow: /x\n";
  const Row protocol = failed("protocol");
  std::vector<HttpCase> cases{
      {.name = "blank", .reply = {bad, Then::kKeep}, .row = protocol},
      {.name = "tab", .reply = {"HTTP/1.1 200 OK\r\n\tX: y\r\n" + kRest, Then::kKeep}, .row = protocol},
      {.name = "blanks", .reply = {"HTTP/1.1 200 OK\r\n \t \r\n" + kRest}, .row = protocol, .asked = {"/", "/"}},
      {.name = "after-100", .reply = {"HTTP/1.1 100 Continue\r\n\r\n" + bad}, .row = protocol},
      {.name = "after-103", .reply = {"HTTP/1.1 103 Hints\r\nLink: </a>\r\n\r\n" + bad}, .row = protocol},
      {.name = "in-103", .reply = {"HTTP/1.1 103 Hints\r\n A: b\r\n\r\nHTTP/1.1 200 OK\r\n" + kRest}, .row = protocol},
      {.name = "robots",
       .row = failed("robots_unreachable", 0, 2),
       .asked = {},
       .others = {{"robots.test/robots.txt", {"HTTP/1.1 200 OK\r\n" + rules}}}},
  };
  for (int i = 0; i < 20; ++i) {  // handles that have served before, and those that serve after
    cases.push_back({.name = fmt::format("good{}", i), .reply = {"HTTP/1.1 200 OK\r\n" + kRest}, .row = kGood});
    cases.push_back({.name = fmt::format("bad{}", i), .reply = {bad}, .row = protocol});
  }
  expect_cases(cases);
}

TEST(HttpHeads, ThatAreBombs) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += fmt::format("X-Field-{}: {}\r\n", i, std::string(20, 'x'));
  std::string more;
  for (int i = 0; i < 30'000; ++i) more += "X-Field: xxxxxxxx\r\n";
  expect_cases({
      {.name = "many", .reply = {http(200, kHtml + many, kTitle)}, .row = kGood},
      {.name = "more", .reply = {http(200, kHtml + more, kTitle)}, .row = failed("protocol")},
      {.name = "long", .reply = {http(200, kHtml + "X: " + std::string(90'000, 'x') + "\r\n", kTitle)}, .row = kGood},
      {.name = "longer",
       .reply = {http(200, kHtml + "X: " + std::string(200'000, 'x') + "\r\n", kTitle)},
       .row = failed("protocol")},
      {.name = "nul", .reply = {http(200, kHtml + std::string("X: a\0b\r\n", 8), kTitle)}, .row = failed("protocol")},
      {.name = "no-colon", .reply = {http(200, kHtml + "nonsense\r\n", kTitle)}, .row = kGood, .asked = {"/", "/"}},
      // What the host has been found to need, its next request has from the start.
      {.name = "no-colon-robots",
       .reply = {http(200, kHtml + "nonsense\r\n", kTitle)},
       .row = kGood,
       .others = {{"no-colon-robots.test/robots.txt", {http(404, "nonsense\r\n")}}}},
      {.name = "no-colon-forbidden",
       .row = {.outcome = "disallowed", .status = 0, .attempts = 0},
       .asked = {},
       .others = {{"no-colon-forbidden.test/robots.txt", {http(200, "nonsense\r\n", "User-agent: *\nDisallow: /\n")}}}},
      {.name = "no-name", .reply = {http(200, kHtml + ": nonsense\r\n", kTitle)}, .row = kGood},
      {.name = "cookies", .reply = {http(200, kHtml + "Set-Cookie: a=b\r\n", kTitle)}, .row = kGood},
  });
}

TEST(HttpHeads, WithATypeThatLies) {
  const std::string png = "\x89PNG\r\n\x1a\n" + kTitle;
  const auto typed = [](const std::string& type, const std::string& body) {
    return Reply{http(200, "Content-Type: " + type + "\r\n", body)};
  };
  const auto row = [](const std::string& title, const std::string& type) {
    Row each = kGood;
    each.bytes.reset();
    each.title = title;
    each.content_type = type;
    return each;
  };
  // The type counts, as it does in browsers; a body is looked at only where there is none.
  expect_cases({
      {.name = "html-as-png", .reply = typed("image/png", kTitle), .row = row("", "image/png")},
      {.name = "html-as-text", .reply = typed("text/plain", kTitle), .row = row("", "text/plain")},
      {.name = "html-as-json", .reply = typed("application/json", kTitle), .row = row("", "application/json")},
      {.name = "png-as-html", .reply = typed("text/html", png), .row = row("t", "text/html")},
      {.name = "xhtml", .reply = typed("application/xhtml+xml", kTitle), .row = row("t", "application/xhtml+xml")},
      {.name = "capitals", .reply = typed("TEXT/HTML;CHARSET=utf-8", kTitle), .row = row("t", "text/html")},
      {.name = "no-type", .reply = {http(200, "", "<!doctype html>" + kTitle)}, .row = row("t", "")},
      {.name = "no-type-png", .reply = {http(200, "", png)}, .row = row("", "")},
      {.name = "empty-type", .reply = typed("", kTitle), .row = row("t", "")},
      {.name = "bad-type", .reply = typed("html", kTitle), .row = row("t", "")},
      {.name = "unknown-type", .reply = typed("x/y", kTitle), .row = row("", "x/y")},
      {.name = "two-types",
       .reply = {http(200, "Content-Type: text/plain\r\n" + kHtml, kTitle)},
       .row = row("t", "text/html")},
      {.name = "two-types-one-none",
       .reply = {http(200, kHtml + "Content-Type: nonsense\r\n", kTitle)},
       .row = row("t", "text/html")},
      {.name = "types-in-a-line", .reply = typed("image/png, text/html, */*", kTitle), .row = row("t", "text/html")},
      {.name = "any-type", .reply = typed("*/*", "<!doctype html>" + kTitle), .row = row("t", "")},
      {.name = "unknown",
       .reply = typed("unknown/unknown", "<!doctype html>" + kTitle),
       .row = row("t", "unknown/unknown")},
  });
}

}  // namespace
}  // namespace wswp::test
