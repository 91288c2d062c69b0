#include "simweb/options.h"

#include <cstdint>
#include <optional>

#include <CLI/CLI.hpp>

#include "simweb/site_list.h"

namespace wswp::simweb {
namespace {

/// The options of the world as they were typed; those not given leave the profile's value.
struct WorldOptions {
  std::string profile = "web";
  std::vector<std::string> mix;
  std::string latency;
  std::string size;
  std::string sites = "none";
  std::uint64_t seed = 1;
  double time_scale = 1;
  std::optional<unsigned> links, pages, external, retry_after, addresses, dns_ttl;
  std::string crawl_delay;
};

void add_world(CLI::App& app, WorldOptions& options) {
  app.add_option("--seed", options.seed, "What sites do follows from their names and this number")
      ->capture_default_str();
  app.add_option("--profile", options.profile, "clean, web, links or text500")->capture_default_str();
  app.add_option("--mix", options.mix, "Shares in percent over those of the profile: robots_404=10,page_503=0.5,...");
  app.add_option("--latency", options.latency, "Before each answer: 20ms, 5ms..50ms or lognormal:300ms,0.8");
  app.add_option("--time-scale", options.time_scale, "Multiplies every latency")->check(CLI::NonNegativeNumber);
  app.add_option("--size", options.size, "Bytes of a page: 18000 or 2000..120000");
  app.add_option("--links", options.links, "Links of a page");
  app.add_option("--pages", options.pages, "Pages of a site that links lead to")->check(CLI::PositiveNumber);
  app.add_option("--external", options.external, "Percent of the links that lead to other sites")
      ->check(CLI::Range(0, 100));
  app.add_option("--sites", options.sites, "List whose names these links lead to; none: neighbour-N.test")
      ->capture_default_str();
  app.add_option("--crawl-delay", options.crawl_delay, "Seconds, where robots.txt states a Crawl-delay");
  app.add_option("--retry-after", options.retry_after, "Seconds, in answers with status 429");
  app.add_option("--addresses", options.addresses, "Distinct addresses of all names; 0: millions");
  app.add_option("--dns-ttl", options.dns_ttl, "Least seconds a name's address holds");
}

template <class Value>
void override(Value& value, const std::optional<Value>& given) {
  if (given) value = *given;
}

Result<World> make_world(const WorldOptions& options) {
  auto made = world_of_profile(options.profile);
  if (!made) return made;
  World& world = *made;
  world.seed = options.seed;
  world.time_scale = options.time_scale;
  for (const std::string& spec : options.mix) {
    if (const auto set = world.mix.set(spec); !set) return set.error();
  }
  if (!options.latency.empty()) {
    const auto latency = Latency::parse(options.latency);
    if (!latency) return latency.error();
    world.latency = *latency;
  }
  if (!options.size.empty()) {
    const auto size = parse_size_range(options.size);
    if (!size) return size.error();
    world.size = *size;
  }
  override(world.links, options.links);
  override(world.pages, options.pages);
  override(world.external, options.external);
  override(world.retry_after, options.retry_after);
  override(world.addresses, options.addresses);
  override(world.dns_ttl, options.dns_ttl);
  if (!options.crawl_delay.empty()) world.crawl_delay = options.crawl_delay;
  if (options.sites == "none") return made;
  auto names = read_site_names(options.sites);
  if (!names) return names.error();
  world.sites = *std::move(names);
  return made;
}

struct ServeText {
  std::string http = "127.0.0.1:0";
  std::string dns = "127.0.0.1:0";
};

void add_serve(CLI::App& app, ServeOptions& options, ServeText& text) {
  app.add_option("--listen", text.http, "Address of the HTTP server; 0.0.0.0:PORT serves all of 127/8")
      ->capture_default_str();
  app.add_option("--dns", text.dns, "Address of the DNS server")->capture_default_str();
  app.add_option("--log", options.log, "File of the request log");
  app.add_option("--threads", options.threads, "Threads of the HTTP server")->check(CLI::Range(1, 64));
  app.add_option("--ready-fd", options.ready_fd, "Descriptor the line \"ready http=... dns=...\" is written to")
      ->capture_default_str();
  app.add_flag("--die-with-parent", options.die_with_parent, "End when the process that started this one ends");
}

CLI::App* add_expect(CLI::App& app, ExpectOptions& options) {
  CLI::App* expect = app.add_subcommand("expect", "Print as CSV what a perfect crawler would record; see README.md");
  expect->fallthrough();
  expect->add_option("--list", options.list, "The list it crawls; -: standard input")->required();
  expect->add_flag("--follow", options.crawl.follow, "Follow links");
  expect->add_option("--depth", options.crawl.max_depth, "Hops from a seed")->capture_default_str();
  expect->add_flag("--same-site,!--any-site", options.crawl.same_site, "Follow links only within the seed's site");
  expect->add_option("--agent", options.oracle.agent, "Product token for robots.txt")->capture_default_str();
  expect->add_option("--retries", options.oracle.retries, "Further tries after a failure that may pass")
      ->capture_default_str();
  expect->add_option("--max-body", options.oracle.max_body, "Bytes after which a body is cut")->capture_default_str();
  expect->add_option("--max-redirects", options.oracle.max_redirects, "Redirects of a visit")->capture_default_str();
  expect->add_option("--timeout", options.oracle.timeout_s, "Seconds of a transfer; 0: no latency exceeds it")
      ->capture_default_str();
  expect->add_flag("--no-robots{false}", options.oracle.robots, "The crawler ignores robots.txt");
  expect->add_option("--max-hosts-per-site", options.crawl.max_hosts_per_site, "Hosts of a site that links may add")
      ->capture_default_str();
  expect->add_flag("--cut", options.cut, "Print what rules against traps have cut instead: rule,links");
  expect->add_flag("--via-dns", options.oracle.via_dns, "The crawler resolves names, so that DNS failures count");
  return expect;
}

int complain(const Error& error) {
  std::cerr << "wswp-simweb: " << error.message << "\n";
  return 2;
}

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
  CLI::App app("An internet on one machine: an HTTP server and a DNS server that play any number of sites");
  Options options;
  WorldOptions world;
  ServeText text;
  add_world(app, world);
  add_serve(app, options.serve, text);
  const CLI::App* expect = add_expect(app, options.foretell);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options.expect = expect->parsed();
  auto made = make_world(world);
  if (!made) return complain(made.error());
  options.world = *std::move(made);
  const auto http = parse_endpoint(text.http);
  if (!http) return complain(http.error());
  const auto dns = parse_endpoint(text.dns);
  if (!dns) return complain(dns.error());
  options.serve.http = *http;
  options.serve.dns = *dns;
  return options;
}

}  // namespace wswp::simweb
