#include "support/scripted_server.h"

#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace wswp::test {
namespace {

constexpr int kDripMs = 20;

std::string field(std::string_view head, std::string_view name) {
  const std::string start = fmt::format("\r\n{}: ", name);
  const std::size_t at = head.find(start);
  if (at == std::string_view::npos) return "";
  const std::size_t begin = at + start.size();
  return std::string(head.substr(begin, head.find("\r\n", begin) - begin));
}

/// Whether the connection goes on.
bool carry_out(const net::Peer& peer, const Reply& reply) {
  peer.send(reply.bytes);
  switch (reply.then) {
    case Reply::Then::kKeep:
      return true;
    case Reply::Then::kClose:
      return false;
    case Reply::Then::kReset:
      peer.reset_at_end();
      return false;
    case Reply::Then::kHold:
      peer.wait_for_hang_up();
      return false;
    case Reply::Then::kDrip:
      while (!peer.stirs_within(kDripMs)) peer.send(reply.tail);
      return false;
    case Reply::Then::kTail:
      if (!peer.stirs_within(2 * kDripMs)) peer.send(reply.tail);
      return false;
  }
  return false;
}

}  // namespace

void ScriptedServer::serve(const net::Peer& peer) {
  while (true) {
    ScriptedRequest asked;
    asked.head = peer.read_head();
    if (asked.head.empty()) return;
    const std::size_t target = asked.head.find(' ') + 1;
    asked.target = asked.head.substr(target, asked.head.find(' ', target) - target);
    asked.host = field(asked.head, "Host");
    const Reply reply = reply_to(asked);
    {
      const std::lock_guard lock(mutex_);
      log_.push_back(std::move(asked));
    }
    if (!carry_out(peer, reply)) return;
  }
}

Reply ScriptedServer::reply_to(const ScriptedRequest& asked) const {
  if (const auto found = replies_.find(asked.host + asked.target); found != replies_.end()) return found->second;
  if (asked.target == "/robots.txt") return {http(404), Reply::Then::kKeep};
  return {page("landed"), Reply::Then::kKeep};
}

std::vector<ScriptedRequest> ScriptedServer::asked(std::size_t least) const {
  const std::lock_guard lock(mutex_);
  EXPECT_GE(log_.size(), least) << "requests that the server has seen";
  return log_;
}

std::vector<std::string> ScriptedServer::targets(std::string_view host) const {
  std::vector<std::string> targets;
  for (const ScriptedRequest& asked : this->asked(0)) {
    if (asked.host == host && asked.target != "/robots.txt") targets.push_back(asked.target);
  }
  return targets;
}

std::string http(int status, std::string_view header_lines, std::string_view body) {
  return fmt::format("HTTP/1.1 {} X\r\n{}Content-Length: {}\r\n\r\n{}", status, header_lines, body.size(), body);
}

std::string page(std::string_view title) {
  return http(200, "Content-Type: text/html\r\n", fmt::format("<title>{}</title>", title));
}

}  // namespace wswp::test
