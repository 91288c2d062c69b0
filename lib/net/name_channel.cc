#include "net/name_channel.h"

#include <ares.h>
#include <arpa/nameser.h>

#include <algorithm>
#include <mutex>

namespace wswp::net {
namespace {

#ifdef ARES_OPT_QUERY_CACHE  // c-ares 1.31 keeps answers itself, also that of the root; 0 seconds: it does not
constexpr int kNoQueryCache = ARES_OPT_QUERY_CACHE;
#else
constexpr int kNoQueryCache = 0;
#endif
constexpr int kSettings = ARES_OPT_FLAGS | ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_DOMAINS |
                          ARES_OPT_SOCK_STATE_CB | kNoQueryCache;

void init_library() {
  static std::once_flag once;
  std::call_once(once, [] { ares_library_init(ARES_LIB_INIT_ALL); });
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += ',';
    out += part;
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<NameChannel>> NameChannel::open(const Setup& setup, Transport transport, Poller& poller,
                                                       Sockets& sockets) {
  init_library();
  std::unique_ptr<NameChannel> opened(new NameChannel(setup, poller, sockets));
  ares_options settings{};
  std::string lookups = "b";  // name servers only
  settings.flags = transport == Transport::kTcp ? ARES_FLAG_USEVC : ARES_FLAG_IGNTC;
  settings.lookups = lookups.data();
  settings.timeout = static_cast<int>(setup.timeout_ms);
  settings.tries = setup.tries;
  settings.ndomains = 0;  // names of the web are complete
  settings.sock_state_cb = on_socket;
  settings.sock_state_cb_data = opened.get();
  if (const int status = ares_init_options(&opened->channel_, &settings, kSettings); status != ARES_SUCCESS) {
    opened->channel_ = nullptr;
    return Error{std::string("cannot set up the resolver: ") + ares_strerror(status)};
  }
  const std::string servers = joined(setup.nameservers);
  if (!servers.empty() && ares_set_servers_ports_csv(opened->channel_, servers.c_str()) != ARES_SUCCESS) {
    return Error{"nameservers: not a list of addresses: " + servers};
  }
  return opened;
}

NameChannel::~NameChannel() {
  if (channel_ != nullptr) ares_destroy(channel_);
}

void NameChannel::ask(const std::string& name, int type, Answered answered, void* asker) {
  if (due_ != 0) due_ = std::min(due_, clock_.mono_ms() + timeout_ms_);
  ares_query(channel_, name.c_str(), ns_c_in, type, answered, asker);
}

void NameChannel::cancel() {
  ares_cancel(channel_);
}

void NameChannel::on_event(const Poller::Event& event) {
  ares_process_fd(channel_, event.readable || event.failed ? event.fd : ARES_SOCKET_BAD,
                  event.writable || event.failed ? event.fd : ARES_SOCKET_BAD);
}

std::optional<std::int64_t> NameChannel::timer_ms() {
  const MonoMs now = clock_.mono_ms();
  if (due_ <= now) {
    timeval buffer{};
    const timeval* next = ares_timeout(channel_, nullptr, &buffer);
    if (next == nullptr) {
      due_ = 0;
      return std::nullopt;
    }
    due_ = now + std::int64_t{next->tv_sec} * 1000 + (next->tv_usec + 999) / 1000;
  }
  return due_ - now;
}

void NameChannel::on_timer() {
  due_ = 0;
  ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

void NameChannel::on_socket(void* channel, int fd, int readable, int writable) {
  auto& self = *static_cast<NameChannel*>(channel);
  if (readable == 0 && writable == 0) {  // c-ares says so just before it closes the socket, and only then
    self.sockets_.erase(fd);
    self.poller_.closed(fd);
  } else {
    self.sockets_[fd] = &self;
    self.poller_.watch(fd, {Poller::Kind::kResolver}, readable != 0, writable != 0);
  }
}

}  // namespace wswp::net
