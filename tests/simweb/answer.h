#pragma once
// What one request gets: decided here once, sent by the server and foretold by the oracle. Pure but for the count of
// earlier requests, which the sites that recover after a few failures need.

#include <cstdint>
#include <string>
#include <string_view>

#include "simweb/links.h"
#include "simweb/site_plan.h"

namespace wswp::simweb {

/// What goes wrong on the connection.
enum class Fault : std::uint8_t {
  kNone,
  kClosed,     // closed without an answer
  kReset,      // RST without an answer
  kStall,      // never answered
  kStallBody,  // half of the body, then silence
  kPartial,    // half of the body, then the end
  kGarbage,    // something that is not HTTP, then the end
};
std::string_view fault_name(Fault fault);

enum class BodyKind : std::uint8_t { kNone, kPage, kRobots, kErrorPage, kImage, kPdf, kText, kJson };

/// Decoded bytes of a page_bomb.
inline constexpr std::size_t kBombBytes = 64U << 20;
inline constexpr std::string_view kBombTitle = "bomb";

struct Answer {
  Fault fault = Fault::kNone;
  int status = 200;
  BodyKind body = BodyKind::kNone;
  bool is_endless = false;   // the page goes on until the client hangs up
  bool is_bomb = false;      // kBombBytes, of which little is transferred
  bool html_header = false;  // an empty body that is declared HTML in UTF-8
  unsigned retry_after = 0;  // seconds; 0: not sent
  std::string redirect_to;   // canonical URL, or empty
  std::string_view trap;     // the rule by which a crawler leaves redirect_to alone
  std::string location;      // how the header spells it
  SitePlan site;
  PagePlan page;
};

/// Counts the requests for a page.
class Attempts {
 public:
  virtual ~Attempts() = default;
  /// The number of requests with this key before this one. Called once a request, and only for sites that recover.
  virtual unsigned count(std::uint64_t key) = 0;
};

/// `name` as the request states it: host and authority in lower case.
Answer answer_request(const World& world, const PageName& name, Attempts& attempts);

}  // namespace wswp::simweb
