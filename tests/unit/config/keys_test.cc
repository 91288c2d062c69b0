// Every key of wswpd.toml: default, a good value, a wrong type, values out of range; in the words of the file's manual,
// not of the parser's table.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "config/load.h"
#include "unit/config/shipped_file.h"

namespace wswp::config {
namespace {

using ::testing::HasSubstr;

struct Case {
  std::string section;
  std::string key;
  std::string initial;                           // the default, as it would be written
  std::string good;                              // another value
  std::function<bool(const Settings&)> is_good;  // whether that one arrived
  std::string wrong_type;
  std::string expected;               // "expected …" of the error
  std::vector<std::string> refused;   // of the right type
  std::vector<std::string> accepted;  // the ends of the range, other spellings
};

std::string document(const Case& test, const std::string& value) {
  return (test.section.empty() ? "" : "[" + test.section + "]\n") + test.key + " = " + value + "\n";
}

const std::vector<Case>& cases() {
  static const std::vector<Case> table = {
      {"",
       "data_dir",
       R"("/var/lib/wswp")",
       R"("/srv/crawl")",
       [](const Settings& s) { return s.data_dir == "/srv/crawl"; },
       "3",
       "a string",
       {R"("")", R"("crawl")"},
       {}},
      {"",
       "socket",
       R"("/run/wswp/wswpd.sock")",
       R"("/tmp/s")",
       [](const Settings& s) { return s.socket == "/tmp/s"; },
       "true",
       "a string",
       {R"("")", R"("s.sock")", "\"/" + std::string(107, 'x') + "\""},
       {}},
      {"workers",
       "processes",
       "0",
       "4",
       [](const Settings& s) { return s.workers.processes == 4; },
       "\"4\"",
       "an integer",
       {"-1", "257"},
       {"256"}},
      {"workers",
       "threads",
       "5",
       "8",
       [](const Settings& s) { return s.workers.threads == 8; },
       "5.0",
       "an integer",
       {"0", "-1", "257", "9223372036854775807"},
       {"1", "256"}},
      {"workers",
       "transfers",
       "100",
       "1",
       [](const Settings& s) { return s.workers.transfers == 1; },
       "[]",
       "an integer",
       {"0", "10001"},
       {"10_000"}},
      {"workers",
       "stall_timeout",
       "30.0",
       "2.5",
       [](const Settings& s) { return s.workers.stall_timeout_ms == 2500; },
       "[]",
       "a number of seconds",
       {"0.9", "3601"},
       {"1", "3600"}},
      {"fetch",
       "user_agent",
       R"("wswp/1.0")",
       R"-("mine/2 (+https://example.org/)")-",
       [](const Settings& s) { return s.fetch.user_agent == "mine/2 (+https://example.org/)"; },
       "1",
       "a string",
       {R"("")", R"("/1.0")", R"("wswp\r\nX: y")"},
       {}},
      {"fetch",
       "connect_timeout",
       "10.0",
       "2.5",
       [](const Settings& s) { return s.fetch.connect_timeout_ms == 2500; },
       "\"10 s\"",
       "a number of seconds",
       {"0", "0.0", "-1", "600.1", "nan", "inf"},
       {"0.01", "600", "3"}},
      {"fetch",
       "timeout",
       "60.0",
       "90",
       [](const Settings& s) { return s.fetch.timeout_ms == 90'000; },
       "true",
       "a number of seconds",
       {"0", "86401", "-inf"},
       {"0.01", "86400"}},
      {"fetch",
       "retries",
       "2",
       "0",
       [](const Settings& s) { return s.fetch.retries == 0; },
       "2.0",
       "an integer",
       {"-1", "101"},
       {"100"}},
      {"fetch",
       "retry_delay",
       "5.0",
       "0.25",
       [](const Settings& s) { return s.fetch.retry_delay_ms == 250; },
       "\"5\"",
       "a number of seconds",
       {"-0.1", "86401"},
       {"0", "86400"}},
      {"fetch",
       "max_body",
       R"("10 MiB")",
       R"("512 KiB")",
       [](const Settings& s) { return s.fetch.max_body_bytes == 524'288; },
       "1.5",
       "a size such as \"10 MiB\"",
       {"1023", R"("1 B")", R"("2 GiB")", R"("10 MB")", R"("ten")", R"("")", "-5"},
       {"1024", R"("1 GiB")", R"("1 KiB")"}},
      {"fetch",
       "max_redirects",
       "5",
       "9",
       [](const Settings& s) { return s.fetch.max_redirects == 9; },
       "{}",
       "an integer",
       {"-1", "51"},
       {"0", "50"}},
      {"fetch",
       "verify_tls",
       "true",
       "false",
       [](const Settings& s) { return !s.fetch.verify_tls; },
       "0",
       "true or false",
       {},
       {}},
      {"fetch",
       "allow_private",
       "false",
       "true",
       [](const Settings& s) { return s.fetch.allow_private; },
       "\"yes\"",
       "true or false",
       {},
       {}},
      {"fetch",
       "proxies",
       "[]",
       R"(["http://a:1", "socks5://b:2"])",
       [](const Settings& s) {
         return s.fetch.proxies == std::vector<std::string>{"http://a:1", "socks5://b:2"};
       },
       R"("http://a")",
       "an array of strings",
       {R"(["a:1"])", R"(["http://a", ""])", R"(["ftp://a"])"},
       {}},
      {"fetch",
       "connect_to",
       R"("")",
       R"("127.0.0.1:8080")",
       [](const Settings& s) { return s.fetch.connect_to == "127.0.0.1:8080"; },
       "8080",
       "a string",
       {R"("localhost")", R"("localhost:0")", R"(":80")"},
       {R"("[::1]:80")"}},
      {"fetch",
       "nameservers",
       "[]",
       R"(["127.0.0.1:5353", "::1"])",
       [](const Settings& s) {
         return s.fetch.nameservers == std::vector<std::string>{"127.0.0.1:5353", "::1"};
       },
       R"("127.0.0.1")",
       "an array of strings",
       {R"(["localhost"])", R"(["1.2.3.4:99999"])", R"([""])"},
       {}},
      {"politeness",
       "robots",
       "true",
       "false",
       [](const Settings& s) { return !s.politeness.robots; },
       "1",
       "true or false",
       {},
       {}},
      {"politeness",
       "delay",
       "5.0",
       "0.5",
       [](const Settings& s) { return s.politeness.delay_ms == 500; },
       "\"5\"",
       "a number of seconds",
       {"-1", "86400.5"},
       {"0", "86400"}},
      {"politeness",
       "max_crawl_delay",
       "30.0",
       "60",
       [](const Settings& s) { return s.politeness.max_crawl_delay_ms == 60'000; },
       "[30]",
       "a number of seconds",
       {"-1", "86401"},
       {"0"}},
      {"politeness",
       "per_ip_delay",
       "0.0",
       "1.5",
       [](const Settings& s) { return s.politeness.per_ip_delay_ms == 1500; },
       "false",
       "a number of seconds",
       {"-1", "86401"},
       {"86400"}},
      {"politeness",
       "adaptive",
       "0.0",
       "1.5",
       [](const Settings& s) { return s.politeness.adaptive > 1.4 && s.politeness.adaptive < 1.6; },
       "\"1\"",
       "a number",
       {"-0.1", "100.5"},
       {"2", "100"}},
      {"crawl",
       "link_regex",
       R"("$^")",
       R"("/news/\\d+")",
       [](const Settings& s) { return s.crawl.link_regex == R"(/news/\d+)"; },
       "1",
       "a string",
       {R"("(")"},
       {R"("")"}},
      {"crawl",
       "max_depth",
       "5",
       "0",
       [](const Settings& s) { return s.crawl.max_depth == 0; },
       "5.5",
       "an integer",
       {"-1", "10001"},
       {"10000"}},
      {"crawl",
       "same_site",
       "true",
       "false",
       [](const Settings& s) { return !s.crawl.same_site; },
       "\"false\"",
       "true or false",
       {},
       {}},
      {"crawl",
       "max_urls_per_host",
       "100000",
       "7",
       [](const Settings& s) { return s.crawl.max_urls_per_host == 7; },
       "1e5",
       "an integer",
       {"0", "1000000001"},
       {"1", "1000000000"}},
      {"traps",
       "max_url_length",
       "2048",
       "100",
       [](const Settings& s) { return s.traps.max_url_length == 100; },
       R"("2 KiB")",
       "an integer",
       {"-1", "65537"},
       {"0", "65536"}},
      {"traps",
       "max_host_labels",
       "10",
       "4",
       [](const Settings& s) { return s.traps.max_host_labels == 4; },
       "[]",
       "an integer",
       {"-1", "128"},
       {"0", "127"}},
      {"traps",
       "max_segments",
       "20",
       "7",
       [](const Settings& s) { return s.traps.max_segments == 7; },
       "2.5",
       "an integer",
       {"-1", "10001"},
       {"0", "10000"}},
      {"traps",
       "max_repeats",
       "3",
       "5",
       [](const Settings& s) { return s.traps.max_repeats == 5; },
       "true",
       "an integer",
       {"-1", "10001"},
       {"0", "10000"}},
      {"traps",
       "max_parameters",
       "20",
       "8",
       [](const Settings& s) { return s.traps.max_parameters == 8; },
       R"("8")",
       "an integer",
       {"-1", "10001"},
       {"0", "10000"}},
      {"traps",
       "max_encodings",
       "2",
       "1",
       [](const Settings& s) { return s.traps.max_encodings == 1; },
       "1.0",
       "an integer",
       {"-1", "101"},
       {"0", "100"}},
      {"traps",
       "max_years_ahead",
       "2",
       "10",
       [](const Settings& s) { return s.traps.max_years_ahead == 10; },
       "1979-05-27",
       "an integer",
       {"-1", "1001"},
       {"0", "1000"}},
      {"traps",
       "first_year",
       "1900",
       "1970",
       [](const Settings& s) { return s.traps.first_year == 1970; },
       R"("1970")",
       "an integer",
       {"-1", "10000"},
       {"0", "9999"}},
      {"traps",
       "session_ids",
       R"("drop")",
       R"("skip")",
       [](const Settings& s) { return s.traps.session_ids == SessionIds::kSkip; },
       "true",
       "a string",
       {R"("")", R"("Drop")"},
       {R"("keep")"}},
      {"traps",
       "max_links",
       "10000",
       "50",
       [](const Settings& s) { return s.traps.max_links == 50; },
       "1e3",
       "an integer",
       {"-1", "1000000001"},
       {"0", "1000000000"}},
      {"traps",
       "max_hosts_per_site",
       "1000",
       "50",
       [](const Settings& s) { return s.traps.max_hosts_per_site == 50; },
       "1e3",
       "an integer",
       {"-1", "1000000001"},
       {"0", "1000000000"}},
      {"log",
       "level",
       R"("info")",
       R"("debug")",
       [](const Settings& s) { return s.log.level == log::Level::kDebug; },
       "7",
       "a string",
       {R"("loud")", R"("")", R"("Info")"},
       {R"("error")", R"("warning")"}},
  };
  return table;
}

class EveryKey : public ::testing::TestWithParam<Case> {
 protected:
  static Result<Settings> parse_value(const std::string& value) {
    return parse(document(GetParam(), value), "f.toml", Settings{});
  }
};

TEST_P(EveryKey, HasTheDocumentedDefault) {
  const auto settings = parse_value(GetParam().initial);
  ASSERT_TRUE(settings) << settings.message();
  EXPECT_EQ(*settings, Settings{});
}

TEST_P(EveryKey, SetsItsMemberAndNoOther) {
  EXPECT_FALSE(GetParam().is_good(Settings{}));
  const auto settings = parse_value(GetParam().good);
  ASSERT_TRUE(settings) << settings.message();
  EXPECT_TRUE(GetParam().is_good(*settings));
  const auto again = parse(document(GetParam(), GetParam().initial), "f.toml", *settings);
  ASSERT_TRUE(again) << again.message();
  EXPECT_EQ(*again, Settings{});
}

TEST_P(EveryKey, RefusesAnotherType) {
  const auto settings = parse_value(GetParam().wrong_type);
  ASSERT_FALSE(settings);
  const std::string name = (GetParam().section.empty() ? "" : GetParam().section + ".") + GetParam().key;
  EXPECT_THAT(settings.message(), HasSubstr(name + ": expected " + GetParam().expected + ", found "));
}

TEST_P(EveryKey, RefusesWhatIsOutOfRange) {
  const std::string line = GetParam().section.empty() ? "1" : "2";
  for (const std::string& value : GetParam().refused) {
    const auto settings = parse_value(value);
    ASSERT_FALSE(settings) << value;
    EXPECT_THAT(settings.message(), ::testing::StartsWith("f.toml:" + line + ":"));
    EXPECT_THAT(settings.message(), HasSubstr(GetParam().key + ": ")) << value;
  }
}

TEST_P(EveryKey, AcceptsTheEndsOfItsRange) {
  for (const std::string& value : GetParam().accepted) {
    const auto settings = parse_value(value);
    EXPECT_TRUE(settings) << value << ": " << settings.message();
  }
}

INSTANTIATE_TEST_SUITE_P(WswpdToml, EveryKey, ::testing::ValuesIn(cases()),
                         [](const auto& test) { return test.param.section + "_" + test.param.key; });

/// "section.key = default" for each key the installed file shows.
std::vector<std::string> shown_keys() {
  std::vector<std::string> shown;
  std::istringstream lines(shipped_file());
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('[')) section = line.substr(1, line.size() - 2);
    if (shows_key(line)) shown.push_back(section + "." + line.substr(1));
  }
  return shown;
}

TEST(Keys, TestedHereAreThoseTheInstalledFileShows) {
  std::vector<std::string> tested;
  for (const Case& test : cases()) tested.push_back(test.section + "." + test.key + " = " + test.initial);
  EXPECT_EQ(shown_keys(), tested);
}

}  // namespace
}  // namespace wswp::config
