#include "list/xml_reader.h"

#include <expat.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "list/ampersands.h"

namespace wswp::list {

namespace {

/// How much Expat gets at once where no token is unfinished.
constexpr std::size_t kPiece = std::size_t{64} * 1024;

/// What the parser of this thread has; Expat's memory functions take no argument that could tell.
thread_local std::size_t used_memory = 0;

/// Stands before each block of Expat's: its size.
constexpr std::size_t kBlockHead = alignof(std::max_align_t);

void* allocate(std::size_t size) {
  if (size > XmlReader::kMaxMemory - used_memory) return nullptr;
  void* const block = std::malloc(kBlockHead + size);
  if (block == nullptr) return nullptr;
  used_memory += size;
  std::memcpy(block, &size, sizeof size);
  return static_cast<char*>(block) + kBlockHead;
}

void release(void* memory) {
  if (memory == nullptr) return;
  char* const block = static_cast<char*>(memory) - kBlockHead;
  std::size_t size = 0;
  std::memcpy(&size, block, sizeof size);
  used_memory -= size;
  std::free(block);
}

void* reallocate(void* memory, std::size_t size) {
  if (memory == nullptr) return allocate(size);
  std::size_t old_size = 0;
  std::memcpy(&old_size, static_cast<char*>(memory) - kBlockHead, sizeof old_size);
  void* const larger = allocate(size);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, memory, std::min(old_size, size));
  release(memory);
  return larger;
}

constexpr XML_Memory_Handling_Suite kMemory = {allocate, reallocate, release};

std::string_view local_name(std::string_view name) {
  return name.substr(name.rfind(':') + 1);
}

}  // namespace

struct XmlReader::Parser {
  Parser(XmlReader& owner, XmlHandler& sink, std::string_view document, std::uint64_t lines)
      : reader(owner),
        handler(sink),
        what(document),
        lines_before(lines),
        expat(XML_ParserCreate_MM(nullptr, &kMemory, nullptr)) {
    if (expat == nullptr) throw std::bad_alloc();
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, on_start, on_end);
    XML_SetCharacterDataHandler(expat, on_text);
    XML_SetStartDoctypeDeclHandler(expat, on_doctype);
  }
  ~Parser() { XML_ParserFree(expat); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  static Parser& self(void* data) { return *static_cast<Parser*>(data); }

  static void on_start(void* data, const XML_Char* name, const XML_Char** /*attributes*/) {
    Parser& parser = self(data);
    if (++parser.depth > kMaxDepth)
      return parser.stop(parser.broken(fmt::format("elements nested more than {} deep", kMaxDepth)));
    parser.handler.on_start(parser.reader, local_name(name));
  }
  static void on_end(void* data, const XML_Char* /*name*/) {
    Parser& parser = self(data);
    parser.handler.on_end(parser.reader);
    --parser.depth;
  }
  static void on_text(void* data, const XML_Char* text, int length) {
    self(data).handler.on_text({text, static_cast<std::size_t>(length)});
  }
  static void on_doctype(void* data, const XML_Char* /*name*/, const XML_Char* /*system_id*/,
                         const XML_Char* /*public_id*/, int has_declarations) {
    Parser& parser = self(data);
    if (has_declarations != 0)
      parser.stop(parser.broken("a document type with declarations of its own, <!DOCTYPE … [ … ]>"));
  }

  void stop(std::optional<Error> why) {
    stopped = true;
    error = std::move(why);
    XML_StopParser(expat, XML_FALSE);
  }

  std::uint64_t line() const { return lines_before + XML_GetCurrentLineNumber(expat); }

  Error broken(std::string_view why) const { return {fmt::format("{} is broken in line {}: {}", what, line(), why)}; }

  /// How many bytes Expat waits with for the rest of their token.
  std::size_t unfinished() const {
    const XML_Index begin = XML_GetCurrentByteIndex(expat);
    return begin < 0 ? 0 : given - static_cast<std::size_t>(begin);
  }

  /// How many bytes to gather for the next call of Expat: at least as many as it will read again, and no more than a
  /// token may still get.
  struct Gather {
    std::size_t least, most;
  };
  Gather gather() const {
    const std::size_t again = unfinished();
    const std::size_t room = kMaxToken + 1 - again;
    return {std::min(std::max(again, std::size_t{1}), room), std::min(std::max(again, kPiece), room)};
  }

  /// False: stopped, or an error.
  bool parse(bool last) {
    given += piece.size();
    const auto status = XML_Parse(expat, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
    piece.clear();
    if (stopped) return false;
    if (status != XML_STATUS_OK) {
      const XML_Error code = XML_GetErrorCode(expat);
      error = broken(code == XML_ERROR_NO_MEMORY ? "too many different names of elements" : XML_ErrorString(code));
      return false;
    }
    if (unfinished() <= kMaxToken) return true;
    error = broken("a tag or comment longer than 1 MiB");
    return false;
  }

  XmlReader& reader;
  XmlHandler& handler;
  std::string what;
  std::uint64_t lines_before;
  XML_Parser expat;
  AmpersandMender mender;
  std::string piece;      // for the next call of Expat
  std::size_t given = 0;  // bytes that Expat has had
  std::size_t depth = 0;
  bool stopped = false;
  std::optional<Error> error;
};

XmlReader::XmlReader(std::string_view what, std::uint64_t lines_before, XmlHandler& handler)
    : parser_(std::make_unique<Parser>(*this, handler, what, lines_before)) {}

XmlReader::~XmlReader() = default;

Result<> XmlReader::read(ByteSource& source) {
  Parser& parser = *parser_;
  std::string_view chunk;
  std::optional<Error> broken;
  for (bool last = false; !last;) {
    for (const Parser::Gather gather = parser.gather(); parser.piece.size() < gather.least && !last;) {
      if (chunk.empty()) {
        const Result<std::string_view> more = source.read();
        if (!more) broken = more.error();
        if (more) chunk = *more;
        last = chunk.empty();
      }
      const std::string_view part = chunk.substr(0, gather.most - parser.piece.size());
      parser.mender.append(part, parser.piece);
      chunk.remove_prefix(part.size());
    }
    if (last) parser.mender.finish(parser.piece);
    if (!parser.parse(last && !broken)) break;
  }
  if (parser.error) return *parser.error;
  if (broken && !parser.stopped) return Error{fmt::format("{} (after line {})", broken->message, parser.line())};
  return {};
}

void XmlReader::stop() {
  parser_->stop(std::nullopt);
}

void XmlReader::stop(Error why) {
  parser_->stop(std::move(why));
}

std::uint64_t XmlReader::line() const {
  return parser_->line();
}

std::size_t XmlReader::depth() const {
  return parser_->depth;
}

}  // namespace wswp::list
