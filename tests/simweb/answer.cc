#include "simweb/answer.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "simweb/hash.h"

namespace wswp::simweb {
namespace {

constexpr std::string_view kRobotsMoved = "/robots-moved.txt";
constexpr std::string_view kRobotsLoop = "/robots-loop/";
constexpr std::string_view kHop = "/hop/";
constexpr std::string_view kLoop = "/loop/";
constexpr std::string_view kPrivateMoved = "/private/moved";
constexpr std::string_view kFarAway = "/trap/2099/01/";
constexpr std::array<int, 5> kRedirectStatus{301, 302, 303, 307, 308};

/// The number that follows `prefix` in `target`, and what stands behind it.
struct Numbered {
  unsigned number = 0;
  std::string_view rest;
};
bool parse_numbered(std::string_view target, std::string_view prefix, Numbered& out) {
  if (!target.starts_with(prefix)) return false;
  const char* end_of_target = target.data() + target.size();
  const auto [end, error] = std::from_chars(target.data() + prefix.size(), end_of_target, out.number);
  out.rest = std::string_view(end, static_cast<std::size_t>(end_of_target - end));
  return error == std::errc() && (out.rest.empty() || out.rest.front() == '/');
}

void redirect(Answer& answer, std::string_view authority, std::string_view target) {
  const std::uint64_t hash = mixed(answer.page.hash, 300);
  answer.status = kRedirectStatus.at(hash % kRedirectStatus.size());
  answer.redirect_to = fmt::format("http://{}{}", authority, target);
  answer.location = answer.redirect_to;
}

/// A redirect inside the host, whose Location may be relative.
void redirect_inside(Answer& answer, std::string_view authority, std::string_view target) {
  redirect(answer, authority, target);
  const std::uint64_t spelling = mixed(answer.page.hash, 301) % 3;
  if (spelling == 1) answer.location = target;
  if (spelling == 2) answer.location = fmt::format("//{}{}", authority, target);
}

void fail(Answer& answer, int status) {
  answer.status = status;
  answer.body = BodyKind::kNone;
}

void too_many(Answer& answer, const World& world) {
  fail(answer, 429);
  answer.retry_after = world.retry_after;
}

void html_error(Answer& answer, int status) {
  answer.status = status;
  answer.body = BodyKind::kErrorPage;
}

void answer_robots(Answer& answer, const PageName& name, Attempts& attempts) {
  const RobotsKind kind = answer.site.robots;
  Numbered loop;
  if (name.target.starts_with(kRobotsMoved)) {
    answer.site.robots = RobotsKind::kDisallowSome;
    answer.body = BodyKind::kRobots;
    return;
  }
  if (parse_numbered(name.target, kRobotsLoop, loop)) {
    redirect(answer, name.authority, fmt::format("{}{}", kRobotsLoop, loop.number + 1));
    return;
  }
  switch (kind) {
    case RobotsKind::kMissing:
      html_error(answer, 404);
      break;
    case RobotsKind::kForbidden:
      html_error(answer, 403);
      break;
    case RobotsKind::kServerError:
      fail(answer, 503);
      break;
    case RobotsKind::kServerErrorOnce:
      answer.body = BodyKind::kRobots;
      if (attempts.count(answer.page.hash) < 1) fail(answer, 503);
      break;
    case RobotsKind::kRedirect:
      redirect_inside(answer, name.authority, kRobotsMoved);
      break;
    case RobotsKind::kRedirectOther:
      redirect(answer, fmt::format("www.{}", name.authority), kRobotsMoved);
      break;
    case RobotsKind::kRedirectLoop:
      redirect(answer, name.authority, fmt::format("{}1", kRobotsLoop));
      break;
    case RobotsKind::kClosed:
      answer.fault = Fault::kClosed;
      break;
    case RobotsKind::kStall:
      answer.fault = Fault::kStall;
      break;
    default:
      answer.body = BodyKind::kRobots;
      break;
  }
}

/// Redirects under way: /hop/N/… counts down, /loop/N/… counts up for ever.
bool answer_hop(Answer& answer, const PageName& name) {
  Numbered hop;
  if (parse_numbered(name.target, kHop, hop) && hop.number > 0) {
    redirect_inside(answer, name.authority, fmt::format("{}{}{}", kHop, hop.number - 1, hop.rest));
    return true;
  }
  if (parse_numbered(name.target, kLoop, hop)) {
    redirect_inside(answer, name.authority, fmt::format("{}{}{}", kLoop, hop.number + 1, hop.rest));
    return true;
  }
  return false;
}

/// The redirecting kinds; false for the others.
bool answer_redirect(Answer& answer, const PageName& name) {
  switch (answer.page.kind) {
    case PageKind::kRedirect:
      redirect_inside(answer, name.authority,
                      fmt::format("{}{}{}", kHop, mixed(answer.page.hash, 302) % 3, name.target));
      return true;
    case PageKind::kRedirectPrivate:
      redirect_inside(answer, name.authority, fmt::format("{}{}", kPrivateMoved, name.target));
      return true;
    case PageKind::kRedirectOther:
      redirect(answer, fmt::format("www.{}", name.authority), name.target);
      return true;
    case PageKind::kRedirectLoop:
      redirect_inside(answer, name.authority, fmt::format("{}1{}", kLoop, name.target));
      return true;
    case PageKind::kRedirectSelf:
      redirect_inside(answer, name.authority, name.target);
      return true;
    case PageKind::kRedirectTrap:
      redirect_inside(answer, name.authority, kFarAway);
      answer.trap = "far_date";
      return true;
    case PageKind::kRedirectTrapOther:
      redirect(answer, fmt::format("www.{}", name.authority), kFarAway);
      answer.trap = "far_date";
      return true;
    default:
      return false;
  }
}

/// A page that recovers is, at each request, either the failure or kOk; the others are what they are.
PageKind present_kind(const PagePlan& page, Attempts& attempts) {
  const auto recovers = [&](unsigned failures, PageKind failure) {
    return attempts.count(page.hash) < failures ? failure : PageKind::kOk;
  };
  switch (page.kind) {
    case PageKind::kError503Once:
      return recovers(1, PageKind::kError503);
    case PageKind::kError503Twice:
      return recovers(2, PageKind::kError503);
    case PageKind::kError503Thrice:
      return recovers(3, PageKind::kError503);
    case PageKind::kTooManyOnce:
      return recovers(1, PageKind::kTooMany);
    case PageKind::kClosedOnce:
      return recovers(1, PageKind::kClosed);
    default:
      return page.kind;
  }
}

/// The kinds with a status of their own; false for the others.
bool answer_status(Answer& answer, PageKind kind, const World& world) {
  switch (kind) {
    case PageKind::kForbidden:
      html_error(answer, 403);
      return true;
    case PageKind::kNotFound:
      html_error(answer, 404);
      return true;
    case PageKind::kGone:
      html_error(answer, 410);
      return true;
    case PageKind::kError500:
      fail(answer, 500);
      return true;
    case PageKind::kError503:
      fail(answer, 503);
      return true;
    case PageKind::kTooMany:
      too_many(answer, world);
      return true;
    default:
      return false;
  }
}

Fault fault_of(PageKind kind) {
  switch (kind) {
    case PageKind::kClosed:
      return Fault::kClosed;
    case PageKind::kReset:
      return Fault::kReset;
    case PageKind::kStall:
      return Fault::kStall;
    case PageKind::kStallBody:
      return Fault::kStallBody;
    case PageKind::kPartial:
      return Fault::kPartial;
    case PageKind::kGarbage:
      return Fault::kGarbage;
    default:
      return Fault::kNone;
  }
}

BodyKind body_of(PageKind kind) {
  switch (kind) {
    case PageKind::kEmpty:
      return BodyKind::kNone;
    case PageKind::kImage:
      return BodyKind::kImage;
    case PageKind::kPdf:
      return BodyKind::kPdf;
    case PageKind::kText:
      return BodyKind::kText;
    case PageKind::kJson:
      return BodyKind::kJson;
    default:
      return BodyKind::kPage;
  }
}

void answer_page(Answer& answer, const World& world, Attempts& attempts) {
  const PageKind kind = present_kind(answer.page, attempts);
  if (answer_status(answer, kind, world)) return;
  answer.fault = fault_of(kind);
  answer.body = body_of(kind);
  answer.is_endless = kind == PageKind::kHuge;
  answer.is_bomb = kind == PageKind::kBomb;
  answer.html_header = kind == PageKind::kEmpty;
}

}  // namespace

std::string_view fault_name(Fault fault) {
  switch (fault) {
    case Fault::kNone:
      return "none";
    case Fault::kClosed:
      return "closed";
    case Fault::kReset:
      return "reset";
    case Fault::kStall:
      return "stall";
    case Fault::kStallBody:
      return "stall_body";
    case Fault::kPartial:
      return "partial";
    case Fault::kGarbage:
      return "garbage";
  }
  return "";
}

Answer answer_request(const World& world, const PageName& name, Attempts& attempts) {
  Answer answer;
  answer.site = plan_site(world, name.host);
  answer.page = plan_page(world, answer.site, name.host, name.target);
  switch (answer.site.host) {
    case HostKind::kStall:
      answer.fault = Fault::kStall;
      return answer;
    case HostKind::kClosed:
      answer.fault = Fault::kClosed;
      return answer;
    case HostKind::kReset:
      answer.fault = Fault::kReset;
      return answer;
    case HostKind::kOk:
      break;
  }
  if (name.target == "/robots.txt" || name.target.starts_with("/robots-")) {
    answer_robots(answer, name, attempts);
  } else if (!answer_hop(answer, name) && !answer_redirect(answer, name)) {
    answer_page(answer, world, attempts);
  }
  return answer;
}

}  // namespace wswp::simweb
