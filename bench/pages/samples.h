#pragma once
// The pages that bench_pages reads.

#include <filesystem>
#include <string>
#include <vector>

#include "html/page_scanner.h"
#include "url/url.h"

namespace wswp::bench {

struct Sample {
  url::Url url;
  std::string bytes;
  html::Page page;  // what the scanner found
};

/// The HTML files below a folder, in the order of their names.
std::vector<Sample> pages_of_folder(const std::filesystem::path& root);

/// The home pages of the first sites of simweb, profile "clean", as bench/peers has them fetched.
std::vector<Sample> pages_of_simweb(int count);

}  // namespace wswp::bench
