#include "campaign.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/http_exchange.h"

namespace wswp::fuzz {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::int64_t kMostMemoryKb = 900 * 1024;
constexpr int kSlowness = 6;  // of what is instrumented and not optimised
#else
constexpr std::int64_t kMostMemoryKb = 250 * 1024;
constexpr int kSlowness = 1;
#endif

constexpr int kHealthyHosts = 40;
constexpr int kPages = 3;  // a host
constexpr std::size_t kShownBytes = 600;
constexpr std::chrono::seconds kRoundPatience{120 * kSlowness};

/// A number in KiB of /proc/PID/status; 0: there is no such process.
std::int64_t memory_kb(pid_t pid, const std::string& field) {
  std::ifstream file(fmt::format("/proc/{}/status", pid));
  for (std::string word; file >> word;) {
    std::int64_t number = 0;
    if (word == field + ":" && file >> number) return number;
  }
  return 0;
}

}  // namespace

/// Time limits are long: who waits long is not at fault on a busy machine. Only where names are hostile many wait for
/// answers that never count.
test::Config Campaign::config(int transfers) const {
  const std::string limit = fmt::format("{}.0", 20 * kSlowness);
  test::Config changes{{"workers.processes", "1"},
                       {"workers.threads", transfers == 1 ? "1" : "2"},
                       {"workers.transfers", std::to_string(transfers)},
                       {"workers.stall_timeout", limit},
                       {"fetch.connect_timeout", limit},
                       {"fetch.timeout", limit},
                       {"fetch.retries", "1"},
                       {"fetch.retry_delay", "0"},
                       {"fetch.max_body", "\"1 MiB\""},
                       {"fetch.verify_tls", "false"},
                       {"politeness.delay", "0"},
                       {"politeness.max_crawl_delay", "0.01"},
                       {"crawl.max_urls_per_host", "8"}};
  if (!names_) return test::crawl_config(server_.authority(), changes);
  changes["fetch.timeout"] = "8.0";
  changes["fetch.retries"] = "2";
  changes["fetch.allow_private"] = "true";
  changes["fetch.nameservers"] = fmt::format("[\"{}\"]", names_->authority());
  return test::crawl_config("", changes);
}

std::vector<std::string> Campaign::environment() const {
  std::string sanitizer = "ASAN_OPTIONS=quarantine_size_mb=32:detect_leaks=1";
  if (!names_) return {sanitizer};
  return {sanitizer + ":verify_asan_link_order=0", "LD_PRELOAD=" LOOPBACK_LIBRARY};
}

Campaign::Campaign(Web web)
    : web_(std::move(web)),
      server_([this] {
        return web_.greet({log_, seed_, [this](const Asked& asked) { return answer(asked); }});
      }),
      names_(web_.hostile_names ? std::make_unique<DnsEnd>(seed_) : nullptr),
      daemon_(config(web_.hostile_names ? 250 : 24), environment()) {
  daemon_.start();
  EXPECT_TRUE(test::eventually([this] {
    workers_ = daemon_.workers();
    return !workers_.empty() && std::find(workers_.begin(), workers_.end(), 0) == workers_.end();
  }));
}

Campaign::~Campaign() = default;

Delivery Campaign::answer(const Asked& asked) const {
  return is_healthy(asked.host) ? web_.healthy(asked) : web_.hostile(seed_, asked);
}

std::string Campaign::list_of(std::uint64_t seed) {
  urls_.clear();
  const std::string port = names_ ? fmt::format(":{}", server_.port()) : "";
  for (int i = 0; i < std::max(web_.hosts, kHealthyHosts); ++i) {
    for (int page = 0; page < kPages; ++page) {
      if (i < web_.hosts) urls_.push_back(fmt::format("{}://h{}.s{}.test{}/f/{}", web_.scheme, i, seed, port, page));
      if (i < kHealthyHosts)
        urls_.push_back(fmt::format("{}://well{}.s{}.test{}/p/{}", web_.scheme, i, seed, port, page));
    }
  }
  return fmt::format("{}\n", fmt::join(urls_, "\n"));
}

void Campaign::play(std::uint64_t seed) {
  seed_ = seed;
  const testing::ScopedTrace trace(__FILE__, __LINE__, fmt::format("replay: WSWP_SEED={}", seed));
  const std::string crawl = fmt::format("round-{}", seed);
  daemon_.add(list_of(seed), {"--crawl", crawl, "--link-regex", "/f/", "--depth", "1"});
  if (testing::Test::HasFailure()) return;
  const bool ended = await_end(crawl);
  if (!expect_all_alive()) return;
  expect_quiet_log();
  EXPECT_TRUE(ended) << "the crawl stands: " << daemon_.urls(crawl).dump();
  expect_bounded_memory();
  expect_explained(crawl);
  if (!testing::Test::HasFailure()) daemon_.ctl_json({"remove", crawl});
}

void Campaign::finish() {
  EXPECT_EQ(daemon_.stop(), 0);
  expect_quiet_log();
  const auto checked = test::run({test::Daemon::binary(), "--config", daemon_.config_file(), "--check-database"});
  EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
}

bool Campaign::await_end(const std::string& crawl) {
  bool ended = false;
  const auto ended_or_died = [&] {
    const nlohmann::json now = status();
    const auto& crawls = now.at("crawls");
    const auto& workers = now.at("workers");
    ended = std::all_of(crawls.begin(), crawls.end(), [&](const auto& each) {
      return each.at("name") != crawl || each.at("urls").at("pending") == 0;
    });
    return ended ||
           std::any_of(workers.begin(), workers.end(), [](const auto& one) { return one.at("restarts") != 0; });
  };
  return test::eventually(ended_or_died, kRoundPatience) && ended;
}

nlohmann::json Campaign::status() const {
  return nlohmann::json::parse(test::exchange(test::connect_unix(daemon_.socket()), "GET", "/v1/status").body);
}

bool Campaign::expect_all_alive() {
  const nlohmann::json status = daemon_.ctl_json({"status"});
  for (const auto& worker : status.at("workers")) {
    if (worker.at("restarts") == 0) continue;
    daemon_.stop();
    ADD_FAILURE() << "a worker died: " << worker.at("last_death") << '\n' << culprit();
    return false;
  }
  return true;
}

void Campaign::expect_bounded_memory() {
  for (const pid_t worker : workers_) {
    EXPECT_LT(memory_kb(worker, "VmHWM"), kMostMemoryKb) << "of a worker, now " << memory_kb(worker, "VmRSS");
  }
}

void Campaign::expect_quiet_log() {
  const std::string log = daemon_.log();
  for (const char* bad : {"Sanitizer", "runtime error:", "was killed", "stood still", "does not answer any more",
                          "unexpected", "gave up", "ended with status"}) {
    const std::size_t at = log.find(bad);
    EXPECT_EQ(at, std::string::npos) << "the log says: " << log.substr(at == std::string::npos ? 0 : at, 200);
  }
}

void Campaign::expect_explained(const std::string& crawl) {
  constexpr std::size_t kShown = 10;
  const std::vector<Flaw> flaws = flaws_of(daemon_.database(), crawl, urls_, web_.hostile_names);
  for (std::size_t i = 0; i < std::min(flaws.size(), kShown); ++i) {
    const Flaw& flaw = flaws[i];
    Asked asked{host_of(flaw.url), target_of(flaw.url)};
    asked.attempt = std::max(1, log_.count(asked.host, asked.target));
    ADD_FAILURE() << flaw.url << ": " << flaw.text << '\n' << described(asked, kShownBytes);
  }
  EXPECT_LE(flaws.size(), kShown) << "flaws, of which the first are above";
}

std::string Campaign::url_of(const Asked& asked) const {
  return fmt::format("{}://{}{}{}", web_.scheme, asked.host, names_ ? fmt::format(":{}", server_.port()) : "",
                     asked.target);
}

std::string Campaign::culprit() {
  constexpr std::size_t kSuspects = 100;
  const std::vector<Asked> suspects = log_.last(kSuspects);
  log_.clear();
  std::string list;
  for (auto each = suspects.rbegin(); each != suspects.rend(); ++each) {
    if (each->target == "tls") continue;
    log_.set_attempts(*each);
    list += url_of(*each) + "\n";
  }
  test::Config alone = config(1);
  alone["politeness.robots"] = "false";  // they may be among the suspects
  test::Daemon daemon(alone, environment());
  daemon.start();
  daemon.add(list);
  Asked last;
  const bool dies = test::eventually([&] {
    const std::vector<Asked> now = log_.last(1);
    if (!now.empty()) last = now.front();
    const nlohmann::json status = daemon.ctl_json({"status"});
    return status.at("workers").at(0).at("restarts") != 0;
  });
  if (dies) return "it dies again of the answer to\n" + described(last, kShownBytes);
  std::string text = "it does not die of one of the last answers, asked for one after the other:\n";
  for (const Asked& asked : suspects) text += described(asked, kShownBytes);
  return text;
}

std::string Campaign::described(const Asked& asked, std::size_t most) const {
  const Delivery delivery = answer(asked);
  return fmt::format("{}{} (request {}): {} pieces, then {}\n{}", asked.host, asked.target, asked.attempt,
                     delivery.pieces.size(), to_string(delivery.end), hex_dump(delivery.joined(), most));
}

}  // namespace wswp::fuzz
