// Which site a page belongs to where redirects lead out of it (docs/URLS.md, "The site"): that of a link is left with
// it, that of a seed moves.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/eventually.h"
#include "support/scripted_server.h"

namespace wswp::test {
namespace {

using testing::UnorderedElementsAreArray;

using Urls = std::vector<std::string>;

Reply redirect(const std::string& location) {
  return {http(302, "Location: " + location + "\r\n")};
}

Reply page_with(const Urls& links) {
  std::string body = "<!DOCTYPE html><title>a page</title>";
  for (const std::string& link : links) body += "<a href='" + link + "'>x</a>";
  return {http(200, "Content-Type: text/html\r\n", body)};
}

/// A shop that links to others by redirects of its own.
const std::map<std::string, Reply> kShop = {
    {"shop.test/", page_with({"/out", "/far", "/login", "http://elsewhere.test/"})},
    {"shop.test/out", redirect("http://social.test/shop")},
    {"social.test/shop", page_with({"/friends", "http://cdn.social.test/", "http://shop.test/from-outside"})},
    {"shop.test/far", redirect("http://hop-1.test/")},
    {"hop-1.test/", redirect("http://hop-2.test/")},
    {"hop-2.test/", redirect("http://hop-3.test/x")},
    {"hop-3.test/x", page_with({"/y", "http://hop-1.test/z"})},
    {"shop.test/login", redirect("http://sso.test/")},
    {"sso.test/", redirect("http://www.shop.test/in")},
    {"www.shop.test/in", page_with({"/in/2", "http://shop.test/in/3", "http://sso.test/help"})},
};
const Urls kOfShop = {"http://shop.test/",       "http://shop.test/out",      "http://social.test/shop",
                      "http://shop.test/far",    "http://hop-1.test/",        "http://hop-2.test/",
                      "http://hop-3.test/x",     "http://shop.test/login",    "http://sso.test/",
                      "http://www.shop.test/in", "http://www.shop.test/in/2", "http://shop.test/in/3"};

/// A site that has moved, twice.
const std::map<std::string, Reply> kMoved = {
    {"old.test/", redirect("http://middle.test/")},
    {"middle.test/", redirect("http://www.new.test/")},
    {"www.new.test/",
     page_with({"/a", "http://new.test/b", "http://old.test/c", "http://middle.test/d", "http://elsewhere.test/"})},
    {"old.test/c", page_with({"http://new.test/e", "http://elsewhere.test/"})},
    {"new.test/e", page_with({"/f", "/out"})},
    {"new.test/out", redirect("http://third.test/")},
    {"third.test/", page_with({"/never", "http://new.test/never"})},
};
const Urls kOfMoved = {"http://old.test/",  "http://middle.test/", "http://www.new.test/", "http://www.new.test/a",
                       "http://new.test/b", "http://old.test/c",   "http://middle.test/d", "http://new.test/e",
                       "http://new.test/f", "http://new.test/out", "http://third.test/"};

/// `replies`, but for those of `held`, who never answer.
void answer_all(ScriptedServer& server, const std::map<std::string, Reply>& replies,
                const std::set<std::string>& held = {}) {
  for (const auto& [place, reply] : replies)
    server.answer(place, held.contains(place) ? Reply{.bytes = "", .then = Reply::Then::kHold} : reply);
}

Config config_for(const ScriptedServer& server) {
  return crawl_config(server.authority(), {{"politeness.delay", "0"}, {"workers.processes", "3"}});
}

Urls urls_of(const Daemon& daemon) {
  Urls urls;
  for (const auto& [url, row] : daemon.results()) {
    urls.push_back(url);
    EXPECT_EQ(row.at("outcome"), "fetched") << url;
  }
  return urls;
}

bool was_asked(const ScriptedServer& server, const std::set<std::string>& places) {
  std::set<std::string> asked;
  for (const ScriptedRequest& request : server.asked(0)) asked.insert(request.host + request.target);
  return std::includes(asked.begin(), asked.end(), places.begin(), places.end());
}

TEST(Site, IsLeftByARedirectOfALink) {
  ScriptedServer server;
  answer_all(server, kShop);
  Daemon daemon(config_for(server));
  daemon.start();
  daemon.add("shop.test\n", {"--follow"});
  daemon.wait_until_done();
  EXPECT_THAT(urls_of(daemon), UnorderedElementsAreArray(kOfShop));
}

TEST(Site, MovesWithASeedAndKeepsItsOldNames) {
  ScriptedServer server;
  answer_all(server, kMoved);
  Daemon daemon(config_for(server));
  daemon.start();
  daemon.add("old.test\n", {"--follow"});
  daemon.wait_until_done();
  EXPECT_THAT(urls_of(daemon), UnorderedElementsAreArray(kOfMoved));
}

TEST(Site, OutlivesAKill) {
  const std::set<std::string> held = {"social.test/shop", "hop-3.test/x", "sso.test/", "www.new.test/"};
  ScriptedServer before, after;
  for (const auto& replies : {kShop, kMoved}) {
    answer_all(before, replies, held);
    answer_all(after, replies);
  }
  Daemon daemon(config_for(before));
  daemon.start();
  daemon.add("shop.test\nold.test\n", {"--follow"});
  ASSERT_TRUE(eventually([&] { return was_asked(before, held); }));
  daemon.kill_all();
  daemon.configure(config_for(after));
  daemon.start();
  daemon.wait_until_done();
  Urls expected = kOfShop;
  expected.insert(expected.end(), kOfMoved.begin(), kOfMoved.end());
  EXPECT_THAT(urls_of(daemon), UnorderedElementsAreArray(expected));
}

TEST(Site, OutlivesARetryOfFailures) {
  ScriptedServer before, after;
  answer_all(before, kMoved);
  answer_all(after, kMoved);
  before.answer("www.new.test/", {http(503)});
  Daemon daemon(config_for(before));
  daemon.start();
  daemon.add("old.test\n", {"--follow"});
  daemon.wait_until_done();
  EXPECT_EQ(daemon.results().at("http://www.new.test/").at("outcome"), "failed");
  daemon.configure(config_for(after));
  ASSERT_EQ(daemon.stop(), 0);
  daemon.start();
  EXPECT_EQ(daemon.ctl({"retry", "default"}).exit, 0);
  daemon.wait_until_done();
  EXPECT_THAT(urls_of(daemon), UnorderedElementsAreArray(kOfMoved));
}

TEST(Site, IsOfNoConcernWhereAnySiteIsFollowed) {
  ScriptedServer server;
  answer_all(server, kShop);
  Daemon daemon(config_for(server));
  daemon.start();
  daemon.add("shop.test\n", {"--follow", "--any-site"});
  daemon.wait_until_done();
  Urls expected = kOfShop;
  for (const char* url :
       {"http://elsewhere.test/", "http://social.test/friends", "http://cdn.social.test/",
        "http://shop.test/from-outside", "http://hop-3.test/y", "http://hop-1.test/z", "http://sso.test/help"})
    expected.emplace_back(url);
  EXPECT_THAT(urls_of(daemon), UnorderedElementsAreArray(expected));
}

}  // namespace
}  // namespace wswp::test
