#include "simweb/control.h"

#include <fmt/format.h>

namespace wswp::simweb {
namespace {

constexpr std::string_view kJson = "application/json";

template <class Kind>
std::string_view name_of(Kind kind) {
  return kind_names(axis_of(kind))[static_cast<std::size_t>(kind)];
}

std::string plan_json(const World& world, std::string_view host) {
  const SitePlan site = plan_site(world, host);
  const PagePlan home = plan_page(world, site, host, "/");
  return fmt::format(
      R"({{"host": "{}", "kinds": ["{}", "{}", "{}", "{}", "{}", "{}", "{}", "{}", "{}", "{}"], "latency_us": {}}})"
      "\n",
      host, name_of(site.host), name_of(site.dns), name_of(site.robots), name_of(home.kind), name_of(site.charset),
      name_of(site.declared), name_of(site.coding), name_of(site.framing), name_of(site.headers), name_of(home.markup),
      site.latency_us);
}

}  // namespace

bool is_control(std::string_view host, std::string_view target) {
  return target.starts_with("/.simweb/") || host == "simweb.control";
}

void answer_control(Response& response, const World& world, const PageName& name, const HttpRequest& request,
                    const Statistics& statistics, RequestLog& log) {
  const bool is_post = request.method == "POST";
  if (!is_post && name.target == "/.simweb/stats") {
    render_text(response, 200, kJson, statistics.json(), request);
  } else if (is_post && name.target == "/.simweb/flush") {
    log.flush();
    render_text(response, 200, kJson, "{}\n", request);
  } else if (!is_post && name.target == "/.simweb/plan") {
    render_text(response, 200, kJson, plan_json(world, name.host), request);
  } else {
    render_text(response, 404, "text/plain", "GET /.simweb/stats, GET /.simweb/plan or POST /.simweb/flush\n", request);
  }
}

}  // namespace wswp::simweb
