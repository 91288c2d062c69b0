// wswp-simweb: plays an internet (the default), or foretells what a crawler finds in it ("expect").

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

#include "base/log.h"
#include "simweb/dns_server.h"
#include "simweb/expect.h"
#include "simweb/http_server.h"
#include "simweb/options.h"

namespace wswp::simweb {
namespace {

int complain(const Error& error) {
  log::error("{}", error.message);
  return 1;
}

/// As many descriptors as the system allows, for ten thousand connections.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// Blocks the signals that end the server, in this thread and those it starts.
sigset_t block_stop_signals() {
  sigset_t signals{};
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// False where the parent is gone already.
bool die_with_parent() {
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  return getppid() == parent;
}

int serve(const World& world, ServeOptions options) {
  const sigset_t stop_signals = block_stop_signals();
  if (options.die_with_parent && !die_with_parent()) return 1;
  raise_descriptor_limit();
  auto request_log = RequestLog::open(options.log);
  if (!request_log) return complain(request_log.error());
  Statistics statistics;
  SharedAttempts attempts;
  ServerState state{world, statistics, attempts, **request_log};
  auto http = HttpServer::listen(state, options.http, options.threads);
  if (!http) return complain(http.error());
  auto dns = DnsServer::bind(world, statistics, options.dns);
  if (!dns) return complain(dns.error());
  (*http)->start();
  (*dns)->start();
  const std::string ready = fmt::format("ready http={} dns={}\n", options.http.to_string(), options.dns.to_string());
  if (::write(options.ready_fd, ready.data(), ready.size()) < 0)
    return complain(errno_error("cannot write", "the ready line"));
  int signal = 0;
  sigwait(&stop_signals, &signal);
  (*dns)->stop();
  (*http)->stop();
  (*request_log)->flush();
  return 0;
}

int expect(const World& world, const ExpectOptions& options) {
  std::ifstream file;
  if (options.list != "-") {
    file.open(options.list);
    if (!file) return complain(Error{fmt::format("cannot read {}", options.list)});
  }
  std::ios::sync_with_stdio(false);
  Oracle oracle(world, options.oracle);
  std::ostringstream unwanted;
  std::ostream& rows = options.cut ? static_cast<std::ostream&>(unwanted) : std::cout;
  const auto cut = write_expectations(options.list == "-" ? std::cin : file, rows, options.crawl, oracle);
  if (options.cut) {
    std::cout << "rule,links\n";
    for (const auto& [rule, links] : cut) std::cout << fmt::format("{},{}\n", rule, links);
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace wswp::simweb

int main(int argc, char** argv) {
  const auto parsed = wswp::simweb::parse_options(argc, argv);
  if (const int* exit_code = std::get_if<int>(&parsed)) return *exit_code;
  const auto& options = std::get<wswp::simweb::Options>(parsed);
  return options.expect ? wswp::simweb::expect(options.world, options.foretell)
                        : wswp::simweb::serve(options.world, options.serve);
}
