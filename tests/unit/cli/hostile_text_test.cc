// What sites have said never controls a terminal, whatever command and format prints it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fake_daemon.h"
#include "run_ctl.h"

namespace wswp::cli {
namespace {

// As a daemon writes it: control characters below U+0020 escaped, the others as they stand.
const std::string kHostile = R"(a\u001b[2J\u0007\u0000\u000d)"
                             "\x7F\u0080\u009B2J\u009F"
                             R"(\u0008\n\tz)";

// Of CSV, lines end in CR LF; there is no other control character, nor half of one.
bool controls_a_terminal(const std::string& out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto byte = static_cast<unsigned char>(out[i]);
    const bool line_end = byte == '\n' || (byte == '\r' && i + 1 < out.size() && out[i + 1] == '\n');
    const bool c1 = byte == 0xC2 && i + 1 < out.size() && static_cast<unsigned char>(out[i + 1]) < 0xA0;
    if ((byte < 0x20 && !line_end) || byte == 0x7F || c1) return true;
  }
  return false;
}

class HostileText : public ::testing::Test {
 protected:
  Outcome ctl(const std::string& body, std::vector<std::string> arguments, int status = 200) {
    FakeDaemon daemon([&](const Request&) { return Response{status, body}; });
    arguments.insert(arguments.begin(), {"--socket", daemon.socket()});
    return run_ctl({.arguments = arguments});
  }
  void expect_harmless(const std::string& body, const std::vector<std::string>& arguments) {
    const Outcome outcome = ctl(body, arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, ::testing::HasSubstr("[2J")) << arguments[0];
    EXPECT_FALSE(controls_a_terminal(outcome.out)) << arguments[0] << ": " << outcome.out;
  }
  /// {"a":"…","b":"…"} with hostile values, and keys where those are asked for.
  static std::string object(const std::vector<std::string>& keys) {
    std::string json;
    for (const std::string& key : keys) json += (json.empty() ? "{\"" : ",\"") + key + "\":\"" + kHostile + '"';
    return json + '}';
  }
};

TEST_F(HostileText, InResultsOfEveryFormat) {
  const std::string row = object({"crawl", "url", "outcome", "status", "error", "content_type", "encoding", "bytes",
                                  "title", "redirect_to", "remote_ip", "http_version", "fetched_at"}) +
                          "\n";
  for (const char* format : {"table", "csv", "jsonl"}) expect_harmless(row, {"results", "--format", format});
}

TEST_F(HostileText, InTheOtherTables) {
  const std::string errors = R"({"errors":[)" + object({"error", "example"}) + "]}";
  const std::string crawls = R"({"crawls":[)" + object({"name", "state"}) + "]}";
  const std::string url = R"({"url":")" + kHostile + R"(","host":)" + object({"authority", kHostile}) +
                          R"(,"crawls":[{"crawl":")" + kHostile + R"(","result":)" + object({"title", "encoding"}) +
                          R"(,"list":[[")" + kHostile + R"("]]}]})";
  const std::string status = R"({"version":")" + kHostile + R"(","problems":[)" + object({"message", "process"}) +
                             R"(],"crawls":[{"name":")" + kHostile + R"(","cut":{")" + kHostile + R"(":3}}]})";
  for (const bool json : {false, true}) {
    const auto arguments = [json](std::vector<std::string> words) {
      if (json) words.emplace_back("--json");
      return words;
    };
    expect_harmless(errors, arguments({"errors"}));
    expect_harmless(crawls, arguments({"crawls"}));
    expect_harmless(url, arguments({"show", "http://a/"}));
    expect_harmless(status, arguments({"status"}));
  }
}

TEST_F(HostileText, InWhatTheDaemonComplainsOf) {
  const Outcome outcome = ctl(R"({"error":{"code":"bad","message":")" + kHostile + R"("}})", {"errors"}, 400);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, ::testing::HasSubstr("[2J"));
  EXPECT_FALSE(controls_a_terminal(outcome.err)) << outcome.err;
}

}  // namespace
}  // namespace wswp::cli
