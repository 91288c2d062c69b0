#include "pages/other_parsers.h"

namespace wswp::bench {

std::vector<OtherParser> other_parsers() {
  OtherParser libxml2{"libxml2, SAX", "libxml2-dev", nullptr};
  OtherParser gumbo{"gumbo, tree", "libgumbo-dev", nullptr};
#ifdef WSWP_BENCH_LIBXML2
  libxml2.links = libxml2_links;
#endif
#ifdef WSWP_BENCH_GUMBO
  gumbo.links = gumbo_links;
#endif
  return {libxml2, gumbo};
}

}  // namespace wswp::bench
