#include "simweb/response.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "simweb/charset_text.h"
#include "simweb/gzip.h"
#include "simweb/page.h"
#include "simweb/robots_text.h"
#include "simweb/trap_links.h"

namespace wswp::simweb {
namespace {

constexpr std::string_view kHtmlUtf8 = "text/html; charset=utf-8";

std::string_view status_line(int status) {
  switch (status) {
    case 200:
      return "HTTP/1.1 200 OK\r\n";
    case 301:
      return "HTTP/1.1 301 Moved Permanently\r\n";
    case 302:
      return "HTTP/1.1 302 Found\r\n";
    case 303:
      return "HTTP/1.1 303 See Other\r\n";
    case 307:
      return "HTTP/1.1 307 Temporary Redirect\r\n";
    case 308:
      return "HTTP/1.1 308 Permanent Redirect\r\n";
    case 400:
      return "HTTP/1.1 400 Bad Request\r\n";
    case 403:
      return "HTTP/1.1 403 Forbidden\r\n";
    case 404:
      return "HTTP/1.1 404 Not Found\r\n";
    case 410:
      return "HTTP/1.1 410 Gone\r\n";
    case 429:
      return "HTTP/1.1 429 Too Many Requests\r\n";
    case 503:
      return "HTTP/1.1 503 Service Unavailable\r\n";
    default:
      return "HTTP/1.1 500 Internal Server Error\r\n";
  }
}

const std::string& bomb() {
  static const std::string compressed = gzip_of_blanks(
      fmt::format("<!DOCTYPE html>\n<html><head><title>{}</title></head><body>\n", kBombTitle), kBombBytes);
  return compressed;
}

void append_plain_body(std::string& out, const World& world, const PageName& name, const Answer& answer) {
  switch (answer.body) {
    case BodyKind::kNone:
      break;
    case BodyKind::kPage:
      append_page(out, world, answer.site, answer.page, name);
      break;
    case BodyKind::kRobots:
      append_robots(out, answer.site.robots, world.crawl_delay);
      break;
    case BodyKind::kErrorPage:
      append_error_page(out, answer.status, name);
      break;
    case BodyKind::kImage:
      append_blob(out, world, answer.page, "\x89PNG\r\n\x1a\n");
      break;
    case BodyKind::kPdf:
      append_blob(out, world, answer.page, "%PDF-1.4\n");
      break;
    case BodyKind::kText:
      append_blob(out, world, answer.page, "A text. <a href=\"/not/plain.html\">x</a>\n");
      break;
    case BodyKind::kJson:
      append_blob(out, world, answer.page, "{\"html\": \"<a href='/not/json.html'>\"}\n");
      break;
  }
}

void append_content_type(std::string& out, const Answer& answer) {
  std::string_view type;
  switch (answer.body) {
    case BodyKind::kNone:
      type = answer.html_header ? kHtmlUtf8 : "";
      break;
    case BodyKind::kPage:
      type = "text/html";
      break;
    case BodyKind::kRobots:
      type = answer.site.robots == RobotsKind::kHtml ? kHtmlUtf8 : "text/plain";
      break;
    case BodyKind::kErrorPage:
      type = kHtmlUtf8;
      break;
    case BodyKind::kImage:
      type = "image/png";
      break;
    case BodyKind::kPdf:
      type = "application/pdf";
      break;
    case BodyKind::kText:
      type = "text/plain";
      break;
    case BodyKind::kJson:
      type = "application/json";
      break;
  }
  if (answer.is_bomb) type = kHtmlUtf8;
  if (type.empty()) return;
  out.append("Content-Type: ").append(type);
  if (answer.body == BodyKind::kPage && !answer.is_bomb && answer.site.declared == DeclaredKind::kHeader)
    out.append("; charset=").append(charset_text(answer.site.charset).label);
  out += "\r\n";
}

void append_length(std::string& out, std::size_t length) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), length).ptr;
  out += "Content-Length: ";
  out.append(std::begin(digits), end);
  out += "\r\n";
}

void append_chunk(std::string& out, std::string_view bytes) {
  fmt::format_to(std::back_inserter(out), "{:x}\r\n{}\r\n", bytes.size(), bytes);
}

/// Two chunks and the last.
void append_chunked(std::string& out, std::string_view bytes) {
  const std::size_t half = bytes.size() / 2;
  if (half > 0) append_chunk(out, bytes.substr(0, half));
  if (!bytes.empty()) append_chunk(out, bytes.substr(half));
  out += "0\r\n\r\n";
}

/// The framing this answer can have: a body that is cut needs one that shows the cut, HTTP/1.0 knows no chunks.
FramingKind framing_of(const HttpRequest& request, const Answer& answer) {
  if (answer.body == BodyKind::kNone) return FramingKind::kLength;
  FramingKind framing = answer.site.framing;
  if (answer.is_endless) framing = FramingKind::kChunked;
  if (framing == FramingKind::kClose && answer.fault != Fault::kNone) framing = FramingKind::kLength;
  if (framing == FramingKind::kChunked && request.is_http_1_0) framing = FramingKind::kClose;
  return framing;
}

/// Codes the body in response.plain into response.body and says so in the head.
void encode_body(Response& response, const HttpRequest& request, const Answer& answer) {
  const bool may_code = !answer.is_endless && answer.body != BodyKind::kNone;
  if (answer.is_bomb) {
    response.body = bomb();
    response.head += "Content-Encoding: gzip\r\n";
  } else if (may_code && answer.site.coding == CodingKind::kGzip && request.accepts_gzip) {
    append_gzip(response.body, response.plain);
    response.head += "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n";
  } else {
    std::swap(response.body, response.plain);
  }
}

void frame_body(Response& response, FramingKind framing, const Answer& answer) {
  if (framing == FramingKind::kLength) {
    append_length(response.head, response.body.size());
  } else if (framing == FramingKind::kChunked) {
    response.head += "Transfer-Encoding: chunked\r\n";
    response.plain.clear();
    if (answer.is_endless)
      append_chunk(response.plain, response.body);
    else
      append_chunked(response.plain, response.body);
    std::swap(response.body, response.plain);
  } else {
    response.afterwards = Afterwards::kClose;
  }
}

void append_connection(Response& response, const HttpRequest& request) {
  if (!request.keep_alive) response.afterwards = Afterwards::kClose;
  if (response.afterwards == Afterwards::kClose)
    response.head += "Connection: close\r\n";
  else if (request.is_http_1_0)
    response.head += "Connection: keep-alive\r\n";
}

/// Bare LF, blanks around values, repeated and unusual lines: what lenient clients accept (RFC 9112, 2.2).
void make_odd(std::string& head) {
  head.insert(head.find('\n') + 1, "x-odd:\r\nX-Odd:   twice  \r\nx-odd: \"a:b;c\"\r\nSet-Cookie: a=b; path=/\r\n");
  head.erase(std::remove(head.begin(), head.end(), '\r'), head.end());
}

}  // namespace

void render(Response& response, const World& world, const PageName& name, const HttpRequest& request,
            const Answer& answer) {
  response.head.clear();
  response.body.clear();
  response.plain.clear();
  response.afterwards = Afterwards::kKeep;
  if (answer.fault == Fault::kGarbage) {
    response.head = "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n";
    response.afterwards = Afterwards::kClose;
    return;
  }
  response.head.append(status_line(answer.status)).append("Server: simweb\r\n");
  append_content_type(response.head, answer);
  if (!answer.location.empty()) response.head.append("Location: ").append(answer.location).append("\r\n");
  if (answer.retry_after > 0)
    fmt::format_to(std::back_inserter(response.head), "Retry-After: {}\r\n", answer.retry_after);
  if (answer.status == 200 && answer.body != BodyKind::kRobots) append_hints(response.head, answer.site, name);
  if (!answer.is_bomb) append_plain_body(response.plain, world, name, answer);
  encode_body(response, request, answer);
  frame_body(response, framing_of(request, answer), answer);
  append_connection(response, request);
  response.head += "\r\n";
  if (answer.site.headers == HeadersKind::kOdd) make_odd(response.head);
  if (request.method == "HEAD") {
    response.body.clear();
    return;
  }
  if (answer.is_endless) response.afterwards = Afterwards::kGoOn;
  if (answer.fault == Fault::kPartial || answer.fault == Fault::kStallBody) {
    response.body.resize(response.body.size() / 2);
    response.afterwards = answer.fault == Fault::kPartial ? Afterwards::kClose : Afterwards::kStall;
  }
}

void render_text(Response& response, int status, std::string_view content_type, std::string_view text,
                 const HttpRequest& request) {
  response.afterwards = Afterwards::kKeep;
  response.head.assign(status_line(status)).append("Content-Type: ").append(content_type).append("\r\n");
  append_length(response.head, text.size());
  append_connection(response, request);
  response.head += "\r\n";
  response.body = text;
}

std::string_view endless_chunk() {
  static const std::string chunk = [] {
    std::string plain;
    for (const std::string& block : filler()) plain += block;
    std::string framed;
    append_chunk(framed, plain);
    return framed;
  }();
  return chunk;
}

}  // namespace wswp::simweb
