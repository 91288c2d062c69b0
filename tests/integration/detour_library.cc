// Preloaded into a daemon (LD_PRELOAD): whoever connects to the public address that WSWP_DETOUR names, "address=port",
// gets to that port of 127.0.0.1. So a test has a public server, and sees that a private one is left alone.

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

struct Detour {
  in_addr_t from = INADDR_NONE;
  std::uint16_t port = 0;
};

const Detour& detour() {
  static const Detour read = [] {
    const char* text = std::getenv("WSWP_DETOUR");
    const std::string rule = text == nullptr ? "" : text;
    const auto equals = rule.find('=');
    if (equals == std::string::npos) return Detour{};
    return Detour{::inet_addr(rule.substr(0, equals).c_str()),
                  static_cast<std::uint16_t>(std::atoi(rule.c_str() + equals + 1))};
  }();
  return read;
}

}  // namespace

extern "C" int connect(int fd, const sockaddr* address, socklen_t size) {
  static auto* const real = reinterpret_cast<int (*)(int, const sockaddr*, socklen_t)>(::dlsym(RTLD_NEXT, "connect"));
  sockaddr_in v4{};
  if (address->sa_family != AF_INET || size < sizeof(v4)) return real(fd, address, size);
  std::memcpy(&v4, address, sizeof(v4));
  if (v4.sin_addr.s_addr == detour().from && detour().port != 0) {
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    v4.sin_port = htons(detour().port);
  }
  return real(fd, reinterpret_cast<const sockaddr*>(&v4), sizeof(v4));
}
