#include "net/address_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/shared_memory.h"

namespace wswp::net {
namespace {

static_assert(std::is_trivially_destructible_v<AddressTable>);

const IpAddress kOne = *IpAddress::parse("192.0.2.1");
const IpAddress kOther = *IpAddress::parse("2001:db8::1");

TEST(AddressTable, SpacesRequestsToOneAddress) {
  const SharedMemory<AddressTable> table;
  EXPECT_EQ(table->reserve(kOne, 1'000, 50), 0);
  EXPECT_EQ(table->reserve(kOne, 1'000, 50), 50);
  EXPECT_EQ(table->reserve(kOne, 1'010, 50), 90);
  EXPECT_EQ(table->reserve(kOne, 5'000, 50), 0);
}

TEST(AddressTable, AddressesDoNotWaitForEachOther) {
  const SharedMemory<AddressTable> table;
  EXPECT_EQ(table->reserve(kOne, 1'000, 50), 0);
  EXPECT_EQ(table->reserve(kOther, 1'000, 50), 0);
}

TEST(AddressTable, NoInstantIsGivenTwice) {
  const SharedMemory<AddressTable> table;
  std::vector<std::int64_t> waits[2];
  std::vector<std::thread> threads;
  for (auto& mine : waits) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10'000; ++i) mine.push_back(table->reserve(kOne, 1'000, 3));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<std::int64_t> all(waits[0]);
  all.insert(all.end(), waits[1].begin(), waits[1].end());
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], static_cast<std::int64_t>(3 * i));
}

}  // namespace
}  // namespace wswp::net
