#include "daemon/api/context.h"

#include <sys/eventfd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace wswp::api {
namespace {

constexpr frontier::FrontierOptions kSmall{.cache_kib = 1024};
constexpr frontier::FrontierOptions kForChores{.cache_kib = 2048};
constexpr frontier::FrontierOptions kForLists{.checkpoints = store::Checkpoints::kBeside};
constexpr std::size_t kLongAnswers = 2;                     // being made at a time
constexpr std::chrono::milliseconds kLongestStart{10'000};  // of a database that is being brought up to date

frontier::CrawlOptions crawl_defaults(const config::Settings& settings) {
  frontier::CrawlOptions options;
  options.link_regex = settings.crawl.link_regex;
  options.max_depth = settings.crawl.max_depth;
  options.same_site = settings.crawl.same_site;
  options.max_urls_per_host = settings.crawl.max_urls_per_host;
  return options;
}

}  // namespace

Context::Context(config::Settings settings, std::string database, daemon::SharedPage* page, std::vector<int> wake_fds,
                 LoadSettings load_settings, pid_t supervisor, const Clock& clock, Progress& progress,
                 const daemon::LogWatch& log)
    : settings_(std::move(settings)),
      database_(std::move(database)),
      page_(page),
      wake_fds_(std::move(wake_fds)),
      load_settings_(std::move(load_settings)),
      supervisor_(supervisor),
      clock_(clock),
      progress_(progress),
      log_(log),
      long_reports_([this] { return reports(); }, kLongAnswers),
      chores_(
          [this] {
            await_ready();
            return open(kForChores);
          },
          [this] { wake_workers(); }) {}

void Context::await_ready() const {
  constexpr std::chrono::milliseconds kNap{5};
  for (std::chrono::milliseconds waited{0}; !ready(); waited += kNap) {
    if (stopping_.stop_requested()) throw frontier::Unavailable(Obstacle::kBusy, "the daemon stops");
    const Obstacle obstacle = page_->control.obstacle;
    if (obstacle != Obstacle::kNone)
      throw frontier::Unavailable(obstacle, std::string("the daemon is starting: ").append(explain(obstacle)));
    if (waited >= kLongestStart) throw frontier::Unavailable(Obstacle::kBusy, "the daemon is still starting");
    std::this_thread::sleep_for(kNap);
  }
}

std::unique_ptr<frontier::Frontier> Context::open(frontier::FrontierOptions options) const {
  options.signals = &page_->writers;
  return frontier::open_frontier(database_, options);
}

template <class Use>
decltype(auto) Context::with(Connection& connection, const frontier::FrontierOptions& options, Use&& use) {
  await_ready();
  return connection.with([&](std::unique_ptr<frontier::Frontier>& frontier) -> decltype(auto) {
    if (!frontier) frontier = open(options);
    return use(*frontier);
  });
}

std::vector<frontier::Crawl> Context::crawls() {
  auto crawls = with(reads_, kSmall, [](auto& frontier) { return frontier.crawls(); });
  progress_.saw(crawls);
  return crawls;
}

std::optional<frontier::Crawl> Context::find_crawl(const std::string& name) {
  return with(reads_, kSmall, [&](auto& frontier) { return frontier.find_crawl(name); });
}

Result<frontier::Crawl> Context::open_crawl(const std::string& name, const frontier::CrawlPatch& patch) {
  return with(changes_, kSmall, [&](auto& frontier) {
    return frontier.open_crawl(name, crawl_defaults(settings_), patch, clock_.wall_ms());
  });
}

bool Context::set_paused(const std::string& name, bool paused) {
  return with(changes_, kSmall, [&](auto& frontier) { return frontier.set_paused(name, paused); });
}

std::optional<std::int64_t> Context::retry(const std::string& name) {
  const auto count = with(changes_, kSmall, [&](auto& frontier) { return frontier.begin_retry(name); });
  if (count) chores_.notify();
  return count;
}

bool Context::remove(const std::string& name) {
  if (!with(changes_, kSmall, [&](auto& frontier) { return frontier.begin_removal(name); })) return false;
  chores_.notify();
  return true;
}

void Context::add(frontier::CrawlId crawl, const frontier::SeedList& seeds, frontier::AddSummary& summary) {
  with(adds_, kForLists, [&](auto& frontier) { frontier.add(crawl, seeds, clock_.schedule_ms(), summary); });
  wake_workers();
}

std::unique_ptr<frontier::Reports> Context::reports() const {
  await_ready();
  return frontier::open_reports(database_);
}

void Context::wake_workers() const {
  for (const int fd : wake_fds_) ::eventfd_write(fd, 1);
}

void Context::signal_supervisor(int signal) const {
  ::kill(supervisor_, signal);
}

}  // namespace wswp::api
