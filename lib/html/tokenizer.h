// The tokenizer of HTML (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), for what links need: tags
// and their attributes exactly as the standard says, text on request, comments and doctypes only skipped.
//
// A stream: bytes in chunks of any size in, calls to a TokenSink out, the same calls for every chunking (text pieces
// may be cut differently). Bytes may be in any encoding that is ASCII-compatible and whose multi-byte characters
// contain no byte below 0x40 other than digits: all of the Encoding standard except UTF-16 and ISO-2022-JP. Time is
// linear in the input. Tags inside one chunk are read in place; only a tag cut by the end of a chunk is copied, and of
// that at most kMaxTagBytes are kept: memory does not grow with the page.
//
// Belongs to one thread; the sink is called from feed() and finish() and may not call back except for want_text().
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/references.h"
#include "html/tag.h"

namespace wswp::html {

// How the bytes after a start tag are to be read; the tree builder's choice.
enum class TokenizerMode : std::uint8_t { kData, kRcdata, kRawtext, kScript, kPlaintext, kCdata };

class TokenSink {
 public:
  TokenSink() = default;
  TokenSink(const TokenSink&) = delete;
  TokenSink& operator=(const TokenSink&) = delete;
  virtual ~TokenSink() = default;

  // Answers how to read on; DocumentContext knows. In all modes but kData and kPlaintext, the end tag of that name ends
  // it.
  virtual TokenizerMode on_start_tag(const Tag& tag) = 0;
  // The name as written; what attributes an end tag has say nothing.
  virtual void on_end_tag(std::string_view name) = 0;
  // A piece of a run of text, for append_decoded once the run is whole. Called only while text is wanted. A run ends at
  // the next call of another kind, or of this with another TextKind.
  virtual void on_text(std::string_view raw, TextKind kind) = 0;
  // A comment, doctype or the like ended: two texts around it are two runs.
  virtual void on_gap() = 0;
  // Whether the current element is in <svg> or <math>; asked at `<![CDATA[`, which is a comment elsewhere.
  virtual bool in_foreign_content() const = 0;
};

class Tokenizer {
 public:
  // Attributes that end further than this from the '<' of their tag are dropped, and so are those after the first
  // kMaxAttributes: both are met in attacks and in inlined images only.
  static constexpr std::size_t kMaxTagBytes = std::size_t{256} * 1024;
  static constexpr std::size_t kMaxAttributes = 1024;

  // `sink` must outlive the tokenizer.
  explicit Tokenizer(TokenSink& sink) : sink_(&sink) {}

  // Starts a new document, as if a start tag of the name `last_start_tag` (lower case) had led to `mode`. Text is
  // wanted or not as before.
  void reset(TokenizerMode mode = TokenizerMode::kData, std::string_view last_start_tag = {});

  // Whether on_text is called; may be changed at any time, also by the sink. Off at first.
  void want_text(bool wanted) { want_text_ = wanted; }

  // Whether plain start tags (is_plain) and end tags matter; may be changed at any time, also by the sink. On at first.
  // While they do not and no text is wanted, most are passed over.
  void want_plain_tags(bool wanted) { want_plain_tags_ = wanted; }

  void feed(std::string_view chunk);

  // The end of the input; reset() before the next feed().
  void finish();

 private:
  // The states of the standard, some of them joined. From kTagOpen on, the bytes since '<' (tag_begin_) are kept, as
  // they may turn out to be text or a tag with attributes.
  enum class State : std::uint8_t {
    kText,
    kBogusComment,
    kComment,
    kTagOpen,
    kEndTagOpen,
    kDeclaration,  // after "<!"
    kRawLess,      // after '<' in RCDATA, RAWTEXT, script data
    kRawEndTagName,
    kScriptEscapeStart,        // after "<!" in script data
    kScriptDoubleEscapeStart,  // after "<" and a letter in escaped script data
    kScriptDoubleEscapeEnd,    // after "</" in double escaped script data
    kTagName,
    kBeforeAttributeName,
    kAttributeName,
    kAfterAttributeName,
    kBeforeAttributeValue,
    kAttributeValueQuoted,
    kAttributeValueUnquoted,
    kSelfClosing,
  };
  enum class Escape : std::uint8_t { kNone, kEscaped, kDoubleEscaped };  // of script data

  static bool keeps_bytes(State state) { return state >= State::kTagOpen; }

  // Each consumes from p what belongs to the current state or states, sets the next state, and returns the first byte
  // not consumed; `end` only if the input ends in that state. Where the next state is the usual one, they go on with it
  // themselves: from text through a whole tag without a detour by run().
  void run(const char* p, const char* end);
  const char* resume(const char* p, const char* end);
  const char* step_kept(const char* p, const char* end);
  // tokenizer_text.cc
  const char* step_text(const char* p, const char* end);
  const char* step_special_text(const char* p, const char* end);  // in all modes but kData
  const char* step_script_text(const char* p, const char* end);
  const char* step_cdata(const char* p, const char* end);
  const char* step_bogus_comment(const char* p, const char* end);
  const char* step_comment(const char* p, const char* end);
  bool comment_ends(const char* begin, const char* at) const;
  void remember_comment(const char* begin, const char* end);
  const char* step_tag_open(const char* p, const char* end);
  const char* step_end_tag_open(const char* p, const char* end);
  const char* step_declaration(const char* p, const char* end);
  const char* step_raw_less(const char* p);
  const char* step_raw_end_tag_name(const char* p, const char* end);
  const char* step_script_escape_start(const char* p, const char* end);
  const char* step_script_double_escape(const char* p, const char* end);
  // tokenizer_skip.cc: the next '<' of a tag that may matter.
  static const char* skip_plain(const char* p, const char* end);
  // tokenizer_tag.cc
  const char* step_tag(const char* p, const char* end);
  void begin_tag_name(bool end_tag);
  const char* whole_attribute(const char* p, const char* end);
  void add_attribute();
  void keep_attribute(std::size_t name_begin, std::size_t name_end, std::size_t value_begin, std::size_t value_end);
  const char* emit_tag(const char* p);

  void begin_raw_less(const char* less_than) {
    tag_begin_ = less_than;
    state_ = State::kRawLess;
  }
  const char* back_to_text(const char* p);
  const char* begin_bogus_comment(const char* p);
  // From the '<' of the tag, or past the limit where bytes are no longer kept.
  std::size_t offset(const char* p) const {
    return overflow_ ? kMaxTagBytes + 1 : static_cast<std::size_t>(p - tag_begin_);
  }
  void text(const char* begin, const char* end) const {
    if (want_text_) emit_text(begin, end, text_kind());
  }
  void emit_text(const char* begin, const char* end, TextKind kind) const;
  TextKind text_kind() const;

  TokenSink* sink_;
  bool want_text_ = false;
  bool want_plain_tags_ = true;
  TokenizerMode mode_ = TokenizerMode::kData;
  State state_ = State::kText;
  std::string last_start_tag_;  // what ends RCDATA, RAWTEXT and script data; lower case

  // The tag being read. Offsets are from tag_begin_, which points into the chunk, or into kept_ where the tag began in
  // an earlier chunk.
  const char* tag_begin_ = nullptr;
  std::string kept_;
  bool overflow_ = false;  // more than kMaxTagBytes were to be kept: the rest is read but not recorded
  bool end_tag_ = false;
  bool self_closing_ = false;
  char quote_ = '"';
  std::size_t name_begin_ = 0;
  std::size_t name_end_ = 0;
  std::size_t attribute_name_begin_ = 0;
  std::size_t attribute_name_end_ = 0;
  std::size_t attribute_value_begin_ = 0;
  std::size_t attribute_value_end_ = 0;
  std::vector<AttributeSpan> attributes_;

  Escape escape_ = Escape::kNone;
  std::size_t dashes_ = 0;    // '-' directly before the current byte of escaped script data, at most 2
  std::size_t brackets_ = 0;  // ']' directly before the current byte of a CDATA section, at most 2, not yet delivered
  std::size_t comment_size_ = 0;  // bytes of the comment so far
  std::string comment_tail_;      // the last of them, at most 3
};

}  // namespace wswp::html
