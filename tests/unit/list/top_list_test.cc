// A real list of 100,000 sites, where it is at hand: WSWP_DATA_DIR, or ../shared/data from the project's root.
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "base/file.h"
#include "collecting_sink.h"
#include "packed.h"

namespace wswp::list {
namespace {

std::filesystem::path data_file(const char* name) {
  const char* const directory = std::getenv("WSWP_DATA_DIR");
  return std::filesystem::path(directory != nullptr ? directory : WSWP_DATA_DIR_DEFAULT) / name;
}

TEST(TopList, EveryRowOfTheRealListIsASite) {
  const std::filesystem::path path = data_file("alexa-top-100k.csv");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  const Result<std::string> list = read_file(path.string());
  ASSERT_TRUE(list) << list.message();
  const Reading r = read_all(*list, Format::kAuto, 4096);
  EXPECT_EQ(r.error, "");
  EXPECT_EQ(r.summary.read, 100'000U);
  EXPECT_EQ(r.summary.invalid, 0U);
  EXPECT_EQ(r.rows.urls.front(), "http://google.com/");

  const Reading packed = read_all(zip({{"top-1m.csv", *list}}), Format::kAuto, 4096);
  EXPECT_EQ(packed.rows.urls, r.rows.urls);
}

}  // namespace
}  // namespace wswp::list
