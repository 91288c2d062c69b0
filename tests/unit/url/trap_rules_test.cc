#include "url/trap_rules.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "url/far_date.h"
#include "url/session_id.h"

namespace wswp::url {
namespace {

constexpr int kThisYear = 2026;

Trap trap(std::string_view text, const TrapLimits& limits = {}) {
  const auto url = parse(text);
  EXPECT_TRUE(url) << text;
  return trap_of(*url, limits, kThisYear);
}

std::string times(int count, std::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(TrapRules, OrdinaryUrlsAreNoTraps) {
  for (const std::string_view url :
       {"http://a.org/", "http://a.org",
        "https://www.news.bbc.co.uk/2024/05/17/some-long-title.html?utm_source=x&page=2", "http://a.org/a//b///c",
        "http://a.org/docs/en/docs/en/docs/", "http://a.org/?a[]=1&a[]=2&a[]=3&a[]=4", "http://[2001:db8:1:2:3:4:5:6]/",
        "http://127.0.0.1/", "http://a.org/100%25/%2F/x%2520y", "http://a.org/topic/2100/2",
        "http://a.org/forum/viewtopic.php?f=5&t=2050&start=20", "http://a.org/item/20310501",
        "http://a.org/?s=search&sid=42", "http://a.org/sessions?session_id=7", "http://a.org/(draft)/a;v=1"}) {
    EXPECT_EQ(trap(url), Trap::kNone) << url;
  }
}

TEST(TrapRules, Lengths) {
  const std::string url = "http://a.org/" + std::string(2048 - 13, 'x');
  EXPECT_EQ(trap(url), Trap::kNone);
  EXPECT_EQ(trap(url + "x"), Trap::kUrlTooLong);
  EXPECT_EQ(trap("http://" + times(8, "a.") + "example.com/"), Trap::kNone);
  EXPECT_EQ(trap("http://" + times(9, "a.") + "example.com/"), Trap::kHostTooDeep);
  EXPECT_EQ(trap("http://" + times(8, "a.") + "example.com./"), Trap::kNone) << "the root is no label";
  EXPECT_EQ(trap("http://a.org/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/"), Trap::kNone);
  EXPECT_EQ(trap("http://a.org/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21"), Trap::kPathTooDeep);
}

TEST(TrapRules, WhatGrowsWithEveryLink) {
  EXPECT_EQ(trap("http://a.org/x/a/x/b/x/"), Trap::kNone);
  EXPECT_EQ(trap("http://a.org/x/a/x/b/x/c/x"), Trap::kRepeatedSegments);
  EXPECT_EQ(trap("http://a.org/" + times(4, "img/")), Trap::kRepeatedSegments);
  EXPECT_EQ(trap("http://a.org/?" + times(3, "x=1&") + "x=2"), Trap::kNone);
  EXPECT_EQ(trap("http://a.org/?" + times(4, "x=1&")), Trap::kRepeatedParameters);
  std::string query;
  for (int i = 0; i < 20; ++i) query += "p" + std::to_string(i) + "&";
  EXPECT_EQ(trap("http://a.org/?" + query), Trap::kNone);
  EXPECT_EQ(trap("http://a.org/?" + query + "q"), Trap::kTooManyParameters);
  EXPECT_EQ(trap("http://a.org/?next=%25252F"), Trap::kNone);
  EXPECT_EQ(trap("http://a.org/?next=%2525252F"), Trap::kNestedEncoding);
}

TEST(TrapRules, AnEarlierRuleNamesTheTrap) {
  EXPECT_EQ(trap("http://a.org/" + times(30, "x/")), Trap::kPathTooDeep);
  EXPECT_EQ(trap("http://a.org/2031/05/?" + times(4, "x=1&")), Trap::kRepeatedParameters);
}

TEST(TrapRules, LimitsCanBeSetAndSwitchedOff) {
  EXPECT_EQ(trap("http://a.org/1/2/3", {.max_segments = 2}), Trap::kPathTooDeep);
  EXPECT_EQ(trap("http://a.org/x/x", {.max_repeats = 1}), Trap::kRepeatedSegments);
  EXPECT_EQ(trap("http://a.org/2031/05", {.max_years_ahead = 5}), Trap::kNone);
  TrapLimits off{0, 0, 0, 0, 0, 0, false, false, 0, 0};
  EXPECT_EQ(trap("http://" + times(20, "a.") + "org/" + times(900, "x/") + "2031/05?" + times(90, "y&") +
                     "PHPSESSID=1&%252525252525",
                 off),
            Trap::kNone);
}

TEST(TrapRules, HaveNames) {
  EXPECT_EQ(to_string(Trap::kRepeatedSegments), "repeated_segments");
  EXPECT_EQ(to_string(Trap::kNone), "none");
}

TEST(TrapRules, HostileUrlsTakeLittleTime) {
  std::string url = "http://a.org/";
  for (int i = 0; i < 6000; ++i) url += std::to_string(i) + "/%3D";
  EXPECT_EQ(trap(url, {0, 0, 0, 3, 0, 2, true, true, 2, 1900}), Trap::kNone);
  EXPECT_EQ(trap("http://a.org/%" + times(20'000, "25"), {.max_length = 0}), Trap::kNestedEncoding);
}

std::string without_session(std::string_view text) {
  const auto url = parse(text);
  EXPECT_TRUE(url) << text;
  Url out;
  return drop_session_ids(*url, out) ? out.href() : "none";
}

TEST(SessionIds, OfThePath) {
  EXPECT_EQ(without_session("http://a.org/x;jsessionid=5A.b!1/y;v=2?q"), "http://a.org/x/y;v=2?q");
  EXPECT_EQ(without_session("http://a.org/x;v=2;JSESSIONID=1;w=3"), "http://a.org/x;v=2;w=3");
  EXPECT_EQ(without_session("http://a.org/;jsessionid=1"), "http://a.org/");
  EXPECT_EQ(without_session("http://a.org/a/(S(lit3py55t21z5v55vlm25s55))/b.aspx"), "http://a.org/a/b.aspx");
  EXPECT_EQ(without_session("http://a.org/(A(lit3py55t21z5v55vlm25s55)S(lit3py55t21z5v55vlm25s55))"), "http://a.org/");
  EXPECT_EQ(without_session("http://a.org/(S(lit3py55t21z5v55vlm25s55));jsessionid=1/b"), "http://a.org/b");
  EXPECT_EQ(without_session("http://a.org/(S(short))/(S(lit3py55t21z5v55vlm25s5-))/(lit3py55t21z5v55vlm25s55xxx)"),
            "none");
}

TEST(SessionIds, OfTheQuery) {
  EXPECT_EQ(without_session("http://a.org/?a=1&PHPSESSID=abc&b=2"), "http://a.org/?a=1&b=2");
  EXPECT_EQ(without_session("http://a.org/x?phpsessid=abc"), "http://a.org/x");
  EXPECT_EQ(without_session("http://a.org/x?ASPSESSIONIDQQQ=abc&CFID=1&CFTOKEN=2&osCsid=3&zenid=4"), "http://a.org/x");
  EXPECT_EQ(without_session("http://a.org/?PHPSESSID=&jsessionid&q=jsessionid"), "none");
}

TEST(SessionIds, DoubtfulNamesNeedAMadeUpValue) {
  EXPECT_EQ(without_session("http://a.org/?sid=0123456789abcdef"), "http://a.org/");
  EXPECT_EQ(without_session("http://a.org/?t=1&sessionid=K7hfjsue93mfkskd"), "http://a.org/?t=1");
  EXPECT_EQ(without_session("http://a.org/?s=d41d8cd98f00b204e9800998ecf8427e"), "http://a.org/");
  EXPECT_EQ(without_session("http://a.org/?sid=12345678901234567890"), "none");
  EXPECT_EQ(without_session("http://a.org/?session=a-long-title-of-2026"), "none");
  EXPECT_EQ(without_session("http://a.org/?s=0123456789abcdef"), "none");
  EXPECT_EQ(without_session("http://a.org/?side=0123456789abcdef"), "none");
}

TEST(SessionIds, AreATrapWhereTheyWereNotDropped) {
  EXPECT_EQ(trap("http://a.org/x;jsessionid=1"), Trap::kSessionId);
  EXPECT_EQ(trap("http://a.org/x;jsessionid=1", {.session_ids = false}), Trap::kNone);
}

bool far(std::string_view target) {
  return has_far_date(target, 1900, 2028);
}

TEST(FarDates, InPaths) {
  for (const std::string_view target :
       {"/2031/05", "/2031/05/", "/x/2031/may/1", "/2031/Sept", "/events/2031/5", "/calendar/month/2031/5/", "/2031-05",
        "/2031-05-01.html", "/2031-05-01T10:00", "/05-2031", "/1.5.2031", "/1899/12/", "/events/2128-12"}) {
    EXPECT_TRUE(far(target)) << target;
  }
  for (const std::string_view target :
       {"/",           "/2028/12",      "/1900/01/",    "/2031",       "/2031/",          "/2031/13",
        "/2031/5",     "/topic/2031/2", "/2031/report", "/2031-2035",  "/2031-05-energy", "/vision-2031",
        "/2031-13-01", "/2129/01",      "/1799/01",     "/0000-00-00", "/2031-5x",        "/20310501",
        "/12031/05",   "/2031/may-be",  "/2031/ma",     "/32.5.2031",  "/14-2031",        "/2031-05-32"}) {
    EXPECT_FALSE(far(target)) << target;
  }
}

TEST(FarDates, InQueries) {
  for (const std::string_view target :
       {"/?d=2031-05", "/?x=2031-5-1", "/?x=2031%2F05%2F01", "/?x=1/5/2031", "/?x=01.05.2031", "/?month=203105",
        "/?a=b&date=20310501", "/?year=2031&month=5", "/?cal_year=1850", "/?d=2031-05-01+10:00",
        "/?d=2031-05-01%2010"}) {
    EXPECT_TRUE(far(target)) << target;
  }
  for (const std::string_view target : {"/?", "/?id=20310501", "/?id=2031", "/?year=2027", "/?year=12031", "/?year=",
                                        "/?2031-05", "/?month=203113", "/?date=1", "/?t=2031-05-x", "/?x=2031--05"}) {
    EXPECT_FALSE(far(target)) << target;
  }
}

TEST(UtcYear, OfAnInstant) {
  EXPECT_EQ(utc_year(0), 1970);
  EXPECT_EQ(utc_year(1'767'225'599'999), 2025);
  EXPECT_EQ(utc_year(1'767'225'600'000), 2026);
}

}  // namespace
}  // namespace wswp::url
