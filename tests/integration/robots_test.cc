// robots.txt through the whole crawler: what a site says, and what is asked of it afterwards.

#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/scripted_site.h"
#include "support/archive_file.h"
#include "support/daemon.h"
#include "support/rows.h"

namespace wswp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A daemon that sees all hosts on one scripted server; what is no robots.txt is a page.
class RobotsTest : public ::testing::Test {
 protected:
  RobotsTest() { daemon_.start(); }

  std::string outcome(const std::string& url, const std::string& crawl = "default") const {
    const auto results = daemon_.results(crawl);
    const auto row = results.find(url);
    if (row == results.end()) return "missing";
    const std::string& error = row->second.at("error");
    return row->second.at("outcome") + (error.empty() ? "" : " " + error);
  }

  ScriptedSite::Script robots_ = [](const Asked&) { return answer("404"); };
  ScriptedSite site_{[this](const Asked& asked) {
    return asked.target == "/robots.txt" ? robots_(asked) : answer("200", "<title>x</title>");
  }};
  Daemon daemon_{crawl_config(site_.address(), {{"fetch.retries", "1"}})};
};

TEST_F(RobotsTest, GroupsAreMergedWhateverStandsBetweenThem) {
  const std::string text =
      std::string("\xEF\xBB\xBF") + "User-agent: wswp\rDisallow: /one\r\rUser-agent: *\nDisallow: /\n" +
      "\x01\x02 junk \xFF\nDisallow\r\nuser-AGENT : WSWP/2.0 # again\r\nDisallow: /two\n" + "Allow: /two/but\n";
  robots_ = [text](const Asked&) { return answer("200", text); };
  daemon_.add("http://a.test/one\nhttp://a.test/two\nhttp://a.test/two/but\nhttp://a.test/three\n");
  daemon_.wait_until_done();
  EXPECT_EQ(outcome("http://a.test/one"), "disallowed");
  EXPECT_EQ(outcome("http://a.test/two"), "disallowed");
  EXPECT_EQ(outcome("http://a.test/two/but"), "fetched");
  EXPECT_EQ(outcome("http://a.test/three"), "fetched");
  EXPECT_EQ(site_.pages("a.test").size(), 2U);
}

TEST_F(RobotsTest, TheLineThatCrossesTheLimitIsDropped) {
  constexpr std::size_t kLimit = std::size_t{500} * 1024;
  std::string text = "User-agent: *\nDisallow: /early\n#";
  const std::string last = "\nDisallow: /";  // ends at the limit, but goes on behind it
  text += std::string(kLimit - text.size() - last.size(), 'x') + last + "late\nDisallow: /page\n";
  robots_ = [text](const Asked&) { return answer("200", text); };
  daemon_.add("http://a.test/early\nhttp://a.test/late\nhttp://a.test/page\n");
  daemon_.wait_until_done();
  EXPECT_EQ(outcome("http://a.test/early"), "disallowed");
  EXPECT_EQ(outcome("http://a.test/late"), "fetched");
  EXPECT_EQ(outcome("http://a.test/page"), "fetched");
}

TEST_F(RobotsTest, StatusesDecideWhetherThereAreRules) {
  robots_ = [](const Asked& asked) {
    const std::string label = asked.host.substr(1, 3);
    return label == "cut" ? "" : answer(label, "User-agent: *\nDisallow: /\n");
  };
  std::string list;
  for (const char* label : {"400", "401", "403", "404", "410", "451", "429", "500", "503", "cut"}) {
    list += std::string("http://s") + label + ".test/\n";
  }
  daemon_.add(list);
  daemon_.wait_until_done();
  for (const char* label : {"400", "401", "403", "404", "410", "451"}) {
    EXPECT_EQ(outcome(std::string("http://s") + label + ".test/"), "fetched") << label;
  }
  for (const char* label : {"429", "500", "503", "cut"}) {
    const std::string host = std::string("s") + label + ".test";
    EXPECT_EQ(outcome("http://" + host + "/"), "failed robots_unreachable") << label;
    EXPECT_TRUE(site_.pages(host).empty()) << label;
    EXPECT_EQ(site_.robots(host).size(), 2U) << label << " is asked again later";
  }
}

TEST_F(RobotsTest, ASiteThatComesBackIsCrawledByItsRules) {
  robots_ = [](const Asked& asked) {
    return asked.times == 1 ? answer("503") : answer("200", "User-agent: *\nDisallow: /no\n");
  };
  daemon_.add("http://a.test/\nhttp://a.test/no\n");
  daemon_.wait_until_done();
  EXPECT_EQ(outcome("http://a.test/"), "fetched");
  EXPECT_EQ(outcome("http://a.test/no"), "disallowed");
}

TEST_F(RobotsTest, FiveRedirectsAreFollowedAlsoToOtherHosts) {
  robots_ = [](const Asked& asked) {
    if (asked.host == "end.test") return answer("200", "User-agent: *\nDisallow: /no\n");
    const char hop = asked.host[1];  // "a1.test" is one hop away from the end, "b6.test" six
    const std::string next =
        hop == '1' ? "end.test" : std::string(1, asked.host[0]) + static_cast<char>(hop - 1) + ".test";
    return answer("302", "", "Location: http://" + next + "/robots.txt\r\n");
  };
  daemon_.add("http://a5.test/no\nhttp://b6.test/no\n");
  daemon_.wait_until_done();
  EXPECT_EQ(outcome("http://a5.test/no"), "disallowed");
  EXPECT_EQ(outcome("http://b6.test/no"), "fetched") << "more than five: there are no rules (RFC 9309 2.3.1.2)";
}

TEST_F(RobotsTest, AnEarlierCopyServesWhileTheSiteIsDown) {
  std::atomic<bool> down = false;
  robots_ = [&](const Asked&) {
    return down ? answer("503") : answer("200", "User-agent: *\nDisallow: /no\nSitemap: http://a.test/map.xml\n");
  };
  daemon_.add("a.test\n");
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.stop(), 0);
  down = true;
  execute(daemon_.database(), "update host_state set expires_at = 1");
  daemon_.start();
  daemon_.add("http://a.test/no\nhttp://a.test/yes\n", {"--crawl", "later"});
  daemon_.wait_until_done();
  EXPECT_EQ(outcome("http://a.test/no", "later"), "disallowed");
  EXPECT_EQ(outcome("http://a.test/yes", "later"), "fetched");
  EXPECT_EQ(site_.robots("a.test").size(), 2U);
  const auto host = daemon_.ctl_json({"show", "a.test"}).at("host");
  EXPECT_THAT(host.at("sitemaps"), ElementsAre("http://a.test/map.xml")) << "they outlive the daemon, too";
}

TEST_F(RobotsTest, TheCommandTellsTheRuleOfTheRecord) {
  robots_ = [](const Asked& asked) {
    if (asked.host == "down.test") return answer("500");
    return answer("200",
                  "User-agent: *\nDisallow: /\n\nUser-agent: wswp\nCrawl-delay: 0.1\nDisallow: /no\n"
                  "Sitemap: http://a.test/map.xml\n");
  };
  EXPECT_EQ(daemon_.ctl({"robots", "http://a.test/no"}).exit, 1);
  EXPECT_THAT(daemon_.ctl({"robots", "http://a.test/no"}).err, HasSubstr("has not been asked for"));
  daemon_.add("a.test\ndown.test\n");
  daemon_.wait_until_done();
  const auto no = daemon_.ctl_json({"robots", "http://a.test/no/more"});
  EXPECT_EQ(no.at("allowed"), false);
  EXPECT_EQ(no.at("group"), "own");
  EXPECT_EQ(no.at("rule").at("line"), 6);
  EXPECT_EQ(no.at("rule").at("text"), "Disallow: /no");
  EXPECT_EQ(no.at("record").at("status"), 200);
  EXPECT_EQ(no.at("record").at("crawl_delay"), 0.1);
  EXPECT_THAT(no.at("record").at("sitemaps"), ElementsAre("http://a.test/map.xml"));
  const auto yes = daemon_.ctl_json({"robots", "a.test"});
  EXPECT_EQ(yes.at("allowed"), true);
  EXPECT_EQ(yes.at("reason"), "no_rule");
  const auto down = daemon_.ctl_json({"robots", "down.test"});
  EXPECT_EQ(down.at("allowed"), false);
  EXPECT_EQ(down.at("reason"), "unreachable");
  EXPECT_EQ(down.at("record").at("failures"), 2);
  EXPECT_FALSE(down.at("record").at("unreachable_since").is_null());
}

TEST_F(RobotsTest, TheCommandJudgesByATextOrByTheSite) {
  const std::string text = "User-agent: other\nDisallow: /o\n\nUser-agent: *\nAllow: /\nDisallow: /no # private\n";
  robots_ = [text](const Asked&) { return answer("200", text); };
  const std::string file = daemon_.directory().file("robots.txt");
  write_file(file, text);
  const auto no = daemon_.ctl_json({"robots", "http://never.test/no", "--file", file});
  EXPECT_EQ(no.at("allowed"), false);
  EXPECT_EQ(no.at("group"), "*");
  EXPECT_EQ(no.at("user_agent").at("line"), 4);
  EXPECT_EQ(no.at("rule").at("text"), "Disallow: /no # private");
  const auto other = daemon_.ctl_json({"robots", "http://never.test/no", "--file", file, "--agent", "Other/1.0"});
  EXPECT_EQ(other.at("allowed"), true);
  EXPECT_EQ(other.at("group"), "own");
  const auto live = daemon_.ctl_json({"robots", "http://" + site_.address() + "/no", "--fetch"});
  EXPECT_EQ(live.at("allowed"), false);
  EXPECT_EQ(site_.robots(site_.address()).size(), 1U);
}

}  // namespace
}  // namespace wswp::test
