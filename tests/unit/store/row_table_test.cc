#include "store/row_table.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/temp_dir.h"

namespace wswp::store {
namespace {

class RowTableTest : public testing::Test {
 protected:
  RowTableTest() { database_.execute("create table t (a integer primary key, b text not null)"); }

  struct Row {
    std::int64_t a;
    std::string b;
  };

  void set(std::vector<Row> rows) {
    listed_ = std::move(rows);
    table_.set(listed_);
  }
  std::string read(const char* sql) {
    std::string all;
    Statement statement(database_, sql);
    statement.bind();
    while (statement.step()) all += std::to_string(statement.integer(0)) + "=" + std::string(statement.text(1)) + " ";
    return all;
  }

  test::TempDir directory_;
  Database database_{directory_.file("x.db"), Mode::kReadWrite, 1024};
  RowTable<Row> table_{database_,
                       "listed",
                       {{"a", [](const Row& row) -> RowValue { return row.a; }},
                        {"b", [](const Row& row) -> RowValue { return row.b; }}}};
  std::vector<Row> listed_;
};

TEST_F(RowTableTest, IsEmptyAtFirst) {
  EXPECT_EQ(read("select a, b from listed"), "");
}

TEST_F(RowTableTest, OneStatementAddsAllRowsThatAreNew) {
  Statement insert(database_, "insert into t select a, b from listed where true on conflict do nothing");
  set({{3, "c"}, {1, ""}, {2, std::string("x\0y", 3)}});
  EXPECT_EQ(insert.run(), 3);
  EXPECT_EQ(read("select a, b from t order by a"), std::string("1= 2=x\0y 3=c ", 13));
  set({{3, "other"}, {4, "d"}, {4, "e"}});
  EXPECT_EQ(insert.run(), 1);
  EXPECT_EQ(read("select a, b from t where a > 2 order by a"), "3=c 4=d ");
  set({});
  EXPECT_EQ(insert.run(), 0);
}

TEST_F(RowTableTest, JoinsInItsOwnOrder) {
  database_.execute("insert into t values (1, 'one'), (2, 'two'), (3, 'three')");
  set({{3, ""}, {1, ""}, {9, ""}, {3, ""}});
  EXPECT_EQ(read("select l.a, t.b from listed l cross join t on t.a = l.a"), "3=three 1=one 3=three ");
}

TEST_F(RowTableTest, IsOfItsConnectionAndGoesWithTheObject) {
  EXPECT_THROW(database_.execute("insert into listed values (1, 'x')"), std::logic_error);
  {
    RowTable<Row> other(database_, "other", {{"a", [](const Row& row) -> RowValue { return row.a; }}});
    EXPECT_EQ(read("select a, a from other"), "");
  }
  EXPECT_THROW(Statement(database_, "select a from other"), std::logic_error);
  Database second(directory_.file("x.db"), Mode::kReadWrite, 1024);
  EXPECT_THROW(Statement(second, "select a from listed"), std::logic_error);
}

}  // namespace
}  // namespace wswp::store
