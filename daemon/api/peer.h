#pragma once
// Who is at the other end of a connection, and whether they may use the API: root, the daemon's user, and whoever is in
// the daemon's group. Functions without state; any thread.

#include <sys/types.h>

#include <optional>
#include <vector>

namespace wswp::api {

struct Peer {
  uid_t uid = 0;
  std::vector<gid_t> groups;  // primary and supplementary, as of the moment of connect(2)
};

/// Nothing where the system does not say.
std::optional<Peer> peer_of(int connection);

/// `uid` and `gid`: the daemon's.
bool may_use(const Peer& peer, uid_t uid, gid_t gid);

}  // namespace wswp::api
