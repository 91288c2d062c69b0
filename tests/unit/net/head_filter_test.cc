#include "net/head_filter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "net/head_parser.h"

namespace wswp::net {
namespace {

struct Case {
  std::string from, to;
};

const std::vector<Case> kCases{
    // What is right passes as it is.
    {"HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nok",
     "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nok"},
    {"HTTP/1.0 200 OK\nA: b\n\nok\n\nHTTP/1.1 x", "HTTP/1.0 200 OK\r\nA: b\r\n\r\nok\n\nHTTP/1.1 x"},
    // RFC 9112 5.2: a value that goes on in the next line
    {"HTTP/1.1 200 OK\r\nContent-Length:\r\n 18\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n"},
    {"HTTP/1.1 200 OK\r\nA: b\r\n \t c\r\n\td\r\nE: f\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b c d\r\nE: f\r\n\r\n"},
    {"HTTP/1.1 200 OK\r\nA: b\r\n \r\nE: f\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b \r\nE: f\r\n\r\n"},
    // RFC 9112 2.2: the first one has none to go on with
    {"HTTP/1.1 200 OK\r\n A: b\r\n\r\n", "HTTP/1.1 200 OK\r\n A: b\r\n\r\n"},
    {"HTTP/1.1 200 OK\r\n \t\r\nA: b\r\n\r\n", "HTTP/1.1 200 OK\r\n \t\r\nA: b\r\n\r\n"},
    {"HTTP/1.1 200 OK\r\n nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\n nonsense\r\n\r\n"},
    // lines without a colon
    {"HTTP/1.1 200 OK\r\nnonsense\r\nA: b\r\nmore\r\n\r\nok", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nok"},
    {"HTTP/1.1 200 OK\r\nnonsense\r\n goes on: here\r\n\r\n", "HTTP/1.1 200 OK\r\nnonsense goes on: here\r\n\r\n"},
    {std::string("HTTP/1.1 200 OK\r\na\0b\r\n\r\n", 25), std::string("HTTP/1.1 200 OK\r\na\0b\r\n\r\n", 25)},
    // RFC 9112 6.3: lengths beside a transfer coding
    {"HTTP/1.1 200 OK\r\nContent-Length: many\r\nTransfer-Encoding: chunked\r\n\r\n",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"},
    {"HTTP/1.1 200 OK\r\ntransfer-encoding:\r\n chunked\r\ncontent-length : 5\r\n\r\n",
     "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"},
    {"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"},
    // interim answers, and what switches to another protocol
    {"HTTP/1.1 103 X\r\nnonsense\r\n\r\nHTTP/1.1 200 OK\r\nnonsense\r\n\r\nno: 1\r\n 2",
     "HTTP/1.1 103 X\r\n\r\nHTTP/1.1 200 OK\r\n\r\nno: 1\r\n 2"},
    {"HTTP/1.1 101 X\r\n\r\nHTTP/1.1\r\nnonsense\r\n", "HTTP/1.1 101 X\r\n\r\nHTTP/1.1\r\nnonsense\r\n"},
    // what is no header of HTTP/1, or only a part of one
    {"<html>\r\nnonsense\r\n\r\n", "<html>\r\nnonsense\r\n\r\n"},
    {"HTTP/2 200 OK\r\nnonsense\r\n\r\n", "HTTP/2 200 OK\r\nnonsense\r\n\r\n"},
    {"HTTP/1.1 200 OK\r\nnonsense\r\nA: b\r\nConte", "HTTP/1.1 200 OK\r\nA: b\r\n"},
    {"HTTP/1.1 200", "HTTP/1.1 200"},
    {"HT", "HT"},
    {"", ""},
};

TEST(HeadFilter, LeavesWhatLibcurlReadsAsBrowsersDo) {
  for (const Case& each : kCases) {
    HeadFilter filter;
    std::string out;
    filter.feed(each.from, out);
    filter.finish(out);
    EXPECT_EQ(out, each.to);
  }
}

TEST(HeadFilter, DoesNotCareWhereItsPiecesEnd) {
  for (const Case& each : kCases) {
    for (std::size_t size = 1; size < 8; ++size) {
      HeadFilter filter;
      std::string out;
      for (std::size_t at = 0; at < each.from.size(); at += size) filter.feed(each.from.substr(at, size), out);
      filter.finish(out);
      EXPECT_EQ(out, each.to) << size;
    }
  }
}

TEST(HeadFilter, GivesUpOnAnEndlessHeader) {
  HeadFilter filter;
  std::string out;
  std::string in = "HTTP/1.1 200 OK\r\n";
  while (in.size() <= 2 * HeadParser::kMaxHead) in += "nonsense\r\n";
  filter.feed(in, out);
  EXPECT_EQ(out, in) << "nothing is held back";
}

}  // namespace
}  // namespace wswp::net
