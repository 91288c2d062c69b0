#include "http1_answers.h"

#include <algorithm>

#include <fmt/format.h>
#include <xxhash.h>

#include "bodies.h"
#include "mutation.h"

namespace wswp::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kHealthy = "well", kRobots = "/robots.txt";

std::string status_line(Dice& dice) {
  if (dice.percent(65)) return "HTTP/1.1 200 OK\r\n";
  if (dice.percent(50)) {
    const std::string_view version = choose(dice, {"1.1"sv, "1.1"sv, "1.0"sv});
    return fmt::format("HTTP/{} {} X\r\n", version,
                       choose(dice, {"204"sv, "206"sv, "301"sv, "302"sv, "303"sv, "304"sv, "307"sv, "308"sv, "400"sv,
                                     "401"sv, "404"sv, "407"sv, "416"sv, "429"sv, "500"sv, "503"sv, "999"sv}));
  }
  return std::string(choose(dice, {"HTTP/2 200\r\n"sv,
                                   "HTTP/1.2 200 OK\r\n"sv,
                                   "HTTP/9.9 200 OK\r\n"sv,
                                   "HTTP/1.1 2000 OK\r\n"sv,
                                   "HTTP/1.1 20\r\n"sv,
                                   "HTTP/1.1 000 X\r\n"sv,
                                   "HTTP/1.1 099 X\r\n"sv,
                                   "HTTP/1.1  200 OK\r\n"sv,
                                   "HTTP/1.1\t200 OK\r\n"sv,
                                   "http/1.1 200 OK\r\n"sv,
                                   "ICY 200 OK\r\n"sv,
                                   ""sv,
                                   "\r\n\r\nHTTP/1.1 200 OK\r\n"sv,
                                   "HTTP/1.1 -200 OK\r\n"sv,
                                   "HTTP/1.1 200\r\n"sv,
                                   "HTTP/1.1 200 OK\n"sv,
                                   "HTTP/1.1 200 OK\r"sv,
                                   "HTTP/01.01 200 OK\r\n"sv,
                                   "HTTP/1.1 101 Switching\r\n"sv,
                                   "HTTP/1.1 200 \0\r\n"sv,
                                   "HTTP/1.\r\n"sv,
                                   "HTTP/1.1 200 OK\r\nHTTP/1.1 404 X\r\n"sv,
                                   "SSH-2.0-OpenSSH_9\r\n"sv,
                                   "RTSP/1.0 200 OK\r\n"sv,
                                   " HTTP/1.1 200 OK\r\n"sv,
                                   "HTTP/1.1 200 \x80\xff\r\n"sv}));
}

std::string large_field(Dice& dice) {
  switch (dice.below(4)) {
    case 0:
      return "X-Long: " + std::string(dice.between(1, 200'000), 'a') + "\r\n";
    case 1: {
      std::string lines;
      for (std::size_t i = dice.between(1, 4000); i > 0; --i) lines += fmt::format("X-{}: {:060}\r\n", i, i);
      return lines;
    }
    case 2: {
      std::string folds = "X-Folded: a";
      for (std::size_t i = dice.between(1, 4000); i > 0; --i) folds += "\r\n b";
      return folds + "\r\n";
    }
    default:
      return "Set-Cookie: a=" + std::string(dice.between(1, 20'000), 'b') + "; domain=test; path=/\r\n";
  }
}

std::string odd_field(Dice& dice) {
  if (dice.percent(6)) return large_field(dice);
  return std::string(choose(dice, {" X: y\r\n"sv,
                                   "\tX: y\r\n"sv,
                                   " \r\n"sv,
                                   "X: a\r\n b\r\n\tc\r\n"sv,
                                   "X\r\n"sv,
                                   ": empty\r\n"sv,
                                   "X : y\r\n"sv,
                                   "X: \0\r\n"sv,
                                   "X\0Y: z\r\n"sv,
                                   "X: a\rb\r\n"sv,
                                   "X: a\n"sv,
                                   "X: a\r\r\n"sv,
                                   "X: \xff\xfe\r\n"sv,
                                   "X:\r\n"sv,
                                   "Content-Length:\r\n 18\r\n"sv,
                                   "Content-Length : 5\r\n"sv,
                                   "Content-Length: +5\r\n"sv,
                                   "Content-Length: 5, 5\r\n"sv,
                                   "Content-Length: 99999999999999999999\r\n"sv,
                                   "Content-Length: -1\r\n"sv,
                                   "Content-Length: 5\r\n"sv,
                                   "Content-Length: 0x12\r\n"sv,
                                   "Content-Length:\r\n"sv,
                                   "Transfer-Encoding:\r\n chunked\r\n"sv,
                                   "Transfer-Encoding: chunked\r\n"sv,
                                   "Transfer-Encoding: chunked, chunked\r\n"sv,
                                   "Transfer-Encoding: chunked, gzip\r\n"sv,
                                   "Transfer-Encoding: gzip, chunked\r\n"sv,
                                   "Transfer-Encoding: identity\r\n"sv,
                                   "Transfer-Encoding: xchunked\r\n"sv,
                                   "Transfer-Encoding: ,\r\n"sv,
                                   "Connection: close\r\n"sv,
                                   "Connection: keep-alive\r\n"sv,
                                   "Connection: upgrade\r\nUpgrade: h2c\r\n"sv,
                                   "Connection: \r\n"sv,
                                   "Keep-Alive: timeout=0\r\n"sv,
                                   "Proxy-Connection: close\r\n"sv,
                                   "Location: /f/moved\r\n"sv,
                                   "Location: //h9.fuzz.test/f/\r\n"sv,
                                   "Location: http://[\r\n"sv,
                                   "Location:\r\n"sv,
                                   "Location: /f/a\r\nLocation: /f/b\r\n"sv,
                                   "Location: \xff/\r\n"sv,
                                   "Location: javascript:0\r\n"sv,
                                   "Location: ?\r\n"sv,
                                   "Location: http://h8.fuzz.test:0/\r\n"sv,
                                   "Location: https://h8.fuzz.test\\@x/\r\n"sv,
                                   "Set-Cookie: a=b; expires=Thu, 99 Foo 99999 99:99:99 GMT\r\n"sv,
                                   "Set-Cookie: ;=;\r\n"sv,
                                   "Set-Cookie: __Host-a=b; domain=\r\n"sv,
                                   "Alt-Svc: h3=\":443\"; ma=9999999999\r\n"sv,
                                   "Alt-Svc: clear\r\n"sv,
                                   "Strict-Transport-Security: max-age=99999999999\r\n"sv,
                                   "WWW-Authenticate: Digest realm=\"\r\n"sv,
                                   "WWW-Authenticate: Basic, NTLM TlRMTVNTUAACAAAA, Negotiate ====\r\n"sv,
                                   "Proxy-Authenticate: Basic\r\n"sv,
                                   "Content-Type: text/html; charset=\"\xe9\xff\x1b[2J\"\r\n"sv,
                                   "Content-Type: ,,text/html;;;charset\r\n"sv,
                                   "Content-Type: text/html\r\nContent-Type: */*\r\n"sv,
                                   "Content-Type: image/png\r\n"sv,
                                   "Content-Type:\r\n"sv,
                                   "Content-Encoding: gzip\r\n"sv,
                                   "Content-Encoding: br\r\n"sv,
                                   "Content-Encoding: aws-chunked\r\n"sv,
                                   "Content-Encoding: deflate, gzip, br, deflate, gzip, br\r\n"sv,
                                   "Content-Range: bytes 0-5/*\r\n"sv,
                                   "Link: <\r\n"sv,
                                   "Link: </f/l>; rel=\"next\", <\xff>;rel=x;;;\r\n"sv,
                                   "Refresh: 0;url='/f/r\r\n"sv,
                                   "X-Robots-Tag: ,:,nofollow\r\n"sv,
                                   "Trailer: Content-Length\r\n"sv,
                                   "Expires: 0\r\n"sv,
                                   "Date: never\r\n"sv,
                                   "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n"sv,
                                   "Content-Disposition: attachment; filename=\"\r\n"sv}));
}

std::string interim(Dice& dice) {
  if (!dice.percent(12)) return "";
  const std::string one(
      choose(dice, {"HTTP/1.1 100 Continue\r\n\r\n"sv, "HTTP/1.1 103 Early\r\nLink: </f/e>\r\n\r\n"sv,
                    "HTTP/1.1 102 \r\nContent-Length: 3\r\n\r\n"sv, "HTTP/1.0 199\r\n X: y\r\n\r\n"sv}));
  std::string all;
  for (std::size_t i = dice.percent(10) ? dice.between(100, 6000) : dice.between(1, 3); i > 0; --i) all += one;
  return all;
}

std::string chunk_size(Dice& dice, std::size_t size) {
  if (dice.percent(90)) return fmt::format("{:x}", size);
  switch (dice.below(5)) {
    case 0:
      return fmt::format("{:x}", size + dice.between(1, 10));
    case 1:
      return fmt::format("{:020x}", size);
    case 2:
      return fmt::format("{:X} ; a=\"\r\n\"", size);
    case 3:
      return fmt::format("{:x};{}", size, std::string(dice.below(20'000), 'e'));
    default:
      return std::string(
          choose(dice, {"ffffffffffffffff"sv, "7fffffffffffffff"sv, "-1"sv, ""sv, "0x5"sv, "g"sv, " 5"sv}));
  }
}

std::string chunked(Dice& dice, std::string_view body) {
  std::string out;
  const std::size_t step = dice.percent(20) ? 1 + body.size() / 2000 : dice.between(1 + body.size() / 2000, 9000);
  const bool sloppy = dice.percent(30);
  for (std::size_t at = 0; at < body.size(); at += step) {
    const std::string_view piece = body.substr(at, step);
    out += sloppy ? chunk_size(dice, piece.size()) : fmt::format("{:x}", piece.size());
    out += "\r\n";
    out += piece;
    out += sloppy ? choose(dice, {"\r\n"sv, "\r\n"sv, "\n"sv, ""sv}) : "\r\n"sv;
  }
  out +=
      choose(dice, {"0\r\n\r\n"sv, "0\r\n\r\n"sv, "0\r\n\r\n"sv, "0\r\nX: y\r\n\r\n"sv, "0\r\n X\r\n\r\n"sv, "0\r\n"sv,
                    "0"sv, ""sv, "00000\n\n"sv, "0\r\nX\0: y\r\n\r\n"sv, "0\r\nContent-Length: 5\r\n\r\n"sv});
  return out;
}

/// The head is complete; with it come the framing of the body and the body itself.
void add_body(Dice& dice, std::string& head, std::string body, bool& must_close) {
  if (dice.percent(20)) {
    Coded packed = coded(dice, body);
    head += fmt::format("Content-Encoding: {}\r\n", packed.coding);
    body = std::move(packed.bytes);
  }
  switch (dice.below(8)) {
    case 0:
    case 1:
      head += "Transfer-Encoding: chunked\r\n";
      body = chunked(dice, body);
      break;
    case 2:
      must_close = true;  // the end of the connection ends the body
      break;
    case 3: {
      const std::size_t off = dice.between(1, 100);
      head += fmt::format("Content-Length: {}\r\n", dice.percent(50) ? body.size() + off : body.size() / 2);
      must_close = true;
      break;
    }
    default:
      head += fmt::format("Content-Length: {}\r\n", body.size());
  }
  head += "\r\n";
  head += body;
}

std::string whole_answer(Dice& dice, const Asked& asked, bool& must_close) {
  std::string bytes = interim(dice);
  const std::string status = status_line(dice);
  bytes += status;
  const bool is_redirect = status.find(" 30") != std::string::npos;
  std::vector<std::string> fields;
  if (dice.percent(80)) fields.emplace_back("Content-Type: text/html; charset=utf-8\r\n");
  if (is_redirect && dice.percent(60)) fields.push_back(fmt::format("Location: /f/{}\r\n", dice.below(20)));
  for (std::size_t i = dice.percent(60) ? dice.between(1, 3) : 0; i > 0; --i) {
    std::string field = odd_field(dice);
    fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(dice.below(fields.size() + 1)), std::move(field));
  }
  for (const std::string& field : fields) bytes += field;
  add_body(dice, bytes, asked.target == kRobots ? any_robots(dice) : any_body(dice, asked.host), must_close);
  return bytes;
}

End end_of(Dice& dice, bool must_close) {
  if (!must_close && dice.percent(60)) return End::kRest;
  if (dice.percent(85)) return End::kClose;
  return dice.percent(70) ? End::kReset : End::kHold;
}

}  // namespace

std::uint64_t seed_of(std::uint64_t seed, const Asked& asked) {
  const std::string key = fmt::format("{} {} {}", asked.host, asked.target, asked.attempt);
  return XXH3_64bits_withSeed(key.data(), key.size(), seed);
}

Delivery http1_answer(std::uint64_t seed, const Asked& asked) {
  Dice dice(seed_of(seed, asked));
  bool must_close = false;
  if (asked.target == kRobots && dice.percent(60)) return healthy_http1_answer(asked);
  std::string bytes = whole_answer(dice, asked, must_close);
  if (dice.percent(35)) {
    bool ignored = false;
    const std::string other = dice.percent(30) ? whole_answer(dice, asked, ignored) : "";
    mutate(dice, bytes, dice.between(1, 5), other);
    must_close = true;  // else most of them would keep the client waiting
  }
  if (dice.percent(8)) {
    bytes.resize(dice.below(bytes.size() + 1));
    must_close = true;
  }
  if (dice.percent(5)) bytes += dice.percent(50) ? "HTTP/1.1 200 OK\r\n\r\n" : noise(dice, dice.between(1, 400));
  Delivery delivery;
  delivery.pieces = cut(dice, bytes);
  delivery.pause_ms = dice.percent(10) && delivery.pieces.size() < 10 ? 3 : 0;
  delivery.end = end_of(dice, must_close);
  return delivery;
}

std::string healthy_title(const Asked& asked) {
  return asked.host + asked.target;
}

bool is_healthy(std::string_view host) {
  return host.starts_with(kHealthy);
}

Delivery healthy_http1_answer(const Asked& asked) {
  Delivery delivery;
  if (asked.target == kRobots) {
    delivery.append("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    return delivery;
  }
  const std::string body = good_page(healthy_title(asked));
  delivery.append(
      fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{}", body.size(), body));
  return delivery;
}

}  // namespace wswp::fuzz
