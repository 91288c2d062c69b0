#include "crawl/verdict.h"

#include <gtest/gtest.h>

#include <string>

namespace wswp::crawl {
namespace {

constexpr WallMs kAnswered = 784'111'777'000;  // Sun, 06 Nov 1994 08:49:37 GMT

net::Response answer(int status) {
  net::Response response;
  response.head.status = status;
  return response;
}

TEST(Verdict, AFinalStatusIsAnAnswer) {
  for (const int status : {200, 204, 206, 304, 400, 401, 403, 404, 410, 418}) {
    EXPECT_EQ(judge(answer(status), kAnswered).next, Next::kRecord) << status;
    EXPECT_EQ(judge(answer(status), kAnswered).error, "") << status;
  }
}

TEST(Verdict, ServerErrorsAndTooManyRequestsMayPass) {
  for (const int status : {429, 500, 502, 503, 504, 599}) {
    EXPECT_EQ(judge(answer(status), kAnswered).next, Next::kRetry) << status;
    EXPECT_EQ(judge(answer(status), kAnswered).error, "http_status") << status;
  }
}

TEST(Verdict, ARedirectNeedsALocation) {
  net::Response response = answer(302);
  EXPECT_EQ(judge(response, kAnswered).next, Next::kRecord);
  response.head.location = "/x";
  EXPECT_EQ(judge(response, kAnswered).next, Next::kRedirect);
  response.head.status = 300;
  EXPECT_EQ(judge(response, kAnswered).next, Next::kRecord) << "several choices are no redirect";
}

TEST(Verdict, Rfc9110Section15_4_RedirectsThatSayWhereTo) {
  for (const int status : {301, 302, 303, 307, 308}) {
    net::Response response = answer(status);
    response.head.location = "/x";
    EXPECT_EQ(judge(response, kAnswered).next, Next::kRedirect) << status;
  }
}

TEST(Verdict, ARedirectNeedsNoBody) {
  net::Response response = answer(302);
  response.head.location = "/x";
  for (const auto error : {net::FetchError::kPartial, net::FetchError::kEncoding, net::FetchError::kTimeout}) {
    response.error = error;
    EXPECT_EQ(judge(response, kAnswered).next, Next::kRedirect);
  }
  response.error = net::FetchError::kLocal;
  EXPECT_EQ(judge(response, kAnswered).next, Next::kRetry);
}

TEST(Verdict, FailuresOfTheMomentAreTriedAgainOthersNot) {
  net::Response response;
  response.error = net::FetchError::kTimeout;
  EXPECT_EQ(judge(response, kAnswered).next, Next::kRetry);
  EXPECT_EQ(judge(response, kAnswered).error, "timeout");
  response.error = net::FetchError::kPrivateAddress;
  EXPECT_EQ(judge(response, kAnswered).next, Next::kRecord);
  EXPECT_EQ(judge(response, kAnswered).error, "private_address");
}

TEST(Verdict, APartialBodyIsAFailureWhateverTheStatus) {
  net::Response response = answer(200);
  response.error = net::FetchError::kPartial;
  EXPECT_EQ(judge(response, kAnswered).next, Next::kRetry);
}

TEST(Verdict, ABodyThatIsNoPageMayRunIntoTheTimeLimit) {
  const auto verdict = [](std::string_view type, int status) {
    net::Response response = answer(status);
    response.error = net::FetchError::kTimeout;
    response.head.content_type = type;
    return judge(response, kAnswered);
  };
  for (const char* type : {"audio/mpeg", "video/mp4; codecs=x", "text/event-stream", "multipart/x-mixed-replace"}) {
    EXPECT_EQ(verdict(type, 200).next, Next::kRecord) << type;
    EXPECT_EQ(verdict(type, 200).error, "") << type;
    EXPECT_TRUE(verdict(type, 200).cut) << type;
    EXPECT_EQ(verdict(type, 503).next, Next::kRetry) << type;
    EXPECT_EQ(verdict(type, 0).next, Next::kRetry) << type << " without a header";
  }
  for (const char* type : {"text/html", "application/xhtml+xml", "", "rubbish"}) {
    EXPECT_EQ(verdict(type, 200).next, Next::kRetry) << type;
    EXPECT_FALSE(verdict(type, 200).cut) << type;
  }
}

TEST(RetryAfter, Rfc9110Section10_2_3) {
  EXPECT_EQ(retry_after_ms("120", kAnswered), 120'000);
  EXPECT_EQ(retry_after_ms("Sun, 06 Nov 1994 08:50:07 GMT", kAnswered), 30'000);
  EXPECT_EQ(retry_after_ms("Sun, 06 Nov 1994 08:49:00 GMT", kAnswered), 0) << "in the past";
  EXPECT_EQ(retry_after_ms("Sunday, 06-Nov-94 08:50:07 GMT", kAnswered), 30'000) << "RFC 850";
  EXPECT_EQ(retry_after_ms("Sun Nov  6 08:50:07 1994", kAnswered), 30'000) << "asctime";
  EXPECT_EQ(retry_after_ms("", kAnswered), 0);
  EXPECT_EQ(retry_after_ms("soon", kAnswered), 0);
  EXPECT_EQ(retry_after_ms("-5", kAnswered), 0);
  EXPECT_EQ(retry_after_ms("99999999", kAnswered), 24LL * 3600 * 1000) << "cut to a day";
  for (const char* long_number : {"99999999999999999999", "10000000000000000000000000000000000000000"}) {
    EXPECT_EQ(retry_after_ms(long_number, kAnswered), 24LL * 3600 * 1000) << long_number;
    EXPECT_EQ(retry_after_ms("-" + std::string(long_number), kAnswered), 0);
    EXPECT_EQ(retry_after_ms(std::string(long_number) + " s", kAnswered), 0);
  }
}

}  // namespace
}  // namespace wswp::crawl
