// Bodies: how they are framed, compressed and cut, and what becomes of those that are not as they say.

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "support/http_case.h"

namespace wswp::test {
namespace {

using Then = Reply::Then;

const std::string kHtml = "Content-Type: text/html\r\n";
const std::string kPage = "<title>t</title>" + std::string(2000, '.');

constexpr int kGzip = 31;  // zlib's window bits
constexpr int kZlib = 15;
constexpr int kRaw = -15;

std::string compressed(const std::string& text, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string input = text;
  std::string output(deflateBound(&stream, input.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
  deflate(&stream, Z_FINISH);
  output.resize(stream.total_out);
  deflateEnd(&stream);
  return output;
}

/// A number of `count` bytes, the lowest first.
std::string little_endian(std::uint32_t number, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xffU);
  return bytes;
}

/// Of at most 64 KiB, stored in one uncompressed meta-block (RFC 7932 9.2).
std::string brotli(const std::string& text) {
  return little_endian(static_cast<std::uint32_t>(text.size() - 1) << 4U | 1U << 20U, 3) + text + "\x03";
}

/// A frame of one raw block (RFC 8878 3.1.1) of at most 64 KiB.
std::string zstd(const std::string& text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  return "\x28\xb5\x2f\xfd\x60" + little_endian(size - 256, 2) + little_endian(size << 3U | 1U, 3) + text;
}

Reply coded(const std::string& coding, const std::string& body) {
  return {http(200, kHtml + "Content-Encoding: " + coding + "\r\n", body)};
}

std::int64_t size_of(const std::string& text) {
  return static_cast<std::int64_t>(text.size());
}

const Row kWhole{.title = "t", .bytes = size_of(kPage), .content_type = "text/html"};

/// `title`: of what there was of the page.
Row failed(std::string error, int attempts = 1, int status = 200, std::string title = "") {
  return {.outcome = "failed",
          .status = status,
          .error = std::move(error),
          .title = std::move(title),
          .attempts = attempts};
}

TEST(HttpBodies, AreDecoded) {
  const std::string gzip = compressed(kPage, kGzip);
  const std::string first_half = http(200, kHtml + "Content-Encoding: gzip\r\n", gzip).substr(0, 200);
  expect_cases({
      {.name = "gzip", .reply = coded("gzip", gzip), .row = kWhole},
      {.name = "x-gzip", .reply = coded("X-GZIP", gzip), .row = kWhole},
      {.name = "zlib", .reply = coded("deflate", compressed(kPage, kZlib)), .row = kWhole},
      {.name = "raw", .reply = coded("deflate", compressed(kPage, kRaw)), .row = kWhole},
      {.name = "br", .reply = coded("br", brotli(kPage)), .row = kWhole},
      {.name = "zstd", .reply = coded("zstd", zstd(kPage)), .row = kWhole},
      {.name = "identity", .reply = coded("identity", kPage), .row = kWhole},
      {.name = "twice", .reply = coded("gzip, br", brotli(gzip)), .row = kWhole},
      {.name = "two-fields",
       .reply = coded("deflate\r\nContent-Encoding: gzip", compressed(compressed(kPage, kZlib), kGzip)),
       .row = kWhole},
      {.name = "in-chunks",
       .reply = {fmt::format("HTTP/1.1 200 X\r\n{}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "4\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                             kHtml, gzip.substr(0, 4), gzip.size() - 4, gzip.substr(4))},
       .row = kWhole},
      {.name = "to-the-end",
       .reply = {"HTTP/1.1 200 X\r\n" + kHtml + "Content-Encoding: gzip\r\n\r\n" + gzip},
       .row = kWhole},
      {.name = "empty", .reply = coded("gzip", ""), .row = {.bytes = 0}},
      {.name = "no-content", .reply = {"HTTP/1.1 204 X\r\nContent-Encoding: gzip\r\n\r\n"}, .row = {.status = 204}},
      // What follows the end of the data is no part of it.
      {.name = "garbage", .reply = coded("gzip", gzip + "garbage"), .row = kWhole},
      {.name = "garbage-zlib", .reply = coded("deflate", compressed(kPage, kZlib) + "garbage"), .row = kWhole},
      {.name = "garbage-br", .reply = coded("br", brotli(kPage) + "garbage"), .row = kWhole},
      {.name = "garbage-later",
       .reply = {"HTTP/1.1 200 X\r\n" + kHtml + "Content-Encoding: gzip\r\n\r\n" + gzip, Then::kTail, "garbage"},
       .row = kWhole},
  });
}

TEST(HttpBodies, ThatAreNotWhatTheirCodingSaysAreErrors) {
  const std::string gzip = compressed(kPage, kGzip);
  std::string broken = gzip;
  broken[broken.size() / 2] = static_cast<char>(broken[broken.size() / 2] ^ 0x55);
  std::string wrong_sum = gzip;
  wrong_sum[wrong_sum.size() - 6] = static_cast<char>(wrong_sum[wrong_sum.size() - 6] ^ 0x55);
  const Row encoding = failed("encoding");
  expect_cases({
      {.name = "plain-gzip", .reply = coded("gzip", kPage), .row = encoding},
      {.name = "plain-deflate", .reply = coded("deflate", kPage), .row = encoding},
      {.name = "plain-br", .reply = coded("br", kPage), .row = encoding},
      {.name = "plain-zstd", .reply = coded("zstd", kPage), .row = encoding},
      {.name = "broken", .reply = coded("gzip", broken), .row = encoding},
      {.name = "sum", .reply = coded("gzip", wrong_sum), .row = failed("encoding", 1, 200, "t")},
      {.name = "many",
       .reply = coded("gzip, gzip, gzip, gzip, gzip, gzip, gzip", gzip),
       .row = failed("encoding", 1, 0)},
      {.name = "cut-wire",
       .reply = {http(200, kHtml + "Content-Encoding: gzip\r\n", gzip + std::string(100, 'x')).substr(0, 120)},
       .row = failed("partial", 2, 200, "t")},
  });
}

TEST(HttpBodies, WhoseCodingNobodyKnowsAreTakenAsTheyCome) {
  std::vector<HttpCase> cases;
  for (const char* coding :
       {"UTF-8", "none", "binary", "aws-chunked", "rot13", "compress", "gzip, utf-8", "utf-8, gzip"}) {
    cases.push_back({.name = fmt::format("c{}", cases.size()), .reply = coded(coding, kPage), .row = kWhole});
  }
  cases.push_back({.name = "in-chunks",
                   .reply = {fmt::format("HTTP/1.1 200 X\r\n{}Content-Encoding: aws-chunked\r\n"
                                         "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                                         kHtml, kPage.size(), kPage)},
                   .row = kWhole});
  cases.push_back({.name = "robots",
                   .reply = coded("gzip", compressed(kPage, kGzip)),  // over the same connection
                   .row = kWhole,
                   .others = {{"robots.test/robots.txt",
                               {http(200, "Content-Encoding: utf-8\r\n", "User-agent: *\nAllow: /\n"), Then::kKeep}}}});
  cases.push_back({.name = "forbidden",
                   .row = {.outcome = "disallowed", .status = 0, .attempts = 0},
                   .asked = {},
                   .others = {{"forbidden.test/robots.txt",
                               {http(200, "Content-Encoding: utf-8\r\n", "User-agent: *\nDisallow: /\n")}}}});
  expect_cases(cases);
}

TEST(HttpBodies, WhoseCodingEndsEarlyAreTakenAsFarAsTheyGo) {
  // libcurl does not tell, and browsers show what there is.
  const std::string gzip = compressed(kPage, kGzip);
  Row row{.title = "t"};
  expect_cases({
      {.name = "cut-gzip", .reply = coded("gzip", gzip.substr(0, gzip.size() / 2)), .row = row},
      {.name = "cut-br", .reply = coded("br", brotli(kPage).substr(0, 1000)), .row = row},
      {.name = "cut-zstd", .reply = coded("zstd", zstd(kPage).substr(0, 1000)), .row = row},
  });
}

TEST(HttpBodies, EndWhereTheirLengthSays) {
  const std::string head = "HTTP/1.1 200 X\r\n" + kHtml;
  const auto with_length = [&](const std::string& lengths) { return Reply{head + lengths + "\r\n" + kPage}; };
  const Row whole = kWhole;
  const Row protocol = failed("protocol", 1, 0);
  Row short_row{.title = "t", .bytes = 20};
  expect_cases({
      {.name = "right", .reply = with_length(fmt::format("Content-Length: {}\r\n", kPage.size())), .row = whole},
      {.name = "too-short", .reply = with_length("Content-Length: 20\r\n"), .row = short_row},
      {.name = "too-long", .reply = with_length("Content-Length: 9999\r\n"), .row = failed("partial", 2, 200, "t")},
      {.name = "none", .reply = with_length(""), .row = whole},
      {.name = "zero", .reply = with_length("Content-Length: 0\r\n"), .row = {.bytes = 0, .content_type = "text/html"}},
      {.name = "same-twice", .reply = with_length("Content-Length: 20\r\nContent-Length: 20\r\n"), .row = short_row},
      {.name = "same-list", .reply = with_length("Content-Length: 20, 20\r\n"), .row = short_row},
      // Whether the next line goes on with it, or a transfer coding beats it, shows once it is asked for again.
      {.name = "negative", .reply = with_length("Content-Length: -20\r\n"), .row = protocol, .asked = {"/", "/"}},
      {.name = "rubbish", .reply = with_length("Content-Length: many\r\n"), .row = protocol, .asked = {"/", "/"}},
      {.name = "goes-on", .reply = with_length("Content-Length:\r\n 20\r\n"), .row = short_row, .asked = {"/", "/"}},
      {.name = "half-goes-on", .reply = with_length("Content-Length: 2\r\n 0\r\n"), .row = protocol},
      {.name = "differ", .reply = with_length("Content-Length: 20\r\nContent-Length: 30\r\n"), .row = protocol},
      {.name = "differ-list", .reply = with_length("Content-Length: 20, 30\r\n"), .row = protocol},
      {.name = "unit", .reply = with_length("Content-Length: 20s\r\n"), .row = protocol},
      {.name = "hex", .reply = with_length("Content-Length: 0x12\r\n"), .row = protocol},
      {.name = "plus", .reply = with_length("Content-Length: +20\r\n"), .row = protocol},
      {.name = "two-words", .reply = with_length("Content-Length: 20 5\r\n"), .row = protocol},
      {.name = "exponent", .reply = with_length("Content-Length: 2e1\r\n"), .row = protocol},
      {.name = "half-a-list", .reply = with_length("Content-Length: 20,\r\n"), .row = protocol},
      {.name = "empty", .reply = {head + "\r\n"}, .row = {.bytes = 0}},
      {.name = "like-head", .reply = {head + "Content-Length: 100\r\n\r\n"}, .row = failed("partial", 2)},
      // Only what stands between the lengths is the answer to the page.
      {.name = "smuggled",
       .reply = {page("page")},
       .row = {.title = "page"},
       .others = {{"smuggled.test/robots.txt", {http(404) + page("smuggled"), Then::kKeep}}}},
      {.name = "smuggled-204",
       .reply = {page("page")},
       .row = {.title = "page"},
       .others = {{"smuggled-204.test/robots.txt",
                   {"HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\n" + page("smuggled"), Then::kKeep}}}},
  });
}

TEST(HttpBodies, InChunks) {
  const std::string head = "HTTP/1.1 200 X\r\n" + kHtml + "Transfer-Encoding: chunked\r\n";
  const auto chunks = [&](const std::string& body) { return Reply{head + "\r\n" + body}; };
  const std::string title = "10\r\n<title>t</title>\r\n";
  const Row good{.title = "t", .bytes = 16};
  const Row protocol = failed("protocol");
  const Row late = failed("protocol", 1, 200, "t");
  expect_cases({
      {.name = "plain", .reply = chunks(title + "0\r\n\r\n"), .row = good},
      {.name = "trailers", .reply = chunks(title + "0\r\nLocation: /x\r\n\r\n"), .row = good},
      {.name = "extension", .reply = chunks("10;a=b\r\n<title>t</title>\r\n0\r\n\r\n"), .row = good},
      {.name = "and-length", .reply = {head + "Content-Length: 5\r\n\r\n" + title + "0\r\n\r\n"}, .row = good},
      {.name = "and-lengths",
       .reply = {head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + title + "0\r\n\r\n"},
       .row = good},
      {.name = "and-no-length", .reply = {head + "Content-Length: 5s\r\n\r\n" + title + "0\r\n\r\n"}, .row = good},
      {.name = "and-rubbish",
       .reply = {head + "Content-Length: many\r\n\r\n" + title + "0\r\n\r\n"},
       .row = good,
       .asked = {"/", "/"}},
      {.name = "goes-on",
       .reply = {"HTTP/1.1 200 X\r\n" + kHtml + "Transfer-Encoding:\r\n chunked\r\n\r\n" + title + "0\r\n\r\n"},
       .row = good,
       .asked = {"/", "/"}},
      {.name = "then-gzip",
       .reply = {"HTTP/1.1 200 X\r\n" + kHtml + "Transfer-Encoding: chunked, gzip\r\n\r\n" + title + "0\r\n\r\n"},
       .row = failed("protocol", 1, 0)},
      {.name = "twice",
       .reply = {"HTTP/1.1 200 X\r\n" + kHtml + "Transfer-Encoding: chunked, chunked\r\n\r\n" + title},
       .row = failed("protocol", 1, 0)},
      {.name = "nul-in-trailer", .reply = chunks(title + std::string("0\r\nX: a\0b\r\n\r\n", 13)), .row = late},
      {.name = "trailer-goes-on", .reply = chunks(title + "0\r\n X: y\r\n z\r\n\r\n"), .row = good},
      {.name = "http10",
       .reply = {"HTTP/1.0 200 X\r\n" + kHtml + "Transfer-Encoding: chunked\r\n\r\n" + title + "0\r\n\r\n"},
       .row = good},
      {.name = "no-hex", .reply = chunks(title + "zz\r\n"), .row = late},
      {.name = "negative", .reply = chunks("-5\r\n"), .row = protocol},
      {.name = "huge", .reply = chunks("ffffffffffffffffffff\r\n"), .row = protocol},
      {.name = "no-line-end", .reply = chunks("10\r\n<title>t</title>xx0\r\n\r\n"), .row = late},
      {.name = "not-at-all", .reply = chunks(kPage), .row = protocol},
      {.name = "cut-in-chunk", .reply = chunks("64\r\n<title>t</title>"), .row = failed("partial", 2, 200, "t")},
      {.name = "cut-between", .reply = chunks(title), .row = failed("partial", 2, 200, "t")},
      {.name = "cut-in-size", .reply = chunks(title + "1"), .row = failed("partial", 2, 200, "t")},
  });
}

TEST(HttpBodies, ThatAreTooLongAreCut) {
  const Reply bomb = coded("gzip", compressed("<title>t</title>" + std::string(10'000'000, ' '), kGzip));
  const Row cut{.title = "t", .bytes = 10'240, .truncated = true};
  const std::string start = "HTTP/1.1 200 X\r\n" + kHtml + "\r\n<title>t</title>";
  expect_cases(
      {
          {.name = "bomb", .reply = bomb, .row = cut},
          {.name = "long", .reply = {http(200, kHtml, "<title>t</title>" + std::string(20'000, '.'))}, .row = cut},
          {.name = "endless", .reply = {start, Then::kDrip, std::string(2000, '.')}, .row = cut},
          {.name = "fits",
           .reply = {http(200, kHtml, "<title>t</title>" + std::string(10'240 - 16, '.'))},
           .row = {.title = "t", .bytes = 10'240}},
      },
      {{"fetch.max_body", "\"10 KiB\""}});
}

TEST(HttpBodies, ThatDoNotEndTimeOut) {
  const std::string head = "HTTP/1.1 200 X\r\n" + kHtml;
  const Row silent = failed("timeout", 2, 0);
  expect_cases(
      {
          {.name = "drip",
           .reply = {head + "\r\n<title>t</title>", Then::kDrip, "."},
           .row = failed("timeout", 2, 200, "t")},
          {.name = "radio",
           .reply = {"HTTP/1.1 200 X\r\nContent-Type: audio/mpeg\r\n\r\n", Then::kDrip, "x"},
           .row = {.content_type = "audio/mpeg", .truncated = true}},
          {.name = "stops", .reply = {head + "Content-Length: 99\r\n\r\n.", Then::kHold}, .row = failed("timeout", 2)},
          {.name = "drip-head", .reply = {"HTTP/1.1 200 X\r\n", Then::kDrip, "X-A: b\r\n"}, .row = silent},
          {.name = "hints", .reply = {"HTTP/1.1 103 X\r\n\r\n", Then::kHold}, .row = silent},
          {.name = "silent", .reply = {"", Then::kHold}, .row = silent},
      },
      {{"fetch.timeout", "1.0"}});
}

TEST(HttpBodies, EndWithTheConnection) {
  const std::string head = "HTTP/1.1 200 X\r\n" + kHtml;
  const Row nothing = failed("reset", 2, 0);
  std::vector<HttpCase> cases{
      {.name = "no-byte", .reply = {""}, .row = nothing},
      {.name = "reset-at-once", .reply = {"", Then::kReset}, .row = nothing},
      {.name = "in-the-status", .reply = {"HTTP/1.1 2"}, .row = nothing},
      {.name = "after-the-status", .reply = {"HTTP/1.1 200 X\r\n"}, .row = nothing},
      {.name = "in-a-field", .reply = {"HTTP/1.1 200 X\r\nContent-Ty"}, .row = nothing},
      {.name = "in-a-redirect", .reply = {"HTTP/1.1 302 X\r\nLocation: /half"}, .row = nothing},
      {.name = "before-the-blank-line", .reply = {head}, .row = nothing},
      {.name = "after-the-head", .reply = {head + "\r\n"}, .row = {.bytes = 0}},
      {.name = "in-the-body", .reply = {head + "\r\n<title>t</title>"}, .row = {.title = "t", .bytes = 16}},
      {.name = "reset-in-the-body",
       .reply = {head + "Content-Length: 99\r\n\r\n<title>t</title>", Then::kReset},
       .row = failed("reset", 2, 200, "t")},
      {.name = "after-hints", .reply = {"HTTP/1.1 103 X\r\n\r\n"}, .row = nothing},
  };
  // A connection kept from robots.txt that ends is no answer; then curl asks once more on a new one.
  for (HttpCase& each : cases) each.others[each.name + ".test/robots.txt"] = {http(404, "Connection: close\r\n")};
  cases.push_back({.name = "kept", .reply = {""}, .row = nothing, .asked = {"/", "/", "/"}});
  expect_cases(cases);
}

}  // namespace
}  // namespace wswp::test
