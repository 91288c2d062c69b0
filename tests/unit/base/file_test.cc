#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "support/temp_dir.h"

namespace wswp {
namespace {

TEST(File, ReadsAWholeFileOrSaysWhyNot) {
  const test::TempDir directory;
  std::ofstream(directory.file("x")) << "text";
  EXPECT_EQ(*read_file(directory.file("x")), "text");
  EXPECT_EQ(*read_file(directory.file("x"), 3), "tex");
  EXPECT_EQ(*read_file(directory.file("x"), 5), "text");
  const Result<std::string> missing = read_file(directory.file("y"));
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.message().find(directory.file("y") + ": No such file"), std::string::npos) << missing.message();
}

TEST(File, MakesDirectoriesWithTheirParents) {
  const test::TempDir directory;
  EXPECT_TRUE(make_directories(directory.file("a/b/c")).ok());
  EXPECT_TRUE(make_directories(directory.file("a/b/c")).ok());
  struct stat status {};
  ASSERT_EQ(::stat(directory.file("a/b/c").c_str(), &status), 0);
  EXPECT_TRUE(S_ISDIR(status.st_mode));
}

TEST(File, AFileInTheWayIsAnError) {
  const test::TempDir directory;
  std::ofstream(directory.file("x")) << "text";
  EXPECT_FALSE(make_directories(directory.file("x")).ok());
  EXPECT_FALSE(make_directories(directory.file("x/y")).ok());
}

TEST(File, ADescriptorIsClosedOnce) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  FileDescriptor read_end(ends[0]);
  {
    FileDescriptor write_end(ends[1]);
    const FileDescriptor moved = std::move(write_end);
    EXPECT_TRUE(moved);
  }
  char byte = 0;
  EXPECT_EQ(::read(read_end.get(), &byte, 1), 0) << "the other end is closed";
}

}  // namespace
}  // namespace wswp
