#include "daemon/api/ingest.h"

#include <chrono>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontier/frontier.h"

namespace wswp::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Ingested {
  Result<> outcome;
  IngestSummary summary;
  std::vector<std::size_t> chunks;
  std::vector<std::string> urls;
};

Ingested ingest_text(list::ByteSource& source, const IngestLimits& limits = {}) {
  Ingested all;
  const auto add = [&](const frontier::SeedList& seeds, frontier::AddSummary& summary) {
    all.chunks.push_back(seeds.size());
    for (std::size_t i = 0; i < seeds.size(); ++i) all.urls.emplace_back(seeds.url(i));
    summary.added += static_cast<std::int64_t>(seeds.size());
  };
  all.outcome = ingest(source, limits, add, all.summary);
  return all;
}

Ingested ingest_text(const std::string& text, const IngestLimits& limits = {}) {
  list::MemorySource source(text);
  return ingest_text(source, limits);
}

TEST(Ingest, EmptyListAddsNothing) {
  const auto all = ingest_text("");
  EXPECT_TRUE(all.outcome);
  EXPECT_EQ(all.summary.read, 0);
  EXPECT_THAT(all.chunks, IsEmpty());
}

TEST(Ingest, ChunksGrow) {
  IngestLimits limits;
  limits.first_chunk_rows = 2;
  limits.chunk_rows = 10;
  std::string rows;
  for (int i = 0; i < 25; ++i) rows += "host" + std::to_string(i) + ".example\n";
  EXPECT_THAT(ingest_text(rows, limits).chunks, ElementsAre(2, 8, 10, 5));
}

TEST(Ingest, AddsInOrderAndInChunks) {
  IngestLimits limits;
  limits.chunk_rows = 2;
  const auto all = ingest_text("a.example\nb.example\nc.example\n", limits);
  EXPECT_TRUE(all.outcome);
  EXPECT_THAT(all.chunks, ElementsAre(2, 1));
  EXPECT_THAT(all.urls, ElementsAre("http://a.example/", "http://b.example/", "http://c.example/"));
  EXPECT_EQ(all.summary.read, 3);
  EXPECT_EQ(all.summary.added.added, 3);
}

TEST(Ingest, TheFirstChunkMayBeSmaller) {
  IngestLimits limits;
  limits.first_chunk_rows = 1;
  limits.chunk_rows = 3;
  EXPECT_THAT(ingest_text("a.example\nb.example\nc.example\nd.example\ne.example\n", limits).chunks,
              ElementsAre(1, 3, 1));
}

TEST(Ingest, ChunksAreLimitedByBytesToo) {
  IngestLimits limits;
  limits.chunk_bytes = 30;
  EXPECT_THAT(ingest_text("a.example\nb.example\nc.example\n", limits).chunks, ElementsAre(2, 1));
}

TEST(Ingest, CountsInvalidRowsAndKeepsTheFirstTen) {
  std::string text;
  for (int i = 0; i < 12; ++i) text += "nodot" + std::to_string(i) + "\n";
  const auto all = ingest_text("good.example\n" + text);
  EXPECT_EQ(all.summary.read, 13);
  EXPECT_EQ(all.summary.invalid, 12);
  ASSERT_EQ(all.summary.invalid_rows.size(), 10U);
  EXPECT_EQ(all.summary.invalid_rows[0].line, 2U);
  EXPECT_EQ(all.summary.invalid_rows[0].text, "nodot0");
}

TEST(Ingest, MaximumCountsValidRowsOnly) {
  IngestLimits limits;
  limits.max_urls = 2;
  const auto all = ingest_text("a.example\nnodot\nb.example\nc.example\n", limits);
  EXPECT_TRUE(all.outcome);
  EXPECT_THAT(all.urls, ElementsAre("http://a.example/", "http://b.example/"));
  EXPECT_EQ(all.summary.read, 3);
}

/// Tells when it is asked for more than it gave at first.
class TellingSource final : public list::ByteSource {
 public:
  explicit TellingSource(std::string first) : first_(std::move(first)) {}
  std::future<void> read_on() { return read_on_.get_future(); }
  Result<std::string_view> read() override {
    if (!std::exchange(began_, true)) return std::string_view(first_);
    if (!std::exchange(told_, true)) read_on_.set_value();
    return std::string_view();
  }

 private:
  const std::string first_;
  std::promise<void> read_on_;
  bool began_ = false, told_ = false;
};

TEST(Ingest, ReadsOnWhileItAdds) {
  constexpr int kRows = 100'000;
  std::string rows;
  for (int i = 0; i < kRows; ++i) rows += "host" + std::to_string(i) + ".example\n";
  TellingSource source(rows);
  const std::future<void> read_on = source.read_on();
  IngestLimits limits;
  limits.first_chunk_rows = kRows / 2;
  IngestSummary summary;
  const auto add = [&](const frontier::SeedList& seeds, frontier::AddSummary& added) {
    if (added.added == 0) {
      EXPECT_EQ(read_on.wait_for(std::chrono::seconds(20)), std::future_status::ready);
    }
    added.added += static_cast<std::int64_t>(seeds.size());
  };
  EXPECT_TRUE(ingest(source, limits, add, summary));
  EXPECT_EQ(summary.added.added, kRows);
}

class BrokenSource final : public list::ByteSource {
 public:
  Result<std::string_view> read() override {
    if (done_) return Error{"the client went away"};
    done_ = true;
    return std::string_view("a.example\nb.example\n");
  }

 private:
  bool done_ = false;
};

TEST(Ingest, BrokenListKeepsWhatCameBefore) {
  BrokenSource source;
  const auto all = ingest_text(source);
  ASSERT_FALSE(all.outcome);
  EXPECT_EQ(all.summary.added.added, 2);
}

TEST(Ingest, StorageFailurePassesThroughWithTheCountsSoFar) {
  IngestLimits limits;
  limits.chunk_rows = 1;
  list::MemorySource source("a.example\nb.example\n");
  IngestSummary summary;
  const auto add = [](const frontier::SeedList& /*seeds*/, frontier::AddSummary& added) {
    if (added.added == 1) throw frontier::Unavailable(Obstacle::kDiskFull, "disk full");
    ++added.added;
  };
  EXPECT_THROW(static_cast<void>(ingest(source, limits, add, summary)), frontier::Unavailable);
  EXPECT_EQ(summary.added.added, 1);
}

}  // namespace
}  // namespace wswp::api
