// Hosts that never answer leave the others their transfers.

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/eventually.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

/// One thread with few transfers, and time limits that no test lasts.
Config patient_config(const Config& changes) {
  Config config = changes;
  config.merge(Config{{"workers.processes", "1"},
                      {"workers.threads", "1"},
                      {"workers.transfers", "4"},
                      {"fetch.connect_timeout", "600"},
                      {"fetch.timeout", "600"},
                      {"politeness.delay", "0.02"}});
  return crawl_config("", config);
}

/// Sites with thirty pages each, and then those that `kind` makes silent.
std::string list_of(int answering, int silent, const std::string& kind, const std::string& port) {
  std::string list;
  for (int i = 1; i <= answering; ++i) list += fmt::format("http://good{}.test:{}/\n", i, port);
  for (int i = 1; i <= silent; ++i) list += fmt::format("http://bad{}.{}.simweb.test:{}/\n", i, kind, port);
  return list;
}

/// Adds the list and waits until all is done but the silent sites.
void expect_all_but_the_silent(const Simweb& web, Daemon& daemon, const std::string& kind) {
  const int answering = 6, silent = 120;
  daemon.start();
  daemon.add(list_of(answering, silent, kind, std::to_string(web.http_port())), {"--follow", "--depth", "50"});
  EXPECT_TRUE(eventually([&] { return daemon.urls().at("pending") == silent; })) << daemon.urls().dump();
  const auto urls = daemon.urls();
  EXPECT_GT(urls.at("fetched"), answering * 20) << "pages that links lead to";
  EXPECT_EQ(urls.at("failed"), 0) << "the silent ones still hang";
}

TEST(Slots, SilentHostsDoNotStarveThoseThatAnswer) {
  const Simweb web({"--profile", "clean", "--pages", "30", "--links", "10"}, {"--listen", "0.0.0.0:0"});
  Daemon daemon(patient_config({{"fetch.nameservers", "[\"" + web.dns() + "\"]"}, {"fetch.allow_private", "true"}}));
  expect_all_but_the_silent(web, daemon, "host-stall");
}

TEST(Slots, SilentNamesDoNotStarveThoseThatAnswer) {
  const Simweb web({"--profile", "clean", "--pages", "30", "--links", "10"}, {"--listen", "0.0.0.0:0"});
  Daemon daemon(patient_config(
      {{"fetch.nameservers", "[\"" + web.dns() + "\"]"}, {"fetch.allow_private", "true"}, {"fetch.retries", "100"}}));
  expect_all_but_the_silent(web, daemon, "dns-silent");
}

TEST(Slots, SitesBehindSilentOnesAreReached) {
  const Simweb web({"--profile", "clean"});
  Daemon daemon(patient_config({{"fetch.connect_to", '"' + web.http() + '"'}}));
  daemon.start();
  std::string list;
  for (int i = 1; i <= 50; ++i) list += fmt::format("bad{}.host-stall.simweb.test\n", i);
  for (int i = 1; i <= 10; ++i) list += fmt::format("good{}.test\n", i);
  daemon.add(list);
  EXPECT_TRUE(eventually([&] { return daemon.urls().at("pending") == 50; })) << daemon.urls().dump();
  EXPECT_EQ(daemon.urls().at("fetched"), 10);
}

TEST(Slots, WithOneTransferOneSiteIsAskedAtATime) {
  const Simweb web({"--profile", "clean"});
  Daemon daemon(crawl_config(
      web.http(),
      {{"workers.processes", "1"}, {"workers.threads", "1"}, {"workers.transfers", "1"}, {"fetch.retries", "0"}}));
  daemon.start();
  daemon.add("a.host-stall.simweb.test\nb.host-stall.simweb.test\nc.test\n");
  daemon.wait_until_done();
  const auto log = web.requests(4);
  ASSERT_GE(log.size(), 4U);
  for (std::size_t i = 1; i < 3; ++i) {
    EXPECT_GE(log[i].mono_us - log[i - 1].mono_us, 1'400'000) << "the one before has ended";
  }
}

}  // namespace
}  // namespace wswp::test
