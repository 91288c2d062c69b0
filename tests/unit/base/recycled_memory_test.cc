#include "base/recycled_memory.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <new>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace wswp::recycled {
namespace {

constexpr std::size_t kSizes[] = {0,    1,      31,     32,     33,     1000,   1024,     1025,
                                  2048, 16'385, 32'768, 32'769, 65'536, 65'537, 1'000'000};

// `same`: a block came out again. ThreadSanitizer's own malloc() may do that as well; AddressSanitizer's does not.
void expect_kept(bool same) {
#if defined(__SANITIZE_THREAD__)
  static_cast<void>(same);
#else
  EXPECT_EQ(same, kKeeps);
#endif
}

TEST(RecycledMemory, BlocksAreAsLargeAsAskedAlignedAndApart) {
  std::vector<char*> blocks;
  for (int round = 0; round < 2; ++round) {
    for (const std::size_t size : kSizes) {
      blocks.push_back(static_cast<char*>(allocate(size)));
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(blocks.back()) % alignof(std::max_align_t), 0U);
      EXPECT_GE(usable_size(blocks.back()), size);
      std::memset(blocks.back(), static_cast<int>(blocks.size()), size);
    }
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::string expected(kSizes[i % std::size(kSizes)], static_cast<char>(i + 1));
    EXPECT_EQ(std::string(blocks[i], expected.size()), expected);
    release(blocks[i]);
  }
}

TEST(RecycledMemory, WhatIsGivenBackIsHandedOutAgain) {
  for (const std::size_t size : {std::size_t{40}, std::size_t{16'385}}) {
    void* const first = allocate(size);
    release(first);
    void* const second = allocate(size + 1);
    expect_kept(second == first);
    void* const third = allocate(size);
    EXPECT_NE(third, second);
    release(second);
    release(third);
  }
}

TEST(RecycledMemory, ZeroedBlocksAreZeroThoughTheyWereUsed) {
  void* const used = allocate(500);
  std::memset(used, 0xFF, 500);
  release(used);
  char* const zeroed = static_cast<char*>(allocate_zeroed(5, 100));
  EXPECT_EQ(std::string(zeroed, 500), std::string(500, '\0'));
  release(zeroed);
}

TEST(RecycledMemory, ReallocatingKeepsTheBytes) {
  char* block = static_cast<char*>(reallocate(nullptr, 3));
  std::memcpy(block, "abc", 3);
  for (const std::size_t size : {20U, 100U, 5'000U, 100'000U, 200'000U, 900U, 3U}) {
    block = static_cast<char*>(reallocate(block, size));
    ASSERT_GE(usable_size(block), size);
    ASSERT_EQ(std::string(block, 3), "abc") << size;
  }
  EXPECT_LT(usable_size(block), 100U);  // what shrinks lets go of the rest
  release(block);
}

TEST(RecycledMemory, DuplicatesATextWithItsEnd) {
  for (const std::string text : {"", "text"}) {
    char* const copy = duplicate(text.c_str());
    EXPECT_EQ(std::string(copy), text);
    release(copy);
  }
}

TEST(RecycledMemory, WhatCannotBeIsNull) {
  constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();
  EXPECT_EQ(allocate(kMost), nullptr);
  EXPECT_EQ(allocate(kMost - 16), nullptr);
  EXPECT_EQ(allocate(kMost / 2), nullptr);
  EXPECT_EQ(allocate_zeroed(kMost / 8, 16), nullptr);
  char* const block = static_cast<char*>(allocate(3));
  std::memcpy(block, "abc", 3);
  EXPECT_EQ(reallocate(block, kMost / 2), nullptr);
  EXPECT_EQ(std::string(block, 3), "abc");
  release(block);
  release(nullptr);
}

// The last block released is the first one handed out, as far back as they are kept.
TEST(RecycledMemory, AThreadKeepsFourMebibytes) {
  constexpr std::size_t kSize = 32 * 1024, kHeader = 16, kCount = 400;
  constexpr std::size_t kKept = 4 * 1024 * 1024 / (kSize + kHeader);
  std::vector<void*> blocks(kCount);
  std::thread([&] {  // which has kept nothing before
    for (void*& block : blocks) block = allocate(kSize);
    for (std::size_t i = 0; i < kKept; ++i) release(blocks[i]);
    void* const too_much = allocate(kSize);  // one of them, and room for one
    expect_kept(too_much == blocks[kKept - 1]);
    release(too_much);
    release(blocks[kKept]);
    void* const last_kept = allocate(kSize);
    expect_kept(last_kept == blocks[kKept - 1]);
    release(last_kept);
    for (std::size_t i = kKept + 1; i < kCount; ++i) release(blocks[i]);
  })
      .join();
}

#if !defined(__SANITIZE_THREAD__)  // it reports that and goes on
TEST(RecycledMemory, ReleasingTwiceAborts) {
  for (const std::size_t size : {std::size_t{40}, std::size_t{32'769}}) {
    EXPECT_DEATH(
        {
          void* const block = allocate(size);
          release(block);
          release(block);
        },
        "");
  }
}
#endif

TEST(RecycledMemory, ContainersTakeItAndSayWhatTheyCannotHave) {
  std::vector<std::uint64_t, Allocator<std::uint64_t>> numbers;
  for (std::uint64_t i = 0; i < 10'000; ++i) numbers.push_back(i);
  for (std::uint64_t i = 0; i < 10'000; ++i) EXPECT_EQ(numbers[i], i);
  constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();
  EXPECT_THROW(Allocator<std::uint64_t>().allocate(kMost / 4), std::bad_array_new_length);
  EXPECT_THROW(Allocator<std::uint64_t>().allocate(kMost / 8 - 10), std::bad_alloc);
}

TEST(RecycledMemory, ThreadsReleaseWhatOthersTook) {
  std::vector<char*> taken(10'000);
  std::thread([&] {
    for (std::size_t i = 0; i < taken.size(); ++i) {
      taken[i] = static_cast<char*>(allocate(i % 200 + 1));
      *taken[i] = static_cast<char>(i);
    }
  }).join();
  for (std::size_t i = 0; i < taken.size(); ++i) {
    EXPECT_EQ(*taken[i], static_cast<char>(i));
    release(taken[i]);
  }
  std::set<void*> mine;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    EXPECT_TRUE(mine.insert(allocate(i % 200 + 1)).second);
  }
  for (void* block : mine) release(block);
}

}  // namespace
}  // namespace wswp::recycled
