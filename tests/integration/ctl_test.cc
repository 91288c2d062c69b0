// wswpctl against a daemon: sources, exit statuses, the JSON that scripts rely on.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "integration/site_names.h"
#include "support/archive_file.h"
#include "support/daemon.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

std::vector<std::string> keys_of(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

std::vector<json> json_lines(const std::string& text) {
  std::vector<json> documents;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    documents.push_back(json::parse(text.substr(at, end - at)));
    at = end + 1;
  }
  return documents;
}

class Ctl : public ::testing::Test {
 protected:
  Ctl() { daemon_.start(); }

  std::string file(const std::string& name) const { return daemon_.directory().file(name); }
  std::string file(const std::string& name, const std::string& content) const {
    write_file(file(name), content);
    return file(name);
  }
  json add(const std::string& source) const { return daemon_.ctl_json({"add", source, "--crawl", "adding"}); }

  Simweb web_{{"--profile", "clean"}};
  Daemon daemon_{crawl_config(web_.http())};
};

json counts(int read, int added, int duplicate, int invalid) {
  return {{"crawl", "adding"},      {"read", read},       {"added", added},
          {"duplicate", duplicate}, {"invalid", invalid}, {"invalid_rows", json::array()}};
}

TEST_F(Ctl, AddsEveryKindOfSource) {
  EXPECT_EQ(add(file("a.csv", "1,one.test\n2,two.test\n3,one.test\n")), counts(3, 2, 1, 0));
  EXPECT_EQ(add(file("a.txt", "# names\nthree.test\n\nhttp://three.test/x\n")), counts(2, 2, 0, 0));
  write_zip(file("a.zip"), {{"top-1m.csv", "1,four.test\n2,five.test\n"}});
  EXPECT_EQ(add(file("a.zip")), counts(2, 2, 0, 0));
  write_gzip(file("a.csv.gz"), "1,six.test\n2,one.test\n");
  EXPECT_EQ(add(file("a.csv.gz")), counts(2, 1, 1, 0));
  EXPECT_EQ(add(file("sitemap.xml",
                     "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
                     "<url><loc>http://seven.test/a?b&amp;c</loc></url></urlset>")),
            counts(1, 1, 0, 0));
  EXPECT_EQ(add("http://eight.test/page"), counts(1, 1, 0, 0));
  EXPECT_EQ(add(file("empty.csv", "")), counts(0, 0, 0, 0));
  EXPECT_EQ(daemon_.ctl_json({"add", "-", "--crawl", "adding"}, "nine.test\n"), counts(1, 1, 0, 0));
  daemon_.wait_until_done();
  EXPECT_TRUE(daemon_.results("adding").contains("http://seven.test/a?b&c"));
  EXPECT_EQ(daemon_.urls("adding").at("fetched"), 10);
}

TEST_F(Ctl, ReadsAUrlInOneWayEverywhere) {
  for (const char* text : {"http:/one.test/", "http:\\\\one.test\\", "HTTP:one.test", "http://one.test"}) {
    add(text);
    add(file("list.txt", std::string(text) + "\n"));
    EXPECT_EQ(daemon_.ctl_json({"show", text}).at("url"), "http://one.test/") << text;
    EXPECT_EQ(daemon_.ctl_json({"robots", text, "--file", file("robots.txt", "")}).at("url"), "http://one.test/")
        << text;
  }
  EXPECT_EQ(daemon_.urls("adding").at("total"), 1);
}

TEST_F(Ctl, SumsSeveralSources) {
  const json answer = daemon_.ctl_json({"add", file("one.csv", "1,a.test\n2,nodot\n"), "http://b.test/",
                                        file("two.txt", "a.test\nc.test\nbad name.test\n"), "--crawl", "adding"});
  EXPECT_EQ(answer.at("read"), 6);
  EXPECT_EQ(answer.at("added"), 3);
  EXPECT_EQ(answer.at("duplicate"), 1);
  EXPECT_EQ(answer.at("invalid"), 2);
  EXPECT_EQ(answer.at("invalid_rows").size(), 2U);
}

TEST_F(Ctl, ListOfAUrlIsDownloaded) {
  const Finished page = daemon_.ctl({"add", "--list", "http://" + web_.http() + "/"});
  EXPECT_EQ(page.exit, 1);
  EXPECT_THAT(page.err, HasSubstr("HTML page"));
  const Finished nobody = daemon_.ctl({"add", "--list", "http://127.0.0.1:9/list.csv"});
  EXPECT_EQ(nobody.exit, 1);
  EXPECT_THAT(nobody.err, HasSubstr("http://127.0.0.1:9/list.csv"));
}

TEST_F(Ctl, TellsBadRows) {
  std::string list = "good.test\nlocalhost\nhttp://localhost:8080/\nexa mple.test\n-\nftp://files.test/\n";
  const json answer = daemon_.ctl_json({"add", "-"}, list);
  EXPECT_THAT(keys_of(answer), UnorderedElementsAre("crawl", "read", "added", "duplicate", "invalid", "invalid_rows"));
  EXPECT_EQ(answer.at("crawl"), "default");
  EXPECT_EQ(answer.at("read"), 6);
  EXPECT_EQ(answer.at("added"), 2);
  EXPECT_EQ(answer.at("invalid"), 4);
  ASSERT_EQ(answer.at("invalid_rows").size(), 4U);
  const json& row = answer.at("invalid_rows").at(0);
  EXPECT_THAT(keys_of(row), UnorderedElementsAre("line", "text", "reason"));
  EXPECT_EQ(row.at("line"), 2);
  EXPECT_EQ(row.at("text"), "localhost");
  EXPECT_TRUE(row.at("reason").is_string());
}

TEST_F(Ctl, TellsTheFirstTenBadRows) {
  std::string list = "good.test\n";
  for (int i = 0; i < 30; ++i) list += "bad" + std::to_string(i) + "\n";
  const json answer = daemon_.ctl_json({"add", "-"}, list);
  EXPECT_EQ(answer.at("invalid"), 30);
  EXPECT_EQ(answer.at("invalid_rows").size(), 10U);
}

TEST_F(Ctl, RefusesWhatIsNoList) {
  EXPECT_EQ(daemon_.ctl({"add", file("missing.csv")}).exit, 1);
  EXPECT_THAT(daemon_.ctl({"add", file("missing.csv")}).err, HasSubstr("missing.csv"));
  EXPECT_THAT(daemon_.ctl({"add", daemon_.directory().path()}).err, HasSubstr("directory"));
  EXPECT_EQ(daemon_.ctl({"add", daemon_.directory().path()}).exit, 1);
  std::string garbage;
  for (int i = 0; i < 5000; ++i) garbage += static_cast<char>((i * 7919) >> 3);
  EXPECT_EQ(daemon_.ctl({"add", file("garbage.bin", garbage)}).exit, 1);
  write_zip(file("whole.zip"), {{"top-1m.csv", site_names(2000)}});
  const std::string whole = read_file(file("whole.zip")).value();
  const Finished broken = daemon_.ctl({"add", file("broken.zip", whole.substr(0, whole.size() / 2))});
  EXPECT_EQ(broken.exit, 1);
  EXPECT_THAT(broken.err, HasSubstr("zip"));
  EXPECT_EQ(daemon_.ctl({"add", file("page.html", "<!DOCTYPE html><html><body>x</body></html>")}).exit, 1);
  EXPECT_EQ(daemon_.ctl({"status"}).exit, 0) << "the daemon is well";
}

TEST_F(Ctl, MaxCountsValidRowsOverAllSources) {
  const json answer = daemon_.ctl_json(
      {"add", file("a.csv", "1,a.test\n2,bad\n3,b.test\n"), file("b.csv", "1,c.test\n2,d.test\n"), "--max", "3"});
  EXPECT_EQ(answer.at("added"), 3);
  EXPECT_EQ(answer.at("invalid"), 1);
  daemon_.wait_until_done();
  EXPECT_FALSE(daemon_.results().contains("http://d.test/"));
}

TEST_F(Ctl, AddsTwiceWithoutDoubling) {
  EXPECT_EQ(daemon_.add(site_names(500)).at("added"), 500);
  const json again = daemon_.add(site_names(510));
  EXPECT_EQ(again.at("added"), 10);
  EXPECT_EQ(again.at("duplicate"), 500);
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.urls().at("fetched"), 510);
}

TEST_F(Ctl, StatusHasTheDocumentedShape) {
  daemon_.add(site_names(20));
  daemon_.wait_until_done();
  const json status = daemon_.ctl_json({"status"});
  EXPECT_TRUE(status.at("version").is_string());
  EXPECT_EQ(status.at("state"), "running");
  EXPECT_TRUE(status.at("uptime_s").is_number());
  ASSERT_EQ(status.at("workers").size(), 2U);
  EXPECT_THAT(keys_of(status.at("workers").at(0)),
              UnorderedElementsAre("pid", "threads", "in_flight", "restarts", "state", "last_death", "starts_in_s"));
  EXPECT_EQ(status.at("workers").at(0).at("threads"), 2);
  ASSERT_EQ(status.at("crawls").size(), 1U);
  const json& crawl = status.at("crawls").at(0);
  EXPECT_THAT(keys_of(crawl),
              UnorderedElementsAre("name", "state", "urls", "retrying", "cut", "bytes", "rate_per_s", "eta_s"));
  EXPECT_THAT(keys_of(status.at("database")), UnorderedElementsAre("bytes", "log_bytes"));
  EXPECT_EQ(crawl.at("state"), "done");
  EXPECT_EQ(crawl.at("urls"), (json{{"total", 20},
                                    {"pending", 0},
                                    {"in_flight", 0},
                                    {"fetched", 20},
                                    {"failed", 0},
                                    {"disallowed", 0},
                                    {"skipped", 0}}));
  EXPECT_EQ(crawl.at("bytes"), 20 * 18000);
  EXPECT_EQ(daemon_.ctl({"status", "nosuch"}).exit, 1);
}

TEST_F(Ctl, GlobalOptionsMayStandAnywhere) {
  const std::string ctl = Daemon::ctl_binary();
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{ctl, "--socket", daemon_.socket(), "--json", "status"},
                                             {ctl, "status", "--json", "--socket", daemon_.socket()},
                                             {ctl, "--json", "status", "--socket", daemon_.socket()},
                                             {ctl, "--socket=" + daemon_.socket(), "status", "--json"}}) {
    const Finished finished = run(arguments);
    EXPECT_EQ(finished.exit, 0) << finished.err;
    EXPECT_FALSE(json::parse(finished.out, nullptr, false).is_discarded()) << finished.out;
  }
}

TEST_F(Ctl, ResultsErrorsShowAndCrawls) {
  daemon_.add("robots-disallow-all.simweb.test\npage-404.simweb.test\npage-garbage.simweb.test\nplain.simweb.test\n");
  daemon_.wait_until_done();
  const auto rows = json_lines(daemon_.ctl({"results", "--json"}).out);
  ASSERT_EQ(rows.size(), 4U);
  for (const json& row : rows) {
    EXPECT_THAT(keys_of(row),
                UnorderedElementsAre("crawl", "url", "outcome", "status", "error", "content_type", "encoding", "bytes",
                                     "truncated", "title", "redirect_to", "depth", "attempts", "remote_ip",
                                     "http_version", "elapsed_ms", "fetched_at"));
    EXPECT_THAT(row.at("fetched_at").get<std::string>(), ::testing::MatchesRegex("....-..-..T..:..:..\\....Z"));
  }
  const Finished fetched = daemon_.ctl({"results", "default", "--outcome", "fetched", "--format", "jsonl"});
  EXPECT_EQ(json_lines(fetched.out).size(), 2U);
  const std::string output = file("out.csv");
  EXPECT_EQ(daemon_.ctl({"results", "--output", output}).exit, 0);
  EXPECT_EQ(read_csv(read_file(output).value(), "url").size(), 4U);

  const json errors = daemon_.ctl_json({"errors"}).at("errors");
  EXPECT_EQ(errors,
            json::array({{{"error", "protocol"}, {"count", 1}, {"example", "http://page-garbage.simweb.test/"}}}));

  const json shown = daemon_.ctl_json({"show", "http://page-404.simweb.test/"});
  EXPECT_EQ(shown.at("url"), "http://page-404.simweb.test/");
  EXPECT_EQ(shown.at("host").at("robots_status"), 200);
  EXPECT_EQ(shown.at("crawls").at(0).at("result").at("status"), 404);
  EXPECT_EQ(daemon_.ctl({"show", "http://never.test/"}).exit, 1);

  const json crawls = daemon_.ctl_json({"crawls"}).at("crawls");
  ASSERT_EQ(crawls.size(), 1U);
  EXPECT_EQ(crawls.at(0).at("name"), "default");
  EXPECT_EQ(crawls.at(0).at("state"), "done");
  EXPECT_EQ(crawls.at(0).at("urls").at("disallowed"), 1);
}

TEST_F(Ctl, RetryTriesTheFailedOnesAgain) {
  daemon_.add("page-503-thrice.simweb.test\npage-garbage.simweb.test\nplain.simweb.test\n");
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.urls().at("failed"), 2);
  EXPECT_EQ(daemon_.ctl({"retry", "default"}).exit, 0);
  daemon_.wait_until_done();
  const json urls = daemon_.urls();
  EXPECT_EQ(urls.at("total"), 3);
  EXPECT_EQ(urls.at("fetched"), 2) << "503 for three requests, then 200";
  EXPECT_EQ(urls.at("failed"), 1);
  EXPECT_EQ(query_number(daemon_.database(), "select count(*) from results"), 3);
  EXPECT_EQ(daemon_.ctl({"retry", "nosuch"}).exit, 1);
}

TEST_F(Ctl, AnAddThatAddsNothingLeavesNoCrawl) {
  EXPECT_EQ(daemon_.ctl({"add", "-", "--crawl", "none"}, "bad\nworse\n").exit, 1);
  EXPECT_EQ(daemon_.ctl_json({"crawls"}).at("crawls"), json::array());
}

TEST_F(Ctl, TextsSayAThingOnce) {
  const std::string bad = daemon_.ctl({"show", "http://a b/"}).err;
  EXPECT_EQ(bad, "wswpctl: not a URL: the host has a character that no host name can have\n");
  const std::string url = "http://127.0.0.1:9/list.txt";
  const std::string refused = daemon_.ctl({"add", "--list", url}).err;
  EXPECT_EQ(refused.find(url), refused.rfind(url)) << refused;
}

TEST_F(Ctl, RemoveForgetsACrawlAndNoOther) {
  daemon_.add(site_names(50), {"--crawl", "old"});
  daemon_.add(site_names(30), {"--crawl", "new"});
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.ctl({"remove", "old"}).exit, 0);
  EXPECT_TRUE(eventually([&] { return daemon_.ctl_json({"crawls"}).at("crawls").size() == 1; }));
  EXPECT_EQ(query_number(daemon_.database(), "select count(*) from results where crawl = 'old'"), 0);
  EXPECT_EQ(daemon_.results("new").size(), 30U);
  EXPECT_EQ(daemon_.ctl({"remove", "old"}).exit, 1);
  EXPECT_EQ(daemon_.add(site_names(50), {"--crawl", "old"}).at("added"), 50) << "the name is free again";
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.urls("old").at("fetched"), 50);
}

TEST_F(Ctl, UsageErrors) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{{},
                                                                     {"nonsense"},
                                                                     {"add"},
                                                                     {"pause"},
                                                                     {"status", "--nonsense"},
                                                                     {"results", "--outcome", "great"},
                                                                     {"add", "x.csv", "--max", "-1"},
                                                                     {"add", "x.csv", "--depth", "deep"}}) {
    EXPECT_EQ(daemon_.ctl(arguments).exit, 2) << ::testing::PrintToString(arguments);
  }
  EXPECT_EQ(daemon_.ctl({"pause", "nosuch"}).exit, 1);
  EXPECT_EQ(daemon_.ctl({"add", "http://a.test/", "--link-regex", "("}).exit, 1);
  EXPECT_EQ(daemon_.ctl({"--help"}).exit, 0);
}

TEST_F(Ctl, StopWaitsForTheEnd) {
  EXPECT_EQ(daemon_.ctl({"stop"}).exit, 0);
  EXPECT_EQ(daemon_.wait(), 0);
  const Finished status = daemon_.ctl({"status"});
  EXPECT_EQ(status.exit, 3);
  EXPECT_THAT(status.err, HasSubstr(daemon_.socket()));
  EXPECT_THAT(status.err, HasSubstr("wswpd"));
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"add", "http://a.test/"}, {"crawls"}, {"results"}, {"stop"}, {"pause", "default"}, {"status", "--wait"}}) {
    EXPECT_EQ(daemon_.ctl(arguments).exit, 3) << ::testing::PrintToString(arguments);
  }
}

TEST_F(Ctl, VersionOfBoth) {
  const json version = daemon_.ctl_json({"version"});
  EXPECT_EQ(version.at("wswpctl"), version.at("wswpd"));
}

}  // namespace
}  // namespace wswp::test
