#include "simweb/page.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "simweb/charset_text.h"
#include "simweb/hash.h"
#include "simweb/trap_links.h"

namespace wswp::simweb {
namespace {

constexpr std::uint64_t kSizeSalt = 200;
constexpr std::uint64_t kFillerSalt = 201;

constexpr std::size_t kBlocks = 64;
constexpr std::array<std::string_view, 48> kWords{
    "lorem",   "ipsum",   "dolor",    "sit",    "amet",     "elit",      "sed",        "eiusmod",    "tempor", "ut",
    "labore",  "et",      "magna",    "aliqua", "enim",     "minim",     "veniam",     "quis",       "nisi",   "ex",
    "commodo", "duis",    "aute",     "irure",  "in",       "voluptate", "velit",      "esse",       "cillum", "fugiat",
    "nulla",   "ad",      "tote",     "sint",   "occaecat", "cupidatat", "non",        "proident",   "sunt",   "culpa",
    "qui",     "officia", "deserunt", "mollit", "anim",     "&amp; id",  "<b>est</b>", "laborum<br>"};

void append_words(std::string& out, std::uint64_t hash, unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += kWords.at(scaled(mixed(hash, i), kWords.size()));
  }
}

/// Lifelike markup without links: about two thirds text, compressible like a page of the web.
std::vector<std::string> make_filler() {
  std::vector<std::string> blocks(kBlocks);
  for (std::size_t i = 0; i < kBlocks; ++i) {
    const std::uint64_t hash = mixed(kFillerSalt, i);
    std::string& block = blocks[i];
    block = fmt::format(R"(<div class="box c{0}" id="b{0}"><h3>)", hash % 1000);
    append_words(block, mixed(hash, 1), 3);
    block += "</h3><p>";
    append_words(block, mixed(hash, 2), 30);
    block += fmt::format(R"(.</p><img src="/img/{:x}.jpg" alt="" width="320" height="240">)", hash);
    block += R"(<p class="note">)";
    append_words(block, mixed(hash, 3), 20);
    block += ".</p></div>\n";
  }
  return blocks;
}

/// Nothing in here is a link to follow; every path in it starts with /not/, so that a log shows who followed one.
constexpr std::string_view kTraps =
    "<!-- <a href=\"/not/comment.html\">x</a> -->\n"
    "<script>var a = '<a href=\"/not/script.html\">x</a>'; if (1 < 2) go(\"<a href='/not/string.html'>\");</script>\n"
    "<style>a::after { content: '<a href=\"/not/style.html\">'; }</style>\n"
    "<textarea><a href=\"/not/textarea.html\">x</a></textarea>\n"
    "<p title='<a href=\"/not/attribute.html\">x</a>' data-href=\"/not/data.html\">2 < 3 and <3 &lt;a "
    "href=\"/not/text.html\"&gt;</p>\n"
    "<a name=\"top\">no link</a> <a href=\"mailto:post@not.test\">post</a> <a href=\"javascript:void(0)\">script</a> "
    "<a href=\"tel:+1234567\">telephone</a> <a href=\"data:text/html,not\">data</a> <a "
    "href=\"ftp://not.test/\">ftp</a>\n";

constexpr std::string_view kEnd = "</body>\n</html>\n";

void append_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
}

void append_head(std::string& out, const SitePlan& site, const PagePlan& page, const PageName& name) {
  const CharsetText& charset = charset_text(site.charset);
  out += charset.bom;
  out += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n";
  if (site.declared == DeclaredKind::kMeta) out.append(R"(<meta charset=")").append(charset.label).append("\">\n");
  if (site.declared == DeclaredKind::kHttpEquiv) {
    out.append(R"(<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=)").append(charset.label).append("\">\n");
  }
  out.append("<title>").append(charset.words).append(" ").append(name.host);
  append_text(out, name.target);
  out += "</title>\n";
  if (page.markup == MarkupKind::kBase) out.append("<base href=\"").append(kBasePath).append("\">\n");
  out += "</head>\n<body>\n";
}

/// Grows `out` by `bytes` of markup, different for each `hash`.
void append_filling(std::string& out, std::size_t bytes, std::uint64_t hash) {
  const std::vector<std::string>& blocks = filler();
  std::size_t next = hash % kBlocks;
  for (; bytes >= blocks[next].size(); next = (next + 1) % kBlocks) {
    out += blocks[next];
    bytes -= blocks[next].size();
  }
  out.append(bytes, ' ');
}

}  // namespace

const std::vector<std::string>& filler() {
  static const std::vector<std::string> blocks = make_filler();
  return blocks;
}

std::string page_title(const SitePlan& site, const PageName& name) {
  return fmt::format("{} {}{}", charset_text(site.charset).words_utf8, name.host, name.target);
}

std::size_t page_size(const World& world, const PagePlan& page) {
  if (world.size.low == world.size.high) return world.size.low;
  const double fraction = static_cast<double>(mixed(page.hash, kSizeSalt) >> 11) * 0x1p-53;
  const double low = std::log(static_cast<double>(world.size.low));
  const double high = std::log(static_cast<double>(world.size.high));
  return static_cast<std::size_t>(std::exp(low + fraction * (high - low)));
}

void append_page(std::string& out, const World& world, const SitePlan& site, const PagePlan& page,
                 const PageName& name) {
  const std::size_t start = out.size();
  append_head(out, site, page, name);
  out.append("<h1>").append(charset_text(site.charset).words).append("</h1>\n");
  if (page.markup != MarkupKind::kPlain) out += kTraps;
  out += "<ul>\n";
  append_links(out, world, name, page);
  append_trap_links(out, site, page, name);
  out += "</ul>\n";
  const std::size_t wanted = page_size(world, page);
  const std::size_t used = out.size() - start + kEnd.size();
  if (wanted > used) append_filling(out, wanted - used, page.hash);
  out += kEnd;
}

std::string error_title(int status, const PageName& name) {
  return fmt::format("{} {}{}", status, name.host, name.target);
}

void append_error_page(std::string& out, int status, const PageName& name) {
  out += "<!DOCTYPE html>\n<html><head><title>";
  append_text(out, error_title(status, name));
  out += "</title></head><body><p>There is nothing here.</p>\n";
  out += kEnd;
}

void append_blob(std::string& out, const World& world, const PagePlan& page, std::string_view magic) {
  const std::size_t size = std::max(page_size(world, page), magic.size());
  out += magic;
  append_filling(out, size - magic.size(), page.hash);
}

}  // namespace wswp::simweb
