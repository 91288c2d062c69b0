#include "frontier/invariants.h"

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

class InvariantsTest : public FrontierTest {
 protected:
  InvariantsTest() {
    add(crawl_, {"http://a.test/1", "http://a.test/2", "http://b.test/", "http://c.test/", "http://e.test/1",
                 "http://e.test/2"});
    const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
    VisitReport report = fetched(visits.at(0), kStart);
    report.urls[0].found = {{.url = *url::parse("http://sub.d.test/"), .depth = 1}};
    report.urls[0].aliases = {"/alias"};
    report.urls[0].cut = {{"far_date", 1}};
    record(report, kStart);
  }

  /// The numbers of the rules that are broken after `damage`.
  std::string broken_by(const char* damage) {
    store::Database(path_, store::Mode::kReadWrite, 1024).execute(damage);
    const auto violations = check_invariants(path_);
    EXPECT_TRUE(violations.ok()) << violations.message();
    std::string numbers;
    for (const Violation& violation : *violations) {
      EXPECT_GT(violation.count, 0);
      EXPECT_FALSE(violation.example.empty()) << violation.rule;
      const std::string number = violation.rule.substr(0, violation.rule.find(':'));
      if (!numbers.ends_with(number)) numbers += (numbers.empty() ? "" : " ") + number;
    }
    return numbers;
  }
};

TEST_F(InvariantsTest, AFrontierInUseIsInOrder) {
  EXPECT_EQ(broken_by("select 1"), "");
}

TEST_F(InvariantsTest, AHostThatNobodyWouldVisit) {
  EXPECT_EQ(broken_by("delete from queue where host_id in (select host_id from crawl_host)"), "1");
}

TEST_F(InvariantsTest, AFreshHostThatNobodyWouldVisit) {
  EXPECT_EQ(broken_by("delete from queue where host_id not in (select host_id from crawl_host)"), "2 4 5");
}

TEST_F(InvariantsTest, AFreshHostThatWouldBeVisitedTwice) {
  EXPECT_EQ(broken_by("insert into queue select crawl_id, 5, rank, host_id from fresh_host limit 1"), "1");
}

TEST_F(InvariantsTest, AHostInThePlaceOfAFreshOne) {
  EXPECT_EQ(broken_by("insert into queue select crawl_id, 5, rank, 77 from fresh_host limit 1"), "1");
}

TEST_F(InvariantsTest, APendingUrlThatIsNotAsItWasAdded) {
  EXPECT_EQ(broken_by("update pending set depth = depth + 1 where rank = (select max(rank) from pending)"), "5");
  EXPECT_EQ(
      broken_by("update pending set depth = depth - 1, redirects = 1 where rank = (select max(rank) from pending)"),
      "5");
}

TEST_F(InvariantsTest, AUrlOfASiteThatNobodyKnows) {
  EXPECT_EQ(broken_by("update url set site = 77 where rank = (select max(rank) from url where not alias)"), "13");
  EXPECT_EQ(broken_by("insert into moved_site select crawl_id, 77, host_id from url limit 1"), "");
  EXPECT_EQ(broken_by("insert into moved_site select crawl_id, 77, 99 from url limit 1"), "6");
}

TEST_F(InvariantsTest, APendingUrlOfAnotherSite) {
  EXPECT_EQ(broken_by("update pending set site = 1 where rank = (select max(rank) from pending)"), "5");
}

TEST_F(InvariantsTest, AFreshHostWithTwoUrls) {
  EXPECT_EQ(broken_by("insert into url (host_id, crawl_id, target, rank, depth) "
                      "select host_id, crawl_id, '/other', 99, 0 from fresh_host limit 1;"
                      "update crawl set next_rank = 100"),
            "2 5");
}

TEST_F(InvariantsTest, AUrlOfAFreshHostThatIsPendingTwice) {
  EXPECT_EQ(broken_by("insert into pending (host_id, crawl_id, rank, target, depth) "
                      "select host_id, crawl_id, rank, target, depth from url where host_id not in "
                      "(select host_id from crawl_host)"),
            "5");
}

TEST_F(InvariantsTest, AHostWhoseTurnIsAnother) {
  EXPECT_EQ(broken_by("update queue set ready_at = ready_at + 1 where host_id in (select host_id from crawl_host)"),
            "1");
  EXPECT_EQ(broken_by("update queue set ready_at = ready_at + 1"), "1 2 4 5");
}

TEST_F(InvariantsTest, AHostInTheQueueAndLeased) {
  EXPECT_EQ(broken_by("insert into queue select crawl_id, ready_at, rank, host_id from crawl_host "
                      "where host_id = (select host_id from lease)"),
            "1");
}

TEST_F(InvariantsTest, AHostInTheQueueOfWhichNothingIsWanted) {
  EXPECT_EQ(broken_by("insert into queue values (1, 0, 99, (select host_id from lease))"), "1");
  EXPECT_EQ(broken_by("insert into queue values (1, 0, 98, 99)"), "1 4") << "it would be fresh";
}

TEST_F(InvariantsTest, ALeaseOfNoCrawl) {
  EXPECT_EQ(broken_by("insert into lease values (99, 1, 0, 0)"), "1");
}

TEST_F(InvariantsTest, CountsOfAHost) {
  EXPECT_EQ(broken_by("update crawl_host set total = total + 1"), "2");
}

TEST_F(InvariantsTest, AUrlNobodyVisits) {
  EXPECT_EQ(broken_by("insert into url (host_id, crawl_id, target, rank, depth, alias) values (1, 77, '/', 1, 0, 1)"),
            "2");
}

TEST_F(InvariantsTest, MoreClaimedThanPending) {
  EXPECT_EQ(broken_by("update lease set claimed = claimed + 1"), "3");
  EXPECT_EQ(broken_by("update lease set claimed = -1"), "3");
}

TEST_F(InvariantsTest, Counters) {
  EXPECT_EQ(broken_by("update crawl set fetched = fetched + 1, total = total + 1"), "4");
  EXPECT_EQ(broken_by("update crawl set fetched = fetched - 1, total = total - 1, bytes = bytes - 1"), "4");
}

TEST_F(InvariantsTest, AUrlThatEndedWithoutAnOutcome) {
  EXPECT_EQ(broken_by("delete from outcome where rank = (select min(rank) from outcome);"
                      "update crawl set fetched = fetched - 1, total = total - 1, bytes = bytes - 10"),
            "5");
}

TEST_F(InvariantsTest, AUrlThatIsNeitherPendingNorEnded) {
  EXPECT_EQ(broken_by("delete from pending where rank = (select max(rank) from pending)"), "2 5");
}

TEST_F(InvariantsTest, AUrlThatIsPendingAndHasEnded) {
  EXPECT_EQ(broken_by("insert into pending (host_id, crawl_id, rank, target, depth) "
                      "select host_id, crawl_id, rank, target, depth from outcome where state = 3"),
            "2 5");
}

TEST_F(InvariantsTest, PendingButNotSeen) {
  EXPECT_EQ(broken_by("update pending set target = '/other'"), "5");
}

TEST_F(InvariantsTest, AnOutcomeWithoutAUrl) {
  EXPECT_EQ(broken_by("update outcome set target = '/other' where rank = (select min(rank) from outcome)"), "5");
}

TEST_F(InvariantsTest, MissingHosts) {
  EXPECT_EQ(broken_by("delete from host where origin = 'http://c.test'"), "6");
}

TEST_F(InvariantsTest, AHostThatCannotBeFound) {
  EXPECT_EQ(broken_by("delete from host_key where host_id = 1"), "6");
}

TEST_F(InvariantsTest, RanksOfTheFuture) {
  EXPECT_EQ(broken_by("update crawl set next_rank = 1"), "9");
}

TEST_F(InvariantsTest, CountsOfNoCrawl) {
  EXPECT_EQ(broken_by("update cut_links set crawl_id = 99"), "11");
}

TEST_F(InvariantsTest, NothingThatWasCut) {
  EXPECT_EQ(broken_by("update cut_links set links = 0"), "11");
}

TEST_F(InvariantsTest, MoreHostsOfSitesThanLinksHaveAdded) {
  EXPECT_EQ(broken_by("update site_hosts set hosts = hosts + 1"), "12");
}

TEST_F(InvariantsTest, ASiteWithoutHosts) {
  EXPECT_EQ(broken_by("update site_hosts set hosts = 0"), "12");
}

TEST_F(InvariantsTest, ACrawlThatIsBeingRemovedNeedNotAddUp) {
  ASSERT_TRUE(frontier_->begin_removal("default"));
  EXPECT_EQ(broken_by("delete from outcome"), "");
}

TEST_F(InvariantsTest, WhatIsNoDatabaseOfOursIsAnError) {
  EXPECT_FALSE(check_invariants(directory_.file("missing")).ok());
  store::Database(path_, store::Mode::kReadWrite, 1024).execute("pragma user_version = 1");
  const auto old = check_invariants(path_);
  ASSERT_FALSE(old.ok());
  EXPECT_NE(old.message().find("schema 1"), std::string::npos) << old.message();
}

}  // namespace
}  // namespace wswp::frontier
