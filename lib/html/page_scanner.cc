#include "html/page_scanner.h"

#include <algorithm>
#include <utility>

#include "html/ascii.h"
#include "html/charset_detector.h"
#include "html/document_context.h"
#include "html/encoding.h"
#include "html/encoding_sniffer.h"
#include "html/frameset_state.h"
#include "html/link_collector.h"
#include "html/meta.h"
#include "html/mime.h"
#include "html/text_decoder.h"
#include "html/title_builder.h"
#include "html/tokenizer.h"

namespace wswp::html {

class PageScanner::Impl final : public TokenSink {
 public:
  explicit Impl(const Options& options) : tokenizer_(*this) { reset(options); }

  void reset(const Options& options);
  void feed(std::string_view bytes);
  Page finish();

  TokenizerMode on_start_tag(const Tag& tag) override;
  void on_end_tag(std::string_view name) override;
  void on_text(std::string_view raw, TextKind kind) override;
  void on_gap() override {}
  bool in_foreign_content() const override { return context_.in_foreign_content(); }

 private:
  // What can be told of the title, in order.
  enum class TitleState : std::uint8_t { kAwaited, kOpen, kDone };

  // A byte order mark is all that is looked for if the header names the encoding.
  std::size_t head_size() const { return encoding_.empty() ? kPrescanBytes : 3; }
  bool is_transcoded() const { return transcoder_.has_value(); }
  void start(std::string_view head);
  void scan(std::string_view bytes);
  void want_what_matters();
  void found_of_frames(FramesetState::Found found);
  TokenizerMode tag_beside_frames(const Tag& tag);
  void set_encoding(std::string_view encoding, EncodingSource source);
  void guess_encoding();
  void on_meta(const Tag& tag);
  void on_meta_encoding(const Tag& tag);

  bool want_links_ = true;
  std::string robots_token_;

  std::string head_;  // the page's first bytes, until the encoding they declare is known
  bool started_ = false;
  std::string_view encoding_;  // empty: not yet known
  EncodingSource encoding_source_ = EncodingSource::kAssumed;
  CharsetDetector detector_;
  std::optional<TextDecoder> transcoder_;  // for what cannot be tokenised as it stands
  std::string transcoded_;

  Tokenizer tokenizer_;
  DocumentContext context_;
  FramesetState frameset_;
  LinkCollector::Mark links_of_head_;  // where a body has begun that frames may still replace
  bool title_of_head_ = false;
  LinkCollector links_;
  TitleBuilder title_;
  TitleState title_state_ = TitleState::kAwaited;
  RobotsDirectives robots_;
};

void PageScanner::Impl::reset(const Options& options) {
  want_links_ = options.want_links;
  robots_token_ = lower_copy(options.robots_token);
  head_.clear();
  started_ = false;
  encoding_ = {};
  set_encoding(encoding_for_label(extract_mime_type(options.content_type).charset), EncodingSource::kHeader);
  detector_.reset();
  transcoder_.reset();
  tokenizer_.reset();
  context_.reset();
  frameset_.reset();
  links_of_head_ = {};
  title_of_head_ = false;
  links_.start(options.max_links);
  title_.clear();
  title_state_ = TitleState::kAwaited;
  robots_ = {};
  want_what_matters();
}

void PageScanner::Impl::feed(std::string_view bytes) {
  if (!started_) {
    const std::size_t taken = std::min(head_size() - head_.size(), bytes.size());
    head_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    if (head_.size() < head_size()) return;
    start(head_);
  }
  scan(bytes);
}

// Decides on the encoding as far as that is possible from the head of the page, and scans that.
void PageScanner::Impl::start(std::string_view head) {
  started_ = true;
  const ByteOrderMark mark = find_byte_order_mark(head);
  if (!mark.encoding.empty()) {
    set_encoding(mark.encoding, EncodingSource::kByteOrderMark);
  } else if (encoding_.empty()) {
    set_encoding(prescan_encoding(head), EncodingSource::kDeclared);
  }
  if (!encoding_.empty() && !is_ascii_compatible(encoding_)) transcoder_.emplace(encoding_);
  scan(head.substr(mark.size));
}

void PageScanner::Impl::scan(std::string_view bytes) {
  if (encoding_.empty()) detector_.add(bytes);
  if (encoding_ == kReplacementEncoding) return;
  if (!is_transcoded()) {
    tokenizer_.feed(bytes);
    return;
  }
  transcoded_.clear();
  transcoder_->decode(bytes, false, transcoded_);
  tokenizer_.feed(transcoded_);
}

Page PageScanner::Impl::finish() {
  if (!started_) start(head_);
  if (is_transcoded()) {
    transcoded_.clear();
    transcoder_->decode({}, true, transcoded_);
    tokenizer_.feed(transcoded_);
  }
  tokenizer_.finish();
  if (encoding_.empty()) guess_encoding();
  Page page;
  page.encoding = encoding_;
  page.encoding_source = encoding_source_;
  page.robots_noindex = robots_.noindex;
  page.robots_nofollow = robots_.nofollow;
  const std::string_view tags_encoding = is_transcoded() ? kUtf8 : encoding_;
  TextDecoder decoder(tags_encoding);
  page.title = title_.title(decoder, title_state_ == TitleState::kOpen);
  links_.finish(decoder, page);
  return page;
}

void PageScanner::Impl::set_encoding(std::string_view encoding, EncodingSource source) {
  if (encoding.empty()) return;
  encoding_ = encoding;
  encoding_source_ = source;
}

void PageScanner::Impl::guess_encoding() {
  set_encoding(detector_.ascii_only() ? kUtf8 : kWindows1252, EncodingSource::kAssumed);
  if (!detector_.ascii_only()) set_encoding(detector_.detect(), EncodingSource::kDetected);
}

void PageScanner::Impl::want_what_matters() {
  tokenizer_.want_text(title_state_ == TitleState::kOpen || frameset_.is_open());
  tokenizer_.want_plain_tags(context_.needs_plain_tags() || frameset_.is_open() || frameset_.has_frames());
}

TokenizerMode PageScanner::Impl::on_start_tag(const Tag& tag) {
  if (frameset_.has_frames()) return tag_beside_frames(tag);
  const bool in_template = context_.in_template();
  const TokenizerMode mode = context_.start_tag(tag);
  const bool plain = is_plain(tag.id());
  const bool foreign = plain ? !context_.holds_html() : context_.started_foreign();
  if (frameset_.is_open() && !in_template) found_of_frames(frameset_.start_tag(tag, foreign));
  want_what_matters();
  if (plain || context_.in_template()) return mode;
  if (tag.id() == TagId::kMeta && !foreign) on_meta(tag);
  // An SVG title is none of the page's, and does not lead to RCDATA.
  if (tag.id() == TagId::kTitle && mode == TokenizerMode::kRcdata && title_state_ == TitleState::kAwaited) {
    title_state_ = TitleState::kOpen;
    want_what_matters();
  }
  if (!want_links_) return mode;
  if (!foreign) links_.add(tag);
  if (context_.started_svg()) links_.add_svg(tag);
  return mode;
}

void PageScanner::Impl::found_of_frames(FramesetState::Found found) {
  if (found == FramesetState::Found::kBody) {
    links_of_head_ = links_.mark();
    title_of_head_ = title_state_ == TitleState::kDone;
  }
  if (frameset_.has_frames()) context_.reset();
  if (found != FramesetState::Found::kFramesForBody) return;
  links_.back_to(links_of_head_);
  if (title_of_head_) return;
  title_.clear();
  title_state_ = TitleState::kAwaited;
}

TokenizerMode PageScanner::Impl::tag_beside_frames(const Tag& tag) {
  if (frameset_.enter(tag) && want_links_) links_.add_frame(tag);
  return tag.id() == TagId::kNoframes ? TokenizerMode::kRawtext : TokenizerMode::kData;
}

void PageScanner::Impl::on_text(std::string_view raw, TextKind kind) {
  if (title_state_ == TitleState::kOpen) title_.add(raw);
  if (!frameset_.is_open() || context_.in_template()) return;
  frameset_.text(raw, kind);
  if (!frameset_.is_open()) want_what_matters();
}

void PageScanner::Impl::on_end_tag(std::string_view name) {
  if (title_state_ == TitleState::kOpen) {
    title_state_ = TitleState::kDone;
  }
  if (frameset_.has_frames()) {
    frameset_.leave(name);
  } else {
    if (frameset_.is_open() && !context_.in_template()) found_of_frames(frameset_.end_tag(name));
    context_.end_tag(name);
  }
  want_what_matters();
}

void PageScanner::Impl::on_meta(const Tag& tag) {
  if (encoding_.empty()) on_meta_encoding(tag);
  const auto content = tag.find("content");
  if (!content) return;
  if (const auto name = tag.find("name")) {
    if (equals_lower(*name, "robots") || (!robots_token_.empty() && equals_lower(*name, robots_token_))) {
      const RobotsDirectives directives = parse_robots_directives(*content);
      robots_.noindex = robots_.noindex || directives.noindex;
      robots_.nofollow = robots_.nofollow || directives.nofollow;
    }
  }
  const auto http_equiv = tag.find("http-equiv");
  if (want_links_ && http_equiv && equals_lower(*http_equiv, "refresh")) links_.add_refresh(*content);
}

// A declaration beyond what was prescanned
// (https://html.spec.whatwg.org/multipage/parsing.html#changing-the-encoding-while-parsing): the results are converted
// only at the end, so it holds for all of them.
void PageScanner::Impl::on_meta_encoding(const Tag& tag) {
  const auto charset = tag.find("charset");
  const auto http_equiv = tag.find("http-equiv");
  std::string_view encoding;
  if (charset) {
    encoding = encoding_for_label(*charset);
  } else if (http_equiv && equals_lower(*http_equiv, "content-type")) {
    encoding = encoding_in_meta_content(tag.find("content").value_or(std::string_view()));
  }
  if (encoding != kReplacementEncoding) set_encoding(as_declared_in_page(encoding), EncodingSource::kDeclared);
}

PageScanner::PageScanner(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
PageScanner::~PageScanner() = default;
PageScanner::PageScanner(PageScanner&& other) noexcept = default;
PageScanner& PageScanner::operator=(PageScanner&& other) noexcept = default;

void PageScanner::reset(const Options& options) {
  impl_->reset(options);
}
void PageScanner::feed(std::string_view bytes) {
  impl_->feed(bytes);
}
Page PageScanner::finish() {
  return impl_->finish();
}

}  // namespace wswp::html
