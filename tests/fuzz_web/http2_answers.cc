#include "http2_answers.h"

#include <algorithm>

#include <fmt/format.h>

#include "bodies.h"
#include "http2_frames.h"
#include "mutation.h"

namespace wswp::fuzz {
namespace {

using namespace http2;
using namespace std::string_view_literals;

constexpr std::size_t kFrame = 16'384;        // SETTINGS_MAX_FRAME_SIZE
constexpr std::size_t kMostBody = 1'000'000;  // less than the window that libcurl grants

std::string times(std::size_t count, std::string_view bytes) {
  std::string all;
  for (; count > 0; --count) all += bytes;
  return all;
}

std::uint32_t odd_number(Dice& dice) {
  constexpr std::uint32_t kOdd[] = {0, 1, 2, 3, 5, 0x7fffffff, 0xffffffff, 0x80000000, 65535, 1U << 24};
  return kOdd[dice.below(std::size(kOdd))];
}

std::uint32_t odd_stream(Dice& dice, std::uint32_t stream) {
  return dice.percent(60) ? stream : odd_number(dice);
}

std::string odd_settings(Dice& dice) {
  std::string payload;
  for (std::size_t i = dice.below(6); i > 0; --i) {
    const std::string id{'\0', static_cast<char>(dice.below(12))};
    payload += id + u32(odd_number(dice));
  }
  if (dice.percent(20)) payload += "x";
  return frame(kSettings, dice.percent(10) ? kAck : 0, dice.percent(5) ? 1 : 0, payload);
}

std::string odd_block(Dice& dice) {
  switch (dice.below(8)) {
    case 0:
      return "\xff\xff\xff\xff\xff\x0f";  // an index that nothing has
    case 1:
      return "\x80";  // index 0
    case 2:
      return "\x3f\xe1\xff\xff\x7f";  // a huge dynamic table
    case 3:
      return std::string("\0\x7f\xff\xff\xff\x07"sv);  // a name longer than all
    case 4:
      return std::string("\x88\0\x81\xff\x81\xff"sv);  // Huffman codes that end in the middle
    case 5:
      return noise(dice, dice.between(1, 100));
    case 6:
      return "\x88" + times(dice.between(1, 3000), std::string("\x40\x01"
                                                               "a\x01"
                                                               "b"));
    default:
      return times(dice.between(1, 5000), "\xbe");
  }
}

Fields odd_fields(Dice& dice, std::size_t size) {
  Fields fields{
      {":status", std::string(choose(dice, {"200"sv, "200"sv, "200"sv, "200"sv, "204"sv, "301"sv, "304"sv, "404"sv,
                                            "421"sv, "500"sv, "101"sv, "099"sv, "2000"sv, ""sv, "abc"sv}))},
      {"content-type", "text/html"}};
  if (dice.percent(60)) {
    const std::size_t off = dice.percent(70) ? 0 : dice.between(1, 99);
    fields.emplace_back("content-length", std::to_string(size + off));
  }
  const Fields odd{{"Upper", "case"},
                   {"connection", "close"},
                   {"transfer-encoding", "chunked"},
                   {":status", "200"},
                   {":path", "/"},
                   {"", "no name"},
                   {"a b", "blank"},
                   {"x", std::string(1, '\0')},
                   {"x", "a\r\nb: c"},
                   {"location", "/f/moved"},
                   {"content-length", "-1"},
                   {"content-encoding", "gzip"},
                   {"x", " blanks "},
                   {"te", "gzip"},
                   {"upgrade", "h2c"},
                   {"set-cookie", "a=b"},
                   {"alt-svc", "h2=\":1\""},
                   {"x-long", std::string(dice.below(90'000), 'a')}};
  if (dice.percent(50)) {
    const auto at = static_cast<std::ptrdiff_t>(dice.below(fields.size() + 1));
    fields.insert(fields.begin() + at, choose(dice, odd));
  }
  return fields;
}

std::string odd_frame(Dice& dice, std::uint32_t stream) {
  const std::size_t many = dice.percent(5) ? dice.between(100, 5000) : 1;
  const std::uint32_t where = odd_stream(dice, stream);
  switch (dice.below(14)) {
    case 0:
      return times(many, odd_settings(dice));
    case 1:
      return times(many, frame(kPing, dice.percent(20) ? kAck : 0, 0, "12345678"));
    case 2:
      return frame(kPing, 0, where, noise(dice, dice.below(20)));
    case 3:
      return times(many, frame(kWindowUpdate, 0, where, u32(odd_number(dice))));
    case 4:
      return frame(kRstStream, 0, where, u32(static_cast<std::uint32_t>(dice.below(16))));
    case 5: {
      const std::string last = u32(dice.percent(50) ? stream : odd_number(dice));
      return frame(kGoaway, 0, 0, last + u32(static_cast<std::uint32_t>(dice.below(16))) + "debug");
    }
    case 6:
      return frame(kPushPromise, kEndHeaders, where, u32(2) + header_block({{":path", "/"}, {":method", "GET"}}));
    case 7:
      return times(many, frame(kContinuation, dice.percent(50) ? kEndHeaders : 0, where, header_block({{"a", "b"}})));
    case 8:
      return frame(kPriority, 0, where, u32(where) + "x");
    case 9:
      return frame(static_cast<std::uint8_t>(dice.between(10, 255)), 0, where, noise(dice, dice.below(50)));
    case 10:
      return frame_head(
          {dice.percent(50) ? 0xffffff : dice.below(70'000), static_cast<std::uint8_t>(dice.below(10)), 0, where});
    case 11:
      return frame(kHeaders, static_cast<std::uint8_t>(dice.below(256)), where, odd_block(dice));
    case 12:
      return frame(kData, kPadded, where,
                   "\xff"
                   "abc");
    default:
      return times(many, frame(kData, 0, where, ""));
  }
}

std::string headers(Dice& dice, std::uint32_t stream, const std::string& block, bool ends) {
  const std::uint8_t end = ends ? kEndStream : 0;
  if (dice.percent(85)) return frame(kHeaders, end | kEndHeaders, stream, block);
  const std::size_t half = block.size() / 2;
  return frame(kHeaders, end, stream, block.substr(0, half)) +
         frame(kContinuation, dice.percent(80) ? kEndHeaders : 0, stream, block.substr(half));
}

std::string data_frames(std::uint32_t stream, std::string_view body, bool ends) {
  std::string all;
  do {
    const std::string_view piece = body.substr(0, kFrame);
    body.remove_prefix(piece.size());
    all += frame(kData, ends && body.empty() ? kEndStream : 0, stream, piece);
  } while (!body.empty());
  return all;
}

std::string whole_answer(Dice& dice, const Asked& asked) {
  const std::uint32_t stream = asked.stream;
  std::string body = asked.target == "/robots.txt" ? any_robots(dice) : any_body(dice, asked.host);
  body.resize(std::min(body.size(), kMostBody));
  const std::string odd = dice.percent(60) ? odd_frame(dice, stream) : "";
  const std::size_t where = dice.below(4);
  std::string all = where == 0 ? odd : "";
  if (dice.percent(10)) all += headers(dice, stream, header_block({{":status", "103"}, {"link", "</f/e>"}}), false);
  const std::string block = dice.percent(8) ? odd_block(dice) : header_block(odd_fields(dice, body.size()));
  all += headers(dice, stream, block, dice.percent(3));
  if (where == 1) all += odd;
  const bool has_trailers = dice.percent(8);
  all += data_frames(stream, body, !has_trailers && dice.percent(92));
  if (where == 2) all += odd;
  if (has_trailers) all += headers(dice, stream, header_block({{"x-trailer", "a"}}), dice.percent(80));
  if (where == 3) all += odd;
  return all;
}

}  // namespace

Delivery http2_answer(std::uint64_t seed, const Asked& asked) {
  Dice dice(seed_of(seed, asked));
  if (asked.target == "/robots.txt" && dice.percent(60)) return healthy_http2_answer(asked);
  std::string bytes = whole_answer(dice, asked);
  if (dice.percent(30)) {
    const std::size_t places = dice.between(1, 4);
    mutate(dice, bytes, places, dice.percent(20) ? "HTTP/1.1 200 OK\r\n\r\n" : "");
  }
  if (dice.percent(8)) bytes.resize(dice.below(bytes.size() + 1));
  Delivery delivery;
  delivery.pieces = cut(dice, bytes);
  delivery.end = dice.percent(70)   ? End::kRest
                 : dice.percent(60) ? End::kClose
                 : dice.percent(70) ? End::kReset
                                    : End::kHold;
  return delivery;
}

Delivery healthy_http2_answer(const Asked& asked) {
  const std::uint32_t stream = asked.stream;
  Delivery delivery;
  if (asked.target == "/robots.txt") {
    delivery.append(frame(kHeaders, kEndHeaders | kEndStream, stream, header_block({{":status", "404"}})));
    return delivery;
  }
  const Fields fields{{":status", "200"}, {"content-type", "text/html"}};
  delivery.append(frame(kHeaders, kEndHeaders, stream, header_block(fields)) +
                  data_frames(stream, good_page(healthy_title(asked)), true));
  return delivery;
}

}  // namespace wswp::fuzz
