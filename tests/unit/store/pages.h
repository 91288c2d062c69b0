#pragma once
// Databases of many pages, for tests of the log: a row of the table t, which has a column b, fills a page.

#include "store/database.h"

namespace wswp::store {

/// Adds so many rows with one statement.
inline void add_pages(Database& database, int pages) {
  Statement insert(database,
                   "insert into t (b) with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) "
                   "select zeroblob(4000) from n");
  insert.run(pages);
}

}  // namespace wswp::store
