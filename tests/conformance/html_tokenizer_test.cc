// The tokenizer against html5lib's test data: tags, attributes and text; comments, doctypes and error codes are none of
// its business. Every case is fed whole, byte by byte, and cut in two at every position.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "html/ascii.h"
#include "html/references.h"
#include "html/tokenizer.h"

namespace wswp::html {
namespace {

using Json = nlohmann::json;

std::filesystem::path conformance_folder(std::string_view name) {
  const char* const directory = std::getenv("WSWP_CONFORMANCE_DIR");
  const std::filesystem::path root = directory != nullptr
                                         ? std::filesystem::path(directory)
                                         : std::filesystem::path(WSWP_SOURCE_DIR) / ".." / "shared" / "conformance";
  return root / name;
}

std::string decoded(std::string_view raw, TextKind kind) {
  std::string out;
  append_decoded(raw, kind, out);
  return out;
}

// Writes down tokens in the form of the test data, without what is not ours; adjacent texts are one.
class Recorder final : public TokenSink {
 public:
  TokenizerMode on_start_tag(const Tag& tag) override {
    end_text();
    Json attributes = Json::object();
    for (std::size_t i = 0; i < tag.size(); ++i) {
      const Tag::Attribute attribute = tag.attribute(i);
      const std::string name = name_of(attribute.name);
      if (!attributes.contains(name)) attributes[name] = decoded(attribute.value, TextKind::kAttribute);
    }
    Json token = {"StartTag", name_of(tag.name()), attributes};
    if (tag.self_closing()) token.push_back(true);
    tokens_.push_back(token);
    return TokenizerMode::kData;
  }
  void on_end_tag(std::string_view name) override {
    end_text();
    tokens_.push_back({"EndTag", name_of(name)});
  }
  void on_text(std::string_view raw, TextKind kind) override {
    if (kind != kind_) end_run();
    kind_ = kind;
    run_ += raw;
  }
  void on_gap() override { end_run(); }
  bool in_foreign_content() const override { return false; }

  Json finish() {
    end_text();
    return tokens_;
  }

 private:
  static std::string name_of(std::string_view raw) { return decoded(lower_copy(raw), TextKind::kRaw); }
  void end_run() {
    text_ += decoded(run_, kind_);
    run_.clear();
  }
  void end_text() {
    end_run();
    if (!text_.empty()) tokens_.push_back({"Character", text_});
    text_.clear();
  }

  Json tokens_ = Json::array();
  std::string run_;
  TextKind kind_ = TextKind::kData;
  std::string text_;
};

// What of the expected tokens is ours, in the form of Recorder.
Json expected_tokens(const Json& output) {
  Json tokens = Json::array();
  for (const Json& token : output) {
    const std::string type = token[0];
    if (type == "DOCTYPE" || type == "Comment") continue;
    if (type == "Character" && !tokens.empty() && tokens.back()[0] == "Character") {
      tokens.back()[1] = tokens.back()[1].get<std::string>() + token[1].get<std::string>();
    } else {
      tokens.push_back(token);
    }
  }
  return tokens;
}

Json tokenize(const std::vector<std::string_view>& chunks, TokenizerMode mode, const std::string& last_start_tag) {
  Recorder recorder;
  Tokenizer tokenizer(recorder);
  tokenizer.want_text(true);
  tokenizer.reset(mode, last_start_tag);
  for (const std::string_view chunk : chunks) {
    // In memory of its own, so that nothing is read outside the chunk unnoticed by a sanitizer.
    const std::vector<char> copy(chunk.begin(), chunk.end());
    tokenizer.feed({copy.data(), copy.size()});
  }
  tokenizer.finish();
  return recorder.finish();
}

// Half surrogate pairs are no Unicode text and have no bytes; U+FFFD stands for them, as in every decoder.
std::string with_scalar_values(std::string_view json) {
  const auto unit_at = [&](std::size_t at) {
    const bool escape = at + 6 <= json.size() && json[at] == '\\' && json[at + 1] == 'u';
    return escape ? std::stoi(std::string(json.substr(at + 2, 4)), nullptr, 16) : -1;
  };
  const auto is_high = [](int unit) { return unit >= 0xD800 && unit < 0xDC00; };
  const auto is_low = [](int unit) { return unit >= 0xDC00 && unit < 0xE000; };
  std::string out;
  for (std::size_t i = 0; i < json.size();) {
    const int unit = unit_at(i);
    std::size_t length = unit >= 0 ? 6 : 1;
    if (unit < 0 && json[i] == '\\') length = 2;
    if (is_high(unit) && is_low(unit_at(i + 6))) length = 12;
    const bool half = length == 6 && (is_high(unit) || is_low(unit));
    out += half ? std::string_view("\\uFFFD") : json.substr(i, length);
    i += length;
  }
  return out;
}

// Strings of "doubleEscaped" cases are escaped once more than JSON does.
Json unescaped(const Json& value) {
  if (value.is_string()) {
    std::string text;
    for (const char c : value.get<std::string>()) text += c == '"' ? std::string("\\\"") : std::string(1, c);
    return Json::parse(with_scalar_values("\"" + text + "\""));
  }
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& item : value) out.push_back(unescaped(item));
    return out;
  }
  if (value.is_object()) {
    Json out = Json::object();
    for (const auto& [key, item] : value.items()) out[unescaped(key).get<std::string>()] = unescaped(item);
    return out;
  }
  return value;
}

void check(const std::string& input, const Json& expected, const std::string& state,
           const std::string& last_start_tag) {
  static const std::map<std::string, TokenizerMode> kModes = {
      {"Data state", TokenizerMode::kData},           {"RCDATA state", TokenizerMode::kRcdata},
      {"RAWTEXT state", TokenizerMode::kRawtext},     {"Script data state", TokenizerMode::kScript},
      {"PLAINTEXT state", TokenizerMode::kPlaintext}, {"CDATA section state", TokenizerMode::kCdata}};
  const TokenizerMode mode = kModes.at(state);
  const std::string_view view = input;
  ASSERT_EQ(tokenize({view}, mode, last_start_tag), expected) << "whole, in " << state;
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < view.size(); ++i) bytes.push_back(view.substr(i, 1));
  ASSERT_EQ(tokenize(bytes, mode, last_start_tag), expected) << "byte by byte, in " << state;
  for (std::size_t i = 0; i <= view.size(); ++i) {
    ASSERT_EQ(tokenize({view.substr(0, i), view.substr(i)}, mode, last_start_tag), expected)
        << "cut at byte " << i << ", in " << state;
  }
}

class Html5libTokenizer : public testing::TestWithParam<const char*> {};

TEST_P(Html5libTokenizer, TokensAreThoseExpected) {
  const std::filesystem::path path = conformance_folder("html-tokenizer") / GetParam();
  std::ifstream file(path);
  if (!file) GTEST_SKIP() << "no conformance data: " << path;
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const Json cases = Json::parse(with_scalar_values(text)).at("tests");
  ASSERT_FALSE(cases.empty());
  for (const Json& test : cases) {
    SCOPED_TRACE(test.at("description").get<std::string>());
    const bool escaped = test.value("doubleEscaped", false);
    const Json input = escaped ? unescaped(test.at("input")) : test.at("input");
    const Json output = escaped ? unescaped(test.at("output")) : test.at("output");
    for (const Json& state : test.value("initialStates", Json{"Data state"})) {
      check(input, expected_tokens(output), state, test.value("lastStartTag", ""));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Html5libTokenizer,
                         testing::Values("contentModelFlags.test", "domjs.test", "entities.test", "escapeFlag.test",
                                         "namedEntities.test", "numericEntities.test", "test1.test", "test2.test",
                                         "test3.test", "test4.test", "unicodeChars.test"),
                         [](const auto& file) {
                           std::string name = file.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace wswp::html
