#include "daemon/api/peer.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace wswp::api {

std::optional<Peer> peer_of(int connection) {
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return std::nullopt;
  Peer peer{credentials.uid, std::vector<gid_t>(64)};
  size = static_cast<socklen_t>(peer.groups.size() * sizeof(gid_t));
  int status = ::getsockopt(connection, SOL_SOCKET, SO_PEERGROUPS, peer.groups.data(), &size);
  if (status != 0 && errno == ERANGE) {  // `size` says how much it takes
    peer.groups.resize(size / sizeof(gid_t));
    status = ::getsockopt(connection, SOL_SOCKET, SO_PEERGROUPS, peer.groups.data(), &size);
  }
  peer.groups.resize(status == 0 ? size / sizeof(gid_t) : 0);
  peer.groups.push_back(credentials.gid);
  return peer;
}

bool may_use(const Peer& peer, uid_t uid, gid_t gid) {
  return peer.uid == 0 || peer.uid == uid ||
         std::find(peer.groups.begin(), peer.groups.end(), gid) != peer.groups.end();
}

}  // namespace wswp::api
