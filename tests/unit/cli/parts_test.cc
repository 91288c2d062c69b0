// The small pure parts: request paths, lines out of pieces, CSV fields, the bar.

#include <unistd.h>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "cli/api_path.h"
#include "cli/line_splitter.h"
#include "cli/progress_line.h"
#include "cli/result_rows.h"
#include "cli/status_view.h"
#include "cli/text.h"
#include "cli/text_table.h"

namespace wswp::cli {
namespace {

TEST(ApiPath, EncodesWhatTheUserWrote) {
  EXPECT_EQ(ApiPath("/v1/urls").query("url", "http://a/?b=c&d").query("n", "1").str(),
            "/v1/urls?url=http%3A%2F%2Fa%2F%3Fb%3Dc%26d&n=1");
  EXPECT_EQ(crawl_path("a/../b c", "pause").str(), "/v1/crawls/a%2F..%2Fb%20c/pause");
  EXPECT_EQ(crawl_path("", "results").str(), "/v1/results");
}

TEST(LineSplitter, CutsWhereverThePiecesEnd) {
  std::vector<std::string> lines;
  LineSplitter splitter([&](std::string_view line) {
    lines.emplace_back(line);
    return true;
  });
  for (const char* piece : {"on", "e\ntwo\n", "\nthr", "ee"}) EXPECT_TRUE(splitter.feed(piece));
  EXPECT_TRUE(splitter.finish());
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "two", "", "three"}));
}

TEST(LineSplitter, StopsWhenTold) {
  int taken = 0;
  LineSplitter splitter([&](std::string_view) { return ++taken < 2; });
  EXPECT_FALSE(splitter.feed("a\nb\nc\n"));
  EXPECT_EQ(taken, 2);
}

TEST(TextTable, HasNoBlanksAtTheEndOfALine) {
  TextTable table({{"NAME"}, {"N", Align::kRight}, {"NOTE"}});
  table.add({"default", "1", ""});
  table.add({"x", "20", "paused"});
  testing::internal::CaptureStdout();
  {
    Writer out(STDOUT_FILENO);
    table.print(out, {});
    out.flush();
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "NAME      N  NOTE\ndefault   1\nx        20  paused\n");
}

TEST(ProgressLine, IsDrawnTenTimesASecondAndWhenAllIsSent) {
  ManualClock clock(1'000);
  const Terminal terminal{.interactive = true};
  testing::internal::CaptureStderr();
  ProgressLine line(terminal, clock);
  line.update("a", 1024, 4096);
  clock.advance(99);
  line.update("a", 2048, 4096);
  line.update("a", 4096, 4096);
  clock.advance(100);
  line.update("b", 3072, 4096);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "\ra: 1.0 KiB sent of 4.0 KiB, 25.0 %\033[K"
            "\ra: 4.0 KiB sent, waiting for the daemon\033[K"
            "\rb: 3.0 KiB sent of 4.0 KiB, 75.0 %\033[K");
  testing::internal::CaptureStderr();
  line.wipe();
  line.wipe();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "\r\033[K");
}

TEST(CsvField, Rfc4180Section2) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(csv_field("two\nlines\033"), "two\uFFFDlines\uFFFD") << "no control characters";
}

TEST(ProgressBar, FillsItsColumns) {
  EXPECT_EQ(progress_bar(0.5, 12, false), "[#####-----]");
  EXPECT_EQ(progress_bar(2.0, 6, false), "[####]");
  EXPECT_EQ(progress_bar(0.25, 4, true), "█░░░");
}

TEST(StatusLines, FitEightyColumnsWithLargeNumbers) {
  const Json status = {{"version", "12.34.56"},
                       {"state", "running"},
                       {"uptime_s", 1e6},
                       {"database", {{"bytes", 1234567890123}, {"log_bytes", 123456789}}},
                       {"workers", Json::array({{{"pid", 1}, {"threads", 500}, {"in_flight", 9000}, {"restarts", 3}}})},
                       {"crawls", Json::array({{{"name", "default"},
                                                {"state", "running"},
                                                {"urls",
                                                 {{"total", 123456789},
                                                  {"pending", 23456789},
                                                  {"in_flight", 9000},
                                                  {"fetched", 90000000},
                                                  {"failed", 9000000},
                                                  {"disallowed", 900000},
                                                  {"skipped", 100000}}},
                                                {"bytes", 1234567890123},
                                                {"rate_per_s", 12345.6},
                                                {"eta_s", 1e6}}})}};
  const Terminal terminal{.interactive = true, .colour = false, .unicode = false};
  const std::vector<std::string> lines = status_lines(status, terminal);
  for (const std::string& line : lines) EXPECT_LE(display_width(line), 80U) << line;
  EXPECT_EQ(lines.at(1), "  database 1.1 TiB, log 117.7 MiB");
}

}  // namespace
}  // namespace wswp::cli
