// GET /v1/status: the daemon, its workers, what keeps them from working, and how far each crawl is. Answers also when
// the database does not: then with the crawls as they were last seen.

#include <sys/wait.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "base/obstacle.h"
#include "daemon/api/json.h"
#include "daemon/api/resources.h"
#include "wswp_version.h"

namespace wswp::api {
namespace {

double tenths(double value) {
  return std::round(value * 10) / 10;
}

/// "killed by signal 11 (Segmentation fault)", "exit status 1"; empty: it never died.
std::string death_text(int status) {
  if (WIFSIGNALED(status))
    return fmt::format("killed by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  return status == 0 ? "" : fmt::format("exit status {}", WEXITSTATUS(status));
}

/// How a child that does not run is waited for: seconds until its start.
double starts_in_s(const daemon::ChildSlot& slot, MonoMs now) {
  return tenths(static_cast<double>(std::max<MonoMs>(slot.start_at_ms - now, 0)) / 1000);
}

Json worker_json(const daemon::ChildSlot& slot, int threads, MonoMs now) {
  const bool away = slot.pid == 0;
  return {{"pid", slot.pid.load()},
          {"threads", threads},
          {"in_flight", slot.in_flight.load()},
          {"restarts", slot.restarts.load()},
          {"state", away         ? "waiting"
                    : slot.ready ? "running"
                                 : "starting"},
          {"last_death", text_or_null(death_text(slot.last_death))},
          {"starts_in_s", away ? Json(starts_in_s(slot, now)) : Json()}};
}

Json problem_json(const std::string& process, std::string_view code, std::string_view message) {
  return {{"process", process}, {"code", code}, {"message", message}};
}

/// What keeps a child from its work, if anything does.
void add_problem(Json& problems, const std::string& process, const daemon::ChildSlot& slot, MonoMs now) {
  const Obstacle obstacle = slot.obstacle;
  if (obstacle != Obstacle::kNone) {
    problems.push_back(problem_json(process, code_of(obstacle), explain(obstacle)));
  } else if (slot.pid == 0 && slot.last_death != 0 && slot.start_at_ms > now) {
    problems.push_back(problem_json(process, "dies_at_once",
                                    fmt::format("{}; started again in {:.1f} s, see the log",
                                                death_text(slot.last_death), starts_in_s(slot, now))));
  }
}

Json crawl_json(const frontier::Crawl& crawl, double rate) {
  const auto pending = static_cast<double>(crawl.counters.pending);
  return {{"name", crawl.name},         {"state", crawl.state()},
          {"urls", urls_json(crawl)},   {"retrying", crawl.retrying},
          {"cut", Json(crawl.cut)},     {"bytes", crawl.counters.bytes},
          {"rate_per_s", tenths(rate)}, {"eta_s", rate > 0 ? Json(tenths(pending / rate)) : Json()}};
}

/// Bytes; 0 where there is no such file.
std::uintmax_t size_of_file(const std::string& path) {
  std::error_code missing;
  const std::uintmax_t size = std::filesystem::file_size(path, missing);
  return missing ? 0 : size;
}

Json database_json(const std::string& path) {
  return {{"bytes", size_of_file(path)}, {"log_bytes", size_of_file(path + "-wal")}};
}

std::string_view state_of(const daemon::SharedPage& page, const Json& problems) {
  if (page.stopping) return "stopping";
  if (!page.control.ready) return "starting";
  return problems.empty() ? "running" : "impaired";
}

}  // namespace

Answer get_status(Context& context, const Request& request) {
  const auto only = request.query.text("crawl");
  const daemon::SharedPage& page = context.page();
  const MonoMs now = context.clock().mono_ms();
  Json workers = Json::array(), problems = Json::array(), crawls = Json::array();
  for (int i = 0; i < page.worker_count; ++i) {
    const daemon::ChildSlot& slot = page.workers.at(static_cast<std::size_t>(i));
    workers.push_back(worker_json(slot, context.settings().workers.threads, now));
    add_problem(problems, fmt::format("worker {}", i), slot, now);
  }
  std::vector<frontier::Crawl> known;
  try {
    if (context.ready()) known = context.crawls();
    add_problem(problems, "control", page.control, now);
  } catch (const frontier::Unavailable& e) {
    known = context.progress().last_seen();
    problems.push_back(problem_json("control", code_of(e.obstacle()), explain(e.obstacle())));
  }
  if (const auto held = context.log().problem())
    problems.push_back(problem_json("control", "log_held", to_string(*held)));
  for (const auto& crawl : known) {
    if (!only || crawl.name == *only)
      crawls.push_back(crawl_json(crawl, context.progress().rate(crawl, now, context.clock().wall_ms())));
  }
  if (only && crawls.empty() && context.ready()) return no_such_crawl(*only);
  return json_response({{"version", kVersion},
                        {"state", state_of(page, problems)},
                        {"uptime_s", tenths(static_cast<double>(now - page.started_ms) / 1000)},
                        {"problems", std::move(problems)},
                        {"database", database_json(context.database())},
                        {"workers", std::move(workers)},
                        {"crawls", std::move(crawls)}});
}

}  // namespace wswp::api
