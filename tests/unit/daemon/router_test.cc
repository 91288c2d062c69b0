#include "daemon/api/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <nlohmann/json.hpp>

#include "daemon/api/resources.h"

namespace wswp::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Match, Segments) {
  EXPECT_THAT(match("/v1/status", "/v1/status").value(), IsEmpty());
  EXPECT_THAT(match("/v1/crawls/{}/urls", "/v1/crawls/default/urls").value(), ElementsAre("default"));
  EXPECT_THAT(match("/{}/{}", "/a/b").value(), ElementsAre("a", "b"));
}

TEST(Match, OnlyTheWholePath) {
  for (const char* path : {"", "/", "/v1", "/v1/crawls", "/v1/crawls/a", "/v1/crawls//urls", "/v1/crawls/a/urls/",
                           "/v1/crawls/a/b/urls", "/v1/crawls/a/urlsx", "v1/crawls/a/urls", "//v1/crawls/a/urls"})
    EXPECT_FALSE(match("/v1/crawls/{}/urls", path)) << path;
}

/// Answers with its own name and the parameters it got; the context is not touched.
Route echo(const std::string& method, const std::string& pattern) {
  return {method, pattern, [pattern](Context& /*context*/, const Request& request) -> Answer {
            Response response;
            response.body = pattern;
            for (const auto& parameter : request.parameters) response.body += "," + parameter;
            return response;
          }};
}

Response ask(const std::string& method, const std::string& path) {
  const Router router({echo("GET", "/a"), echo("GET", "/a/{}"), echo("POST", "/a/{}"), echo("GET", "/b")});
  Request request;
  request.method = method;
  request.path = path;
  alignas(std::max_align_t) std::byte nobody[1] = {};  // stands for a context, which echo() does not look at
  return std::get<Response>(router.answer(reinterpret_cast<Context&>(nobody), request));
}

std::string code_of(const Response& response) {
  return nlohmann::json::parse(response.body)["error"]["code"];
}

TEST(Router, FindsByMethodAndPath) {
  EXPECT_EQ(ask("GET", "/a").body, "/a");
  EXPECT_EQ(ask("POST", "/a/x").body, "/a/{},x");
}

TEST(Router, UnknownPathIs404) {
  const Response response = ask("GET", "/c");
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(code_of(response), "not_found");
}

TEST(Router, WrongMethodIs405AndNamesTheRightOnes) {
  const Response response = ask("DELETE", "/a/x");
  EXPECT_EQ(response.status, 405U);
  EXPECT_EQ(code_of(response), "method_not_allowed");
  EXPECT_EQ(response.allow, "GET, POST");
}

TEST(Routes, EveryPathIsAnsweredByItsOwnPatternOnly) {
  const auto all = routes();
  for (const auto& route : all) {
    std::string path = route.pattern;
    if (const auto at = path.find("{}"); at != std::string::npos) path.replace(at, 2, "name");
    int matches = 0;
    for (const auto& other : all) matches += other.method == route.method && match(other.pattern, path) ? 1 : 0;
    EXPECT_EQ(matches, 1) << path;
  }
}

TEST(ErrorResponse, InvalidUtf8DoesNotThrow) {
  const Response response = error_response(400, "bad_request", "\xff\xfe broken");
  EXPECT_THAT(nlohmann::json::parse(response.body)["error"]["message"].get<std::string>(),
              testing::HasSubstr(" broken"));
}

}  // namespace
}  // namespace wswp::api
