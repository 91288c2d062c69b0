#include "url/url.h"

#include <utility>

namespace wswp::url {

namespace {

Result<Url> result_of(Problem problem, Url&& url) {
  if (problem == Problem::kNone) return std::move(url);
  return Error{"not a URL: " + std::string(describe(problem))};
}

}  // namespace

std::string_view describe(Problem problem) {
  switch (problem) {
    case Problem::kNone:
      return "nothing is wrong";
    case Problem::kNoScheme:
      return "it does not begin with http:// or https://";
    case Problem::kOtherScheme:
      return "its scheme is neither http nor https";
    case Problem::kNoHost:
      return "the host is missing";
    case Problem::kHostCharacter:
      return "the host has a character that no host name can have";
    case Problem::kHostName:
      return "the host is not a valid internationalised name";
    case Problem::kIpv4:
      return "the host ends in a number and is not an IPv4 address";
    case Problem::kIpv6:
      return "the host in brackets is not an IPv6 address";
    case Problem::kPort:
      return "the port is not a number from 0 to 65535";
    case Problem::kTooLong:
      return "it is too long";
  }
  return "unknown problem";
}

Result<Url> parse(std::string_view input) {
  Url url;
  const Problem problem = parse_into(input, nullptr, url);
  return result_of(problem, std::move(url));
}

Result<Url> parse(std::string_view reference, const Url& base) {
  Url url;
  const Problem problem = parse_into(reference, &base, url);
  return result_of(problem, std::move(url));
}

}  // namespace wswp::url
