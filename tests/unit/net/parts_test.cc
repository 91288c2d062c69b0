// The pure parts: hosts(5), header lines.

#include <gtest/gtest.h>

#include <string>

#include "net/head_parser.h"
#include "net/hosts_file.h"

namespace wswp::net {
namespace {

TEST(HostsFile, ReadsNamesAndPassesOverTheRest) {
  const HostsFile hosts(
      "# comment\n127.0.0.1 localhost LOCAL.example # more\n\nnonsense here\n::1\tlocalhost\r\n10.0.0.1");
  ASSERT_NE(hosts.find("localhost"), nullptr);
  EXPECT_EQ(hosts.find("localhost")->size(), 2U);
  EXPECT_NE(hosts.find("local.example"), nullptr);
  EXPECT_EQ(hosts.find("more"), nullptr);
  EXPECT_EQ(hosts.find("here"), nullptr);
}

TEST(HeadParser, KeepsTheFirstTheLastOrAll) {
  HeadParser parser;
  using State = HeadParser::State;
  for (const char* line : {"HTTP/1.1 200 OK\r\n", "Location: /1\r\n", "LOCATION:/2\r\n", "Content-Type: text/plain\r\n",
                           "content-type:  text/html ; charset=x \r\n", "X-Robots-Tag: otherbot: noindex\r\n",
                           "X-Robots-Tag: nofollow\r\n", "Link: <a>; rel=canonical\r\n", "Link: <b>\r\n",
                           "Cache-Control: no-store\r\n", "Expires: 0\r\n", "Date: today\r\n", "Age: 7\r\n",
                           "Refresh: 0; url=/r\r\n", "Retry-After: 120\r\n", "Nonsense\r\n", ": empty\r\n"}) {
    EXPECT_EQ(parser.feed(line), State::kMore);
  }
  EXPECT_EQ(parser.feed("\r\n"), State::kComplete);
  EXPECT_EQ(parser.feed("Location: /trailer\r\n"), State::kMore);
  EXPECT_EQ(parser.feed("\r\n"), State::kMore);
  const ResponseHead head = parser.head();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.location, "/1");
  EXPECT_EQ(head.content_type, "text/plain, text/html ; charset=x") << "which of them counts, html/mime.h says";
  EXPECT_EQ(head.x_robots_tag, "otherbot: noindex\nnofollow") << "lines stay apart";
  EXPECT_EQ(head.link, "<a>; rel=canonical, <b>");
  EXPECT_EQ(head.cache_control, "no-store");
  EXPECT_EQ(head.refresh, "0; url=/r");
  EXPECT_EQ(head.retry_after, "120");
  EXPECT_EQ(head.expires, "0");
  EXPECT_EQ(head.date, "today");
  EXPECT_EQ(head.age, "7");
  parser.clear();
  EXPECT_EQ(parser.head().status, 0);
  EXPECT_EQ(parser.head().location, "");
}

TEST(HeadParser, ANewStatusLineStartsANewHead) {
  HeadParser parser;
  parser.clear(true);
  parser.feed("HTTP/1.1 103 Early Hints\r\n");
  parser.feed("Link: </style.css>; rel=preload\r\n");
  EXPECT_EQ(parser.feed("\r\n"), HeadParser::State::kMore);
  parser.feed("HTTP/2 404 \r\n");
  EXPECT_EQ(parser.feed("\r\n"), HeadParser::State::kComplete);
  EXPECT_EQ(parser.head().status, 404);
  EXPECT_EQ(parser.head().link, "");
}

TEST(HeadParser, LimitsWhatItKeepsAndWhatItReads) {
  HeadParser parser;
  parser.feed("HTTP/1.1 200 OK\r\n");
  EXPECT_EQ(parser.feed("Location: " + std::string(100'000, 'x') + "\r\n"), HeadParser::State::kMore);
  EXPECT_EQ(parser.head().location, "") << "half a URL leads somewhere else";
  EXPECT_TRUE(parser.head().bad_location);
  parser.feed("Link: " + std::string(HeadParser::kMaxValue, 'x') + "\r\n");
  parser.feed("Link: y\r\n");
  EXPECT_EQ(parser.head().link, std::string(HeadParser::kMaxValue, 'x'));
  parser.feed("X: " + std::string(100'000, 'x') + "\r\n");
  EXPECT_EQ(parser.feed("X: " + std::string(100'000, 'x') + "\r\n"), HeadParser::State::kMalformed);
}

/// The state after the last of these lines.
HeadParser::State feed_all(HeadParser& parser, std::initializer_list<const char*> lines) {
  auto state = HeadParser::State::kMore;
  for (const char* line : lines) state = parser.feed(line);
  return state;
}

TEST(HeadParser, HasNoStatusBeforeItsEnd) {
  HeadParser parser;
  feed_all(parser, {"HTTP/1.1 200 OK\r\n", "Location: /\r\n"});
  EXPECT_EQ(parser.head().status, 0);
  parser.feed("\r\n");
  EXPECT_EQ(parser.head().status, 200);
}

TEST(HeadParser, TwoLocationsThatDifferAreNone) {
  HeadParser parser;
  feed_all(parser, {"HTTP/1.1 302 X\r\n", "Location: /a\r\n", "Location: /a\r\n"});
  EXPECT_FALSE(parser.head().bad_location);
  parser.feed("Location: /b\r\n");
  EXPECT_TRUE(parser.head().bad_location);
}

TEST(HeadParser, AValueMayGoOnInTheNextLine_RFC9112_5_2) {
  HeadParser parser;
  feed_all(parser, {"HTTP/1.1 302 X\r\n", "Location:\r\n", "  /to\r\n", "Link: <a>;\r\n", "\trel=next\r\n",
                    "X-Other: y\r\n", " lost\r\n", "\r\n"});
  EXPECT_EQ(parser.head().location, "/to");
  EXPECT_EQ(parser.head().link, "<a>; rel=next");
  parser.clear();
  feed_all(parser, {"HTTP/1.1 302 X\r\n", "Location: /to\r\n"});
  parser.feed(" " + std::string(HeadParser::kMaxValue, 'x'));
  EXPECT_EQ(parser.head().location, "");
  EXPECT_TRUE(parser.head().bad_location);
}

TEST(HeadParser, TheFirstLineHasNothingToGoOnWith_RFC9112_2_2) {
  using State = HeadParser::State;
  for (const char* first : {" X: y\r\n", "\tX: y\r\n", " \r\n", "\t"}) {
    HeadParser parser;
    EXPECT_EQ(feed_all(parser, {"HTTP/1.1 200 X\r\n", first}), State::kMalformed) << first;
    parser.clear();
    EXPECT_EQ(feed_all(parser, {"HTTP/1.1 103 X\r\n", "A: b\r\n", "\r\n", "HTTP/1.1 200 X\r\n", first}),
              State::kMalformed)
        << first;
    parser.clear();
    EXPECT_EQ(feed_all(parser, {"HTTP/1.1 200 X\r\n", "A: b\r\n", "\r\n", first}), State::kMore) << "a trailer";
  }
}

TEST(HeadParser, KeepsNamesAndValuesOfCookies) {
  HeadParser parser;
  feed_all(parser, {"HTTP/1.1 302 X\r\n", "Set-Cookie: a=b; Path=/; Secure\r\n", "set-cookie:c=\"d e\"\r\n",
                    "Set-Cookie: x=\r\n", "Set-Cookie: nonsense\r\n", "Set-Cookie: =y\r\n", "Set-Cookie:\r\n",
                    "Set-Cookie2: q=r\r\n", "\r\n"});
  EXPECT_EQ(parser.head().cookies, "a=b; c=\"d e\"; x=");
  parser.clear();
  EXPECT_EQ(parser.head().cookies, "");
}

TEST(HeadParser, OnlyAFirstLineIsAStatusLine) {
  HeadParser parser;
  feed_all(parser, {"HTTP/1.1 200 X\r\n", "Location: /a\r\n", "HTTP/1.1 404 X\r\n", "HTTP/1.1: y\r\n", "\r\n"});
  EXPECT_EQ(parser.head().status, 200);
  EXPECT_EQ(parser.head().location, "/a");
}

TEST(HeadParser, Http2IsNoVersionInClear) {
  using State = HeadParser::State;
  for (const char* line : {"HTTP/2 200 \r\n", "HTTP/2 200 OK\r\n", "HTTP/2.0 200 OK\r\n", "HTTP/3 200 \r\n"}) {
    HeadParser parser;
    EXPECT_EQ(parser.feed(line), State::kMalformed) << line;
  }
  HeadParser parser;
  parser.clear(true);
  EXPECT_EQ(feed_all(parser, {"HTTP/2 200 \r\n", "\r\n"}), State::kComplete);
  for (const char* line : {"HTTP/2 200 OK\r\n", "HTTP/2.0 200 OK\r\n", "HTTP/3 200 \r\n"}) {
    parser.clear(true);
    EXPECT_EQ(parser.feed(line), State::kMalformed) << line;
  }
}

/// What a header with these lines after its status line ends as.
HeadParser::State end_of(std::initializer_list<const char*> lines, const char* status = "HTTP/1.1 200 X\r\n") {
  HeadParser parser;
  parser.feed(status);
  feed_all(parser, lines);
  return parser.feed("\r\n");
}

TEST(HeadParser, LengthsAreDigitsAndOneNumber_RFC9112_6_3) {
  using State = HeadParser::State;
  EXPECT_EQ(end_of({"Content-Length: 5, 5\r\n", "Content-Length: 5\r\n"}), State::kComplete);
  EXPECT_EQ(end_of({"content-length:\t18 \r\n"}), State::kComplete);
  EXPECT_EQ(end_of({"Content-Length: 5\r\n", "Content-Length: 6\r\n"}), State::kMalformed);
  for (const char* line :
       {"Content-Length: 5,6\r\n", "Content-Length: 30s\r\n", "Content-Length: 0x12\r\n", "Content-Length: +18\r\n",
        "Content-Length: -18\r\n", "Content-Length: 18 5\r\n", "Content-Length: 1e1\r\n", "Content-Length: 18.0\r\n",
        "Content-Length: 18;\r\n", "Content-Length: 18,\r\n", "Content-Length: ,18\r\n", "Content-Length: 18,,18\r\n",
        "Content-Length: \"18\"\r\n", "Content-Length: ١٨\r\n", "Content-Length: 1_8\r\n",
        "Content-Length: 18\r, 18\r\n", "Content-Length: 18,\r18\r\n"}) {
    EXPECT_EQ(end_of({line}), State::kMalformed) << line;
    EXPECT_EQ(end_of({line}, "HTTP/1.1 404 X\r\n"), State::kMalformed) << line;
    EXPECT_EQ(end_of({line, "Transfer-Encoding: chunked\r\n"}), State::kComplete) << line << "chunks win";
    EXPECT_EQ(end_of({"Transfer-Encoding: chunked\r\n", line}), State::kComplete) << line << "chunks win";
    EXPECT_EQ(end_of({line}, "HTTP/1.1 204 X\r\n"), State::kComplete) << line << "there is no body";
    EXPECT_EQ(end_of({line}, "HTTP/1.1 304 X\r\n"), State::kComplete) << line << "there is no body";
  }
}

TEST(HeadParser, FramingThatGoesOnInTheNextLineIsNotWhatLibcurlHasRead_RFC9112_5_2) {
  using State = HeadParser::State;
  const struct {
    std::initializer_list<const char*> lines;
    State state;
    bool folded, sound;
  } kCases[] = {
      {{"Content-Length:\r\n", " 18\r\n"}, State::kMalformed, true, true},
      {{"Content-Length: 18,\r\n", "\t18\r\n"}, State::kMalformed, true, true},
      {{"Content-Length: 1\r\n", " 8\r\n"}, State::kMalformed, true, false},
      {{"Content-Length: 18\r\n", " , 19\r\n"}, State::kMalformed, true, false},
      {{"Transfer-Encoding:\r\n", " chunked\r\n"}, State::kMalformed, true, true},
      {{"Transfer-Encoding: chunked\r\n", " , gzip\r\n"}, State::kMalformed, true, false},
      {{"Content-Encoding:\r\n", " \r\n", " gzip\r\n"}, State::kMalformed, true, true},
      {{"Content-Length: 18\r\n", " \r\n"}, State::kComplete, false, true},
      {{"Content-Length: 18\r\n", "X: y\r\n", " 19\r\n"}, State::kComplete, false, true},
  };
  for (const auto& c : kCases) {
    HeadParser parser;
    parser.feed("HTTP/1.1 200 X\r\n");
    feed_all(parser, c.lines);
    EXPECT_EQ(parser.framing().folded, c.folded) << *c.lines.begin();
    EXPECT_EQ(parser.framing().sound(), c.sound) << *c.lines.begin();
    EXPECT_EQ(parser.feed("\r\n"), c.state) << *c.lines.begin();
  }
}

TEST(HeadParser, ChunkedIsTheLastTransferCoding_RFC9112_6_1) {
  using State = HeadParser::State;
  for (const char* line :
       {"Transfer-Encoding: chunked\r\n", "Transfer-Encoding: CHUNKED\r\n", "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: , chunked,\r\n", "Transfer-Encoding: gzip\r\n", "Transfer-Encoding:\r\n"}) {
    EXPECT_EQ(end_of({line}), State::kComplete) << line;
  }
  for (const char* line : {"Transfer-Encoding: chunked, gzip\r\n", "Transfer-Encoding: chunked, chunked\r\n",
                           "Transfer-Encoding: gzip, chunked, identity\r\n"}) {
    EXPECT_EQ(end_of({line}), State::kMalformed) << line;
  }
  EXPECT_EQ(end_of({"Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n"}), State::kMalformed);
  EXPECT_EQ(end_of({"Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n"}), State::kComplete);
}

TEST(HeadParser, CodingsThatBrowsersKnowAreDecoded) {
  const auto decodable = [](std::initializer_list<const char*> lines) {
    HeadParser parser;
    feed_all(parser, {"HTTP/1.1 200 X\r\n"});
    feed_all(parser, lines);
    return parser.framing().decodable();
  };
  for (const char* line :
       {"X: y\r\n", "Content-Encoding:\r\n", "Content-Encoding: gzip\r\n", "Content-Encoding: X-GZip\r\n",
        "Content-Encoding: deflate, gzip\r\n", "Content-Encoding: br\r\n", "Content-Encoding: ,zstd ,\r\n",
        "Content-Encoding: identity\r\n", "Content-Encoding: none\r\n"}) {
    EXPECT_TRUE(decodable({line})) << line;
  }
  for (const char* line : {"Content-Encoding: UTF-8\r\n", "Content-Encoding: binary\r\n", "Content-Encoding: gzipp\r\n",
                           "Content-Encoding: aws-chunked\r\n", "Content-Encoding: gzip, utf-8\r\n",
                           "Content-Encoding: gzip;q=1\r\n", "Content-Encoding: compress\r\n"}) {
    EXPECT_FALSE(decodable({line})) << line;
  }
  EXPECT_FALSE(decodable({"Content-Encoding: aws-chunked\r\n", "Content-Encoding: gzip\r\n"}));
}

}  // namespace
}  // namespace wswp::net
