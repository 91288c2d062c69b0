#include "pages/samples.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "simweb/page.h"
#include "simweb/site_plan.h"
#include "simweb/world.h"

namespace wswp::bench {
namespace {

void add_sample(std::vector<Sample>& samples, std::string_view url, std::string bytes) {
  Sample sample;
  if (url::parse_into(url, nullptr, sample.url) != url::Problem::kNone) return;
  sample.bytes = std::move(bytes);
  samples.push_back(std::move(sample));
}

}  // namespace

std::vector<Sample> pages_of_folder(const std::filesystem::path& root) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.is_regular_file() && entry.path().extension() == ".html") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Sample> samples;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    add_sample(samples, "https://docs.example.org/3/" + std::filesystem::relative(path, root).string(),
               {std::istreambuf_iterator<char>(file), {}});
  }
  return samples;
}

std::vector<Sample> pages_of_simweb(int count) {
  const simweb::World world = simweb::world_of_profile("clean").value();
  std::vector<Sample> samples;
  for (int number = 1; number <= count; ++number) {
    const std::string host = fmt::format("site{}.test", number);
    const simweb::SitePlan site = simweb::plan_site(world, host);
    std::string bytes;
    simweb::append_page(bytes, world, site, simweb::plan_page(world, site, host, "/"), {host, host, "/"});
    add_sample(samples, "http://" + host + "/", std::move(bytes));
  }
  return samples;
}

}  // namespace wswp::bench
