// Preloaded into a daemon (LD_PRELOAD): nobody connects to anything but this machine, whatever address a changed byte
// makes. UDP to an IPv6 address seems to connect, so that the daemon asks for such addresses as well.

#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace {

bool is_loopback(const sockaddr* address, socklen_t size) {
  if (address->sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof(v4));
    return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
  }
  if (address->sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof(v6));
    return std::memcmp(&v6.sin6_addr, &in6addr_loopback, sizeof(in6_addr)) == 0;
  }
  return true;  // a Unix socket
}

int type_of(int fd) {
  int type = 0;
  socklen_t size = sizeof(type);
  ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
  return type;
}

}  // namespace

extern "C" int connect(int fd, const sockaddr* address, socklen_t size) {
  static auto* const real = reinterpret_cast<int (*)(int, const sockaddr*, socklen_t)>(::dlsym(RTLD_NEXT, "connect"));
  if (is_loopback(address, size)) return real(fd, address, size);
  if (address->sa_family == AF_INET6 && type_of(fd) == SOCK_DGRAM) return 0;
  errno = ENETUNREACH;
  return -1;
}
