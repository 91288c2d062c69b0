// A machine that has no descriptors, no memory or no name server left: nothing fails for it, and the crawl goes on when
// it has.

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crash/faults.h"
#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/http_exchange.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

using nlohmann::json;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr std::size_t kSites = 300;
const std::vector<std::string> kWorld{"--profile", "clean", "--latency", "40ms", "--size", "2000"};

void limit_open_files(const std::vector<pid_t>& processes, rlim_t most) {
  for (const pid_t process : processes) {
    rlimit limit{};
    ASSERT_EQ(::prlimit(process, RLIMIT_NOFILE, nullptr, &limit), 0);
    limit.rlim_cur = most;
    ASSERT_EQ(::prlimit(process, RLIMIT_NOFILE, &limit, nullptr), 0);
  }
}

void crawl_without_descriptors(Daemon& daemon, const std::string& list) {
  daemon.start();
  ASSERT_TRUE(eventually([&] { return daemon.workers().size() == 2 && daemon.workers().at(1) != 0; }));
  const auto workers = daemon.workers();
  limit_open_files(workers, 8);
  daemon.add(list);
  EXPECT_TRUE(eventually([&] { return daemon.has_problem("no_descriptors"); }));
  const json urls = daemon.urls();
  EXPECT_EQ(urls.at("failed"), 0);
  EXPECT_GT(urls.at("pending"), 0);
  EXPECT_THAT(daemon.log(), HasSubstr("the crawl waits: no open files are left"));
  limit_open_files(workers, 1024);
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), static_cast<int>(kSites));
  EXPECT_TRUE(eventually([&] { return daemon.ctl_json({"status"}).at("state") == "running"; }));
  for (const auto& [url, row] : daemon.results()) EXPECT_EQ(row.at("attempts"), "1") << url;
}

TEST(Shortage, OfDescriptorsForConnections) {
  const Simweb web(kWorld);
  Daemon daemon(crawl_config(web.http()));
  crawl_without_descriptors(daemon, site_names(kSites));
}

TEST(Shortage, OfDescriptorsForNames) {
  const Simweb web(kWorld, {"--listen", "0.0.0.0:0"});
  Daemon daemon(crawl_config("", {{"fetch.nameservers", "[\"" + web.dns() + "\"]"}, {"fetch.allow_private", "true"}}));
  crawl_without_descriptors(daemon, site_names(kSites, std::to_string(web.http_port())));
}

TEST(Shortage, OfNameServers) {
  const Simweb web(kWorld, {"--listen", "0.0.0.0:0"});
  // A port that the kernel gives nobody while no server has it.
  const std::vector<std::string> address{"--dns", "127.0.0.1:" + std::to_string(20'000 + ::getpid() % 10'000)};
  std::optional<Simweb> dns(std::in_place, kWorld, address);
  Daemon daemon(crawl_config("", {{"fetch.nameservers", "[\"" + dns->dns() + "\"]"}, {"fetch.allow_private", "true"}}));
  const std::string port = std::to_string(web.http_port());
  daemon.start();
  daemon.add(site_names(kSites / 3, port));
  daemon.wait_until_done();
  dns.reset();
  daemon.add(site_names(kSites, port));
  EXPECT_TRUE(eventually([&] { return daemon.has_problem("no_name_server"); }));
  EXPECT_THAT(daemon.log(), HasSubstr("the crawl waits: no name server answers"));
  EXPECT_EQ(daemon.urls().at("fetched"), static_cast<int>(kSites / 3));
  EXPECT_EQ(daemon.urls().at("failed"), 0);
  dns.emplace(kWorld, address);
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), static_cast<int>(kSites));
  EXPECT_TRUE(eventually([&] { return daemon.ctl_json({"status"}).at("state") == "running"; }));
  EXPECT_TRUE(eventually([&] { return daemon.log().find("the crawl goes on") != std::string::npos; }));
  // A name that had failed when the server came back is taken to be at fault itself: that costs its URL a try, no more.
  for (const auto& [url, row] : daemon.results()) EXPECT_THAT(row.at("attempts"), AnyOf("1", "2")) << url;
  const auto requests = count_targets(web.requests(2 * kSites));
  EXPECT_EQ(requests.size(), 2 * kSites) << "robots.txt and a page each";
  for (const auto& [target, count] : requests) EXPECT_EQ(count, 1) << target;
}

TEST(Shortage, OfMemoryForAProcess) {
  const Simweb web(kWorld);
  const Faults faults;
  Daemon daemon(crawl_config(web.http()), faults.environment());
  daemon.start();
  daemon.add(site_names(kSites));
  ASSERT_TRUE(eventually([&] { return daemon.urls().at("fetched") > 20; }));
  faults->fork_errno = EAGAIN;
  ::kill(daemon.workers().at(0), SIGKILL);
  EXPECT_TRUE(eventually([&] { return daemon.has_problem("no_memory"); }));
  EXPECT_THAT(daemon.log(), HasSubstr("cannot start worker 0: Resource temporarily unavailable; trying again in"));
  faults->fork_errno = 0;
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), static_cast<int>(kSites));
  EXPECT_TRUE(eventually([&] { return daemon.ctl_json({"status"}).at("state") == "running"; }));
}

#ifndef __SANITIZE_ADDRESS__  // it needs more than there is, and says so by its own death
TEST(Shortage, OfMemoryInControl) {
  const Simweb web(kWorld);
  Daemon daemon(crawl_config(web.http()));
  daemon.start();
  ASSERT_TRUE(eventually([&] { return daemon.workers().size() == 2 && daemon.workers().at(1) != 0; }));
  const auto workers = daemon.workers();
  pid_t control = 0;
  for (const pid_t child : daemon.children()) {
    if (std::find(workers.begin(), workers.end(), child) == workers.end()) control = child;
  }
  const auto limit_memory = [&](rlim_t most) {
    rlimit limit{};
    ASSERT_EQ(::prlimit(control, RLIMIT_AS, nullptr, &limit), 0);
    limit.rlim_cur = most;
    ASSERT_EQ(::prlimit(control, RLIMIT_AS, &limit, nullptr), 0);
  };
  std::string list;
  for (int i = 0; list.size() < 32'000'000; ++i)
    list += "http://site.test/with/a/path/that/is/not/so/short/" + std::to_string(i) + "\n";
  const FileDescriptor connection = connect_unix(daemon.socket());
  send_all(connection, "GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_EQ(receive_reply(connection).status, 200);
  limit_memory(1);  // what there is stays, and there is no more
  send_all(connection, "POST /v1/crawls/big/urls HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                           std::to_string(list.size()) + "\r\n\r\n" + list);
  const HttpReply reply = receive_reply(connection);
  EXPECT_EQ(reply.status, 503) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"no_memory\""));
  limit_memory(RLIM_INFINITY);
  EXPECT_THAT(daemon.log(), HasSubstr("no memory is left"));
  daemon.add(site_names(kSites));
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), static_cast<int>(kSites));
  const auto children = daemon.children();
  EXPECT_NE(std::find(children.begin(), children.end(), control), children.end()) << "it is the same process";
}
#endif

}  // namespace
}  // namespace wswp::test
