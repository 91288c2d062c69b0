// Nothing private is contacted, whatever leads there: a server on 127.0.0.1 that must see no connection.

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/scripted_server.h"
#include "unit/net/dns_server.h"

namespace wswp::test {
namespace {

using Then = Reply::Then;
using Address = std::array<std::uint8_t, 4>;

constexpr Address kPublic{93, 184, 215, 14};
constexpr Address kLoopback{127, 0, 0, 1};

/// What the names of these tests resolve to; everything else does not exist.
net::DnsAnswer resolve(const std::string& name, std::atomic<int>& rebindings) {
  if (name == "private.test") return {.addresses = {kLoopback}};
  if (name == "metadata.test") return {.addresses = {{169, 254, 169, 254}}};
  if (name == "mixed.test") return {.addresses = {kLoopback, kPublic}};
  if (name == "rebind.test") return {.addresses = {rebindings++ == 0 ? kPublic : kLoopback}, .ttl_s = 0};
  if (name.ends_with(".test") || name.ends_with("localhost")) return {.addresses = {kPublic}};
  return {.rcode = 3};
}

/// Texts that browsers read as URLs of the server at this port of this machine.
std::vector<std::string> private_urls(std::uint16_t port) {
  std::vector<std::string> urls;
  for (const char* host : {"127.0.0.1",
                           "127.0.0.1.",
                           "127.1",
                           "2130706433",
                           "0177.0.0.1",
                           "0x7f.1",
                           "0x7F000001",
                           "017700000001",
                           "127.0.0.2",
                           "0",
                           "0.0.0.0",
                           "%31%32%37.0.0.1",
                           "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1",
                           "127\xe3\x80\x82"
                           "0.0.1",
                           "[::1]",
                           "[::]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[::127.0.0.1]",
                           "[64:ff9b::127.0.0.1]",
                           "[64:ff9b:1::7f00:1]",
                           "[2002:7f00:1::]",
                           "[fe80::1]",
                           "localhost",
                           "LOCALHOST",
                           "localhost.",
                           "a.localhost",
                           "private.test",
                           "public.test@127.0.0.1",
                           "public.test:80@127.0.0.1"}) {
    urls.push_back(fmt::format("http://{}:{}/{}", host, port, urls.size()));
  }
  urls.push_back(fmt::format("http://127.0.0.1:{}\\@public.test/{}", port, urls.size()));
  urls.push_back(fmt::format("http://127.0.0.1:{}?@public.test/{}", port, urls.size()));
  urls.push_back(fmt::format("https://localhost:{}/{}", port, urls.size()));
  urls.emplace_back("http://169.254.169.254/latest/meta-data/");
  urls.emplace_back("http://metadata.test/");
  urls.emplace_back("http://10.0.0.1/");
  return urls;
}

class Addresses : public testing::Test {
 protected:
  Daemon& start(const Config& changes = {}) {
    Config config = changes;
    config.merge(Config{{"fetch.nameservers", fmt::format("[\"{}\"]", dns_.authority())}, {"fetch.retries", "0"}});
    daemon_ = std::make_unique<Daemon>(
        crawl_config("", config),
        std::vector<std::string>{std::string("LD_PRELOAD=") + DETOUR_LIBRARY, "ASAN_OPTIONS=verify_asan_link_order=0",
                                 fmt::format("WSWP_DETOUR=93.184.215.14={}", public_.port())});
    daemon_->start();
    return *daemon_;
  }
  /// Every row but those of public.test.
  void expect_refused(std::size_t least) const {
    std::size_t refused = 0;
    for (const auto& [url, row] : daemon_->results()) {
      if (url.starts_with("http://public.test/")) continue;
      EXPECT_EQ(row.at("outcome") + " " + row.at("error"), "failed private_address") << url;
      ++refused;
    }
    EXPECT_GE(refused, least);
    EXPECT_EQ(private_.connections(), 0);
  }

  std::atomic<int> rebindings_ = 0;
  net::DnsServer dns_{[this](const std::string& name) { return resolve(name, rebindings_); }};
  ScriptedServer public_, private_;
  std::unique_ptr<Daemon> daemon_;
};

TEST_F(Addresses, OfSeedsAreJudged) {
  Daemon& daemon = start();
  const auto urls = private_urls(private_.port());
  daemon.add(fmt::format("{}\n", fmt::join(urls, "\n")));
  daemon.wait_until_done();
  expect_refused(urls.size());
  EXPECT_EQ(public_.connections(), 0);
}

TEST_F(Addresses, OfRedirectsAreJudged) {
  const auto urls = private_urls(private_.port());
  std::string list;
  for (std::size_t i = 0; i < urls.size(); ++i) {
    public_.answer(fmt::format("public.test/{}", i),
                   {http(302, fmt::format("Location: {}\r\n", urls[i])), Then::kKeep});
    list += fmt::format("http://public.test/{}\n", i);
  }
  Daemon& daemon = start({{"politeness.delay", "0"}});
  daemon.add(list);
  daemon.wait_until_done();
  expect_refused(urls.size());
  EXPECT_EQ(public_.targets("public.test").size(), urls.size()) << "the public server is reached";
}

TEST_F(Addresses, OfLinksAreJudged) {
  const auto urls = private_urls(private_.port());
  std::string body;
  for (const std::string& url : urls) body += fmt::format("<a href='{}'>x</a>", url);
  public_.answer("public.test/", {http(200, "Content-Type: text/html; charset=utf-8\r\n", body), Then::kKeep});
  Daemon& daemon = start();
  daemon.add("http://public.test/\n", {"--follow", "--any-site", "--depth", "1"});
  daemon.wait_until_done();
  expect_refused(urls.size());
}

TEST_F(Addresses, ThatChangeAreJudgedAgain) {
  public_.answer(fmt::format("rebind.test:{}/robots.txt", private_.port()),
                 {http(200, "", "User-agent: *\nCrawl-delay: 1.2\n"), Then::kKeep});
  Daemon& daemon = start();
  daemon.add(fmt::format("http://rebind.test:{}/\n", private_.port()));
  daemon.wait_until_done();
  expect_refused(1);
  EXPECT_EQ(public_.asked(1).size(), 1U) << "robots.txt came from the first address";
  EXPECT_GE(rebindings_, 2);
}

TEST_F(Addresses, ThatArePublicAreTriedAlone) {
  Daemon& daemon = start();
  daemon.add(fmt::format("http://mixed.test:{}/\n", private_.port()));
  daemon.wait_until_done();
  EXPECT_EQ(daemon.results().begin()->second.at("title"), "landed");
  EXPECT_EQ(private_.connections(), 0);
}

TEST_F(Addresses, OfARobotsFileThatMovedAreJudged) {
  std::string list;
  const auto urls = private_urls(private_.port());
  for (std::size_t i = 0; i < urls.size(); ++i) {
    public_.answer(fmt::format("r{}.test/robots.txt", i),
                   {http(301, fmt::format("Location: {}\r\n", urls[i])), Then::kKeep});
    list += fmt::format("http://r{}.test/\n", i);
  }
  Daemon& daemon = start();
  daemon.add(list);
  daemon.wait_until_done();
  for (const auto& [url, row] : daemon.results()) EXPECT_EQ(row.at("error"), "robots_unreachable") << url;
  EXPECT_EQ(daemon.results().size(), urls.size());
  EXPECT_EQ(private_.connections(), 0);
  EXPECT_EQ(public_.asked(urls.size()).size(), urls.size()) << "and nothing but robots.txt was asked for";
}

TEST_F(Addresses, ThatAreWrittenOutAreRefusedWithAProxyToo) {
  const ScriptedServer proxy;
  Daemon& daemon = start({{"fetch.proxies", fmt::format("[\"http://{}\"]", proxy.authority())}});
  std::string list;
  std::size_t written_out = 0;
  for (const std::string& url : private_urls(private_.port())) {
    if (url.find("//private.test") != std::string::npos || url.find("//metadata.test") != std::string::npos) continue;
    list += url + "\n";
    ++written_out;
  }
  daemon.add(list);
  daemon.wait_until_done();
  expect_refused(written_out);
  EXPECT_EQ(proxy.connections(), 0);
}

TEST_F(Addresses, MayBePrivateWhereAllowed) {
  Daemon& daemon = start({{"fetch.allow_private", "true"}});
  daemon.add(fmt::format("http://private.test:{0}/\nhttp://127.0.0.1:{0}/\n", private_.port()));
  daemon.wait_until_done();
  for (const auto& [url, row] : daemon.results()) EXPECT_EQ(row.at("title"), "landed") << url;
  EXPECT_GT(private_.connections(), 0);
}

TEST_F(Addresses, OfOtherSchemesAndCredentialsAreDropped) {
  public_.answer("a.test/", {http(200, "Content-Type: text/html\r\n",
                                  "<title>a</title><a href='http://user:secret@a.test/link'>x</a>"
                                  "<a href='//user@b.test/'>x</a><a href='ftp://a.test/'>x</a>"
                                  "<a href='javascript:x'>x</a><a href='file:///etc/passwd'>x</a>"),
                             Then::kKeep});
  Daemon& daemon = start();
  const auto added = daemon.add(
      "http://user:secret@a.test/\nftp://a.test/\nfile:///etc/passwd\ngopher://a.test/\njavascript:alert(1)\n",
      {"--follow", "--any-site", "--depth", "1"});
  EXPECT_EQ(added.at("invalid"), 4);
  daemon.wait_until_done();
  std::vector<std::string> urls;
  for (const auto& [url, row] : daemon.results()) urls.push_back(url);
  EXPECT_EQ(urls, (std::vector<std::string>{"http://a.test/", "http://a.test/link", "http://b.test/"}));
  for (const ScriptedRequest& asked : public_.asked(5)) {
    EXPECT_EQ(asked.head.find("Authorization"), std::string::npos) << asked.head;
    EXPECT_EQ(asked.head.find("secret"), std::string::npos) << asked.head;
  }
}

}  // namespace
}  // namespace wswp::test
