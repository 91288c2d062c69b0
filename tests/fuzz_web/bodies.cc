#include "bodies.h"

#include <zlib.h>

#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "mutation.h"

namespace wswp::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kBomb = std::size_t{64} << 20;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string page_with_links(Dice& dice, std::string_view host) {
  std::string page = fmt::format("<!doctype html><title>{}</title><base href=\"{}\">", host,
                                 choose(dice, {"/f/"sv, "//other.test/"sv, "http://[::1"sv, "\0"sv, "data:,x"sv}));
  for (std::size_t i = dice.below(30); i > 0; --i) {
    const std::string_view start =
        choose(dice, {"<a href="sv, "<A HREF='"sv, "<a\0href=\""sv, "<area href=\""sv, "<a href=\"\xff"sv,
                      "<link rel=next href="sv, "<svg><a xlink:href="sv});
    const std::string_view target =
        choose(dice, {"/f/"sv, "../f/"sv, "http://h1.fuzz.test/f/"sv, "https:/f/"sv, "\\\\h2.fuzz.test\\f\\"sv, "?f/"sv,
                      "http://h3.fuzz.test:99999/f/"sv, "http://user:pw@h4.fuzz.test/f/"sv, "http://127.1/f/"sv,
                      "//xn--zz.test/f/"sv, "http://%00/f/"sv, "/f/&#0;&#x110000;&notit;"sv, "/f/\t\r\n"sv});
    page += fmt::format("{}{}{}\">text</a>", start, target, dice.below(100));
  }
  return page;
}

std::string deep_page(Dice& dice) {
  const std::string_view unit = choose(dice, {"<div>"sv, "<svg>"sv, "<template>"sv, "<!--"sv, "<a b='"sv, "<"sv, "&"sv,
                                              "<table><tr>"sv, "<p a=b"sv, "</"sv, "<![CDATA["sv, "<script>"sv});
  return "<title>deep</title>" + repeated(unit, dice.between(1, 60'000));
}

std::string page_of_very_many_links(Dice& dice) {
  constexpr std::size_t kMost = 100'000;
  std::string page = "<title>links</title>";
  for (std::size_t i = dice.between(kMost / 2, kMost); i > 0; --i) page += fmt::format("<a href=/n/{}>", i);
  return page;
}

std::string page_in_an_encoding(Dice& dice) {
  const std::string_view declared =
      choose(dice, {"utf-16"sv, "utf-16be"sv, "iso-2022-jp"sv, "gbk"sv, "gb18030"sv, "shift_jis"sv, "euc-kr"sv,
                    "big5"sv, "utf-7"sv, "x-user-defined"sv, "replacement"sv, "\xe9\xff\x1b[2J"sv, "windows-1252"sv});
  const std::string_view bom =
      choose(dice, {""sv, ""sv, "\xef\xbb\xbf"sv, "\xff\xfe"sv, "\xfe\xff"sv, "\xff\xfe\0\0"sv});
  std::string page = fmt::format("{}<meta charset=\"{}\"><title>", bom, declared);
  const bool escapes = dice.percent(30);
  page += escapes ? "\x1b$B\x1b(B\x1b(J\x1b$@" : "\xe3\x81\x82\x81\x30\x81\x30\xa1";
  page += noise(dice, dice.below(60));
  page += "</title><a href=/f/\xe2\x82?q=\x81>";
  if (dice.percent(40)) page += noise(dice, 1 + 2 * dice.below(3000));
  return page;
}

std::string brotli() {  // of a short page
  return std::string(
      "\x1b\x54\x00\x18\xc4\x6e\x39\x8e\x97\x5d\xb6\x41\x51\x0a\xf7\xe9\x9d\x72\xc0\x5e\x4b\xa4\x45\xd4\x82\xef\x4e\xb9"
      "\x2d\x6f\xc5\x91\x66\x81\xe1\xf5\x9f\x2b\xc7\x8f\xbf\x4b\x21\xeb\xb3\x0a\xbf\x08\x22\xc3\xe3\x3d\xe6\x0a\x09\x31"
      "\x6e\x2c\x01"sv);
}

std::string brotli_bomb() {  // of 64 MiB of blanks
  return std::string(
      "\xcb\xff\xff\x3f\xf8\x25\x41\xd2\xd8\xba\x10\x43\xa4\x79\x4c\x23\xb0\x81\x43\x28\x41\xaf\x68\x5d\xf6\x27\xbd\xff"
      "\x03\xff\xff\xff\xe0\x97\x00\x88\xc3\x22\x00\xdd\xfb\x3f\xfe\xff\xff\xc1\x2f\x01\x10\x87\x05\x00\xba\xf7\x7f\xfc"
      "\xff\xff\x83\x5f\x02\x20\x0e\x0b\x00\x74\xef\xff\xf8\xff\xff\x07\xbf\x04\x40\x1c\x16\x00\xe8\xde\xff\xf1\xff\xff"
      "\x0f\x7e\x09\x80\x38\x2c\x00\xd0\xbd\xff\xe3\xff\xff\x1f\xfc\x12\x00\x71\x58\x00\xa0\x7b\xff\xc7\xff\xff\x3f\xf8"
      "\x25\x00\xe2\xb0\x00\x40\xf7\xfe\x2f\x28\x00\xf0\x4b\x00\xc4\x10\x01\xc0"sv);
}

const std::string& gzip_bomb() {
  static const std::string bomb = gzip(std::string(kBomb, ' '));
  return bomb;
}

Coded right(Dice& dice, const std::string& body) {
  switch (dice.below(6)) {
    case 0:
      return {"br", brotli()};
    case 1:
      return {"gzip, gzip", gzip(gzip(body))};
    case 2:
      return dice.percent(20) ? Coded{"br", brotli_bomb()} : Coded{"gzip", gzip_bomb()};
    case 3:
      return {"gzip", gzip(body) + gzip("a second member")};
    default:
      return {"gzip", gzip(body)};
  }
}

}  // namespace

std::string good_page(std::string_view title) {
  std::string page = fmt::format("<!doctype html><meta charset=utf-8><title>{}</title>", title);
  for (int i = 0; i < 20; ++i) page += fmt::format("<p>Some words. <a href=\"/p/{}\">Read on</a></p>\n", i);
  return page;
}

std::string any_body(Dice& dice, std::string_view host) {
  switch (dice.below(100)) {
    case 0:
      return page_of_very_many_links(dice);
    case 1:
      return "";
    case 2:
      return noise(dice, dice.below(70'000));
    case 3:
      return std::string(dice.below(3'000'000), 'x');
    default:
      break;
  }
  if (dice.percent(10)) return deep_page(dice);
  if (dice.percent(40)) return page_in_an_encoding(dice);
  std::string page = page_with_links(dice, host);
  if (dice.percent(50)) mutate(dice, page, dice.between(1, 20));
  return page;
}

std::string any_robots(Dice& dice) {
  std::string text(choose(dice, {""sv, "\xef\xbb\xbf"sv, "\xff\xfe"sv, "\r"sv}));
  for (std::size_t i = dice.below(12); i > 0; --i) {
    text += choose(dice, {"User-agent: *"sv, "User-agent: wswp"sv, "user agent:\0x"sv, "Disallow: /f/*$*"sv,
                          "Disallow:"sv, "Allow: /"sv, "Disallow: /%"sv, "Crawl-delay: 1e999"sv, "Crawl-delay: -1"sv,
                          "Allow: *****a"sv, "Sitemap: http://[/x"sv, "Sitemap: /\xff"sv, "<html>"sv, "#"sv, ":"sv});
    text += choose(dice, {"\n"sv, "\r\n"sv, "\r"sv, "\n\n"sv, "\0\n"sv});
  }
  if (dice.percent(5)) text += "Disallow: /" + std::string(600'000, 'a');
  if (dice.percent(30)) mutate(dice, text, dice.between(1, 6));
  return text;
}

Coded coded(Dice& dice, const std::string& body) {
  Coded result = right(dice, body);
  switch (dice.below(6)) {
    case 0:
      result.bytes.resize(dice.below(result.bytes.size() + 1));
      break;
    case 1:
      mutate(dice, result.bytes, dice.between(1, 4));
      break;
    case 2:
      result.bytes += noise(dice, dice.between(1, 500));
      break;
    case 3:
      result.coding =
          choose(dice, {"deflate"sv, "gzip, br"sv, "x-gzip"sv, "identity"sv, "UTF-8"sv, "none"sv, "zstd"sv,
                        "gzip;q=0"sv, ",,gzip,,"sv, "gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip"sv, ""sv});
      break;
    default:
      break;
  }
  return result;
}

std::string gzip(std::string_view plain) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("deflateInit2");
  std::string in(plain);
  std::string out(deflateBound(&stream, static_cast<uLong>(in.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int end = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) throw std::runtime_error("deflate");
  return out;
}

}  // namespace wswp::fuzz
