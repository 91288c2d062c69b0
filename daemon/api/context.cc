#include "daemon/api/context.h"

#include <sys/eventfd.h>

#include <csignal>

#include "frontier/sqlite_frontier.h"

namespace wswp::api {
namespace {

constexpr int kSmallCacheKib = 1024;

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
                 LoadSettings load_settings, pid_t supervisor, const Clock& clock, const Progress& progress)
    : settings_(std::move(settings)),
      database_(std::move(database)),
      page_(page),
      wake_fds_(std::move(wake_fds)),
      load_settings_(std::move(load_settings)),
      supervisor_(supervisor),
      clock_(clock),
      progress_(progress),
      reads_(frontier::open_frontier(database_, {.cache_kib = kSmallCacheKib})),
      changes_(frontier::open_frontier(database_, {.cache_kib = kSmallCacheKib})),
      adds_(frontier::open_frontier(database_)),
      remover_(database_) {}

std::vector<frontier::Crawl> Context::crawls() {
  return reads_.with([](auto& frontier) { return frontier->crawls(); });
}

std::optional<frontier::Crawl> Context::find_crawl(const std::string& name) {
  return reads_.with([&](auto& frontier) { return frontier->find_crawl(name); });
}

Result<frontier::Crawl> Context::open_crawl(const std::string& name, const frontier::CrawlPatch& patch) {
  return changes_.with(
      [&](auto& frontier) { return frontier->open_crawl(name, crawl_defaults(settings_), patch, clock_.wall_ms()); });
}

bool Context::set_paused(const std::string& name, bool paused) {
  return changes_.with([&](auto& frontier) { return frontier->set_paused(name, paused); });
}

std::int64_t Context::retry_failed(frontier::CrawlId crawl) {
  const std::int64_t retried = changes_.with([&](auto& frontier) { return frontier->retry_failed(crawl); });
  wake_workers();
  return retried;
}

bool Context::remove(const std::string& name) {
  if (!changes_.with([&](auto& frontier) { return frontier->begin_removal(name); })) return false;
  remover_.notify();
  return true;
}

void Context::add(frontier::CrawlId crawl, std::span<const url::Url> seeds, frontier::AddSummary& summary) {
  adds_.with([&](auto& frontier) { frontier->add(crawl, seeds, clock_.schedule_ms(), summary); });
  wake_workers();
}

std::unique_ptr<frontier::Reports> Context::reports() const {
  return frontier::open_reports(database_);
}

void Context::wake_workers() const {
  for (const int fd : wake_fds_) ::eventfd_write(fd, 1);
}

void Context::signal_supervisor(int signal) const {
  ::kill(supervisor_, signal);
}

}  // namespace wswp::api
