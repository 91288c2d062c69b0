#include "daemon/api/byte_pipe.h"

#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace wswp::api {
namespace {

TEST(BytePipe, GivesWhatWasWrittenThenTheEnd) {
  BytePipe pipe(100);
  EXPECT_TRUE(pipe.write("ab"));
  EXPECT_TRUE(pipe.write("c"));
  pipe.finish();
  std::string bytes;
  ASSERT_TRUE(pipe.read(bytes));
  EXPECT_EQ(bytes, "abc");
  ASSERT_TRUE(pipe.read(bytes));
  EXPECT_EQ(bytes, "");
  ASSERT_TRUE(pipe.read(bytes));
  EXPECT_EQ(bytes, "");
}

TEST(BytePipe, SlowReaderHoldsTheWriterBack) {
  constexpr std::size_t kCapacity = 64;
  BytePipe pipe(kCapacity);
  std::string sent, received;
  std::thread writer([&] {
    for (int i = 0; i < 1000; ++i) {
      const std::string piece(static_cast<std::size_t>(i % 7 + 1), static_cast<char>('a' + i % 26));
      sent += piece;
      EXPECT_TRUE(pipe.write(piece));
    }
    pipe.finish();
  });
  std::string bytes;
  for (;;) {
    ASSERT_TRUE(pipe.read(bytes));
    if (bytes.empty()) break;
    EXPECT_LT(bytes.size(), kCapacity + 7);
    received += bytes;
  }
  writer.join();
  EXPECT_EQ(received, sent);
}

TEST(BytePipe, ClosedReaderFreesAWriterThatWaits) {
  BytePipe pipe(1);
  ASSERT_TRUE(pipe.write("full"));
  bool written = true;
  std::thread writer([&] { written = pipe.write("more"); });
  pipe.close_reader();
  writer.join();
  EXPECT_FALSE(written);
  EXPECT_FALSE(pipe.write("again"));
}

TEST(BytePipe, FailureReachesTheReaderBehindTheData) {
  BytePipe pipe(100);
  ASSERT_TRUE(pipe.write("whole"));
  pipe.fail(Error{"gone"});
  pipe.fail(Error{"twice"});
  std::string bytes;
  ASSERT_TRUE(pipe.read(bytes));
  EXPECT_EQ(bytes, "whole");
  const auto read = pipe.read(bytes);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.message(), "gone");
}

TEST(BytePipe, FailureFreesBothEnds) {
  BytePipe pipe(1), empty(1);
  ASSERT_TRUE(pipe.write("full"));
  bool written = true, read = true;
  std::thread writer([&] { written = pipe.write("more"); });
  std::thread reader([&] {
    std::string bytes;
    read = empty.read(bytes).ok();
  });
  pipe.fail(Error{"stop"});
  empty.fail(Error{"stop"});
  writer.join();
  reader.join();
  EXPECT_FALSE(written);
  EXPECT_FALSE(read);
}

TEST(BytePipe, FailureAfterTheEndIsNone) {
  BytePipe pipe(1);
  pipe.finish();
  pipe.fail(Error{"late"});
  std::string bytes;
  EXPECT_TRUE(pipe.read(bytes));
}

}  // namespace
}  // namespace wswp::api
