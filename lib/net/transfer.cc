#include "net/transfer.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "net/address_policy.h"

namespace wswp::net {
namespace {

constexpr int kServerError = 500;

std::string_view name_of_http_version(CURL* easy) {
  long version = 0;
  curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
  switch (version) {
    case CURL_HTTP_VERSION_1_0:
      return "1.0";
    case CURL_HTTP_VERSION_1_1:
      return "1.1";
    case CURL_HTTP_VERSION_2_0:
      return "2";
    case CURL_HTTP_VERSION_3:
      return "3";
    default:
      return "";
  }
}

/// Points the socket address curl is about to connect to elsewhere.
void redirect(curl_sockaddr& address, const IpAddress& to, std::uint16_t port) {
  if (to.v6) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, to.bytes.data(), sizeof(v6.sin6_addr));
    address.family = AF_INET6;
    address.addrlen = sizeof(v6);
    std::memcpy(&address.addr, &v6, sizeof(v6));  // curl's buffer is that of a sockaddr_storage
  } else {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&v4.sin_addr, to.bytes.data(), sizeof(v4.sin_addr));
    address.family = AF_INET;
    address.addrlen = sizeof(v4);
    std::memcpy(&address.addr, &v4, sizeof(v4));
  }
}

IpAddress ip_of(const curl_sockaddr& address) {
  if (address.family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address.addr, sizeof(v6));
    return IpAddress::from_v6(&v6.sin6_addr);
  }
  sockaddr_in v4{};
  std::memcpy(&v4, &address.addr, sizeof(v4));
  return IpAddress::from_v4(&v4.sin_addr);
}

/// Has curl take a literal for the address of any host, so that it looks none up.
curl_slist* nowhere() {
  static std::string text = "::127.0.0.1:";
  static curl_slist list{text.data(), nullptr};
  return &list;
}

}  // namespace

Transfer::Transfer(const FetchOptions& options, TransferShared& shared, CurlMulti& multi, std::uint32_t index)
    : options_(options), shared_(shared), multi_(multi), index_(index) {}

template <class Value>
void Transfer::set(CURLoption option, Value value) {
  if (const CURLcode code = curl_easy_setopt(easy_.get(), option, value); code != CURLE_OK) {
    throw std::runtime_error(std::string("curl_easy_setopt: ") + curl_easy_strerror(code));
  }
}

void Transfer::set_invariants() {
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_ERRORBUFFER, message_.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_HTTPHEADER, shared_.headers.list());
  set(CURLOPT_ACCEPT_ENCODING, "");  // decodes; what is sent is in the headers
  if (!options_.proxies.empty()) set(CURLOPT_USERAGENT, options_.user_agent.c_str());  // of CONNECT
  set(CURLOPT_BUFFERSIZE, 32L * 1024L);
  // Connections for which no second request came go within two seconds. Else the cache fills up with them, and curl
  // walks all of it for each connection that it then takes out.
  set(CURLOPT_MAXAGE_CONN, 1L);
  set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  set(CURLOPT_PROXY, "");    // and not that of the environment
  set(CURLOPT_NOPROXY, "");  // likewise
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout_ms));
  set(CURLOPT_SSL_VERIFYPEER, options_.verify_tls ? 1L : 0L);
  set(CURLOPT_SSL_VERIFYHOST, options_.verify_tls ? 2L : 0L);
  set(CURLOPT_PROXY_SSL_VERIFYPEER, options_.verify_tls ? 1L : 0L);
  set(CURLOPT_PROXY_SSL_VERIFYHOST, options_.verify_tls ? 2L : 0L);
  set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
  // curl keeps the parsed certificates of a multi handle only where no directory of them is set; without, they are
  // read anew for each connection.
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  if (!options_.ca_file.empty()) set(CURLOPT_CAINFO, options_.ca_file.c_str());
  set(CURLOPT_HEADERFUNCTION, on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, on_write);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
  set(CURLOPT_OPENSOCKETDATA, this);
  set(CURLOPT_CLOSESOCKETFUNCTION, on_close_socket);
  set(CURLOPT_CLOSESOCKETDATA, &shared_);
  set(CURLOPT_RESOLVER_START_FUNCTION, on_resolve);
  set(CURLOPT_RESOLVER_START_DATA, this);
}

void Transfer::accept(const Request& request, FetchHandler& handler, MonoMs now, const Detour* detour) {
  ++serial_;
  phase = Phase::kStarting;
  started = now;
  looked_up_again = false;
  error = FetchError::kNone;
  obstacle = Obstacle::kNone;
  addresses.clear();
  handler_ = &handler;
  detour_ = detour;
  url_.assign(request.url);
  target_ = endpoint_of_url(url_);
  if (target_ && target_->scheme != "http" && target_->scheme != "https") target_.reset();
  literal_ = target_ ? IpAddress::parse(target_->host) : std::nullopt;
  last_ = request.last;
  again_ = request.again;
  manner_ = request.manner;
  cookies_.assign(request.cookies);
  max_body_ = request.max_body == 0 ? options_.max_body : request.max_body;
  head_.clear(target_ && target_->scheme == "https" && manner_ == Manner::kUsual);
  bytes_ = 0;
  truncated_ = enough_ = refused_ = malformed_ = false;
  repeat_.reset();
  message_.front() = '\0';
}

void Transfer::make_handle(MonoMs now) {
  easy_.reset(curl_easy_init());
  if (easy_ == nullptr) throw std::runtime_error("curl_easy_init failed");
  set_invariants();
  const std::int64_t left = options_.timeout_ms - (now - started);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(left, 1)));
  if (!cookies_.empty()) set(CURLOPT_COOKIE, cookies_.c_str());
  set(CURLOPT_HTTP_VERSION, long{manner_ == Manner::kUsual ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1});
}

void Transfer::prepare(MonoMs now) {
  relay_.reset();
  make_handle(now);
  phase = Phase::kRunning;
  set(CURLOPT_URL, url_.c_str());
  // A connection that only connects would be closed by it at once; it goes with its relay.
  const bool connects = manner_ == Manner::kFiltered;
  set(CURLOPT_FORBID_REUSE, last_ && !connects ? 1L : 0L);
  if (connects) set(CURLOPT_CONNECT_ONLY, 1L);
  if (!options_.proxies.empty()) set(CURLOPT_PROXY, proxied() ? detour_->proxy.c_str() : "");
  set_addresses();
}

void Transfer::begin_relay(MonoMs now) {
  relay_ = std::make_unique<Relay>(std::move(easy_), multi_, shared_.poller, shared_.relays);
  make_handle(now);
  message_.front() = '\0';
  // The address is that of nobody: on_open_socket() has the connection.
  set(CURLOPT_URL, ("http" + url_.substr(url_.find(':'))).c_str());
  set(CURLOPT_CONNECT_TO, nowhere());
  set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  set(CURLOPT_FRESH_CONNECT, 1L);
  set(CURLOPT_FORBID_REUSE, 1L);
}

bool Transfer::to_literal() const {
  return proxied() ? detour_->literal.has_value() : literal_.has_value();
}

void Transfer::set_addresses() {
  const bool literal = to_literal();
  // curl makes an entry of its own for a literal; at the end of the transfer it is pruned.
  set(CURLOPT_DNS_CACHE_TIMEOUT, literal ? 0L : -1L);
  if (again_ && !looked_up_again) return;  // no address is needed, or that of the slot before is still there
  entries_ = {};
  curl_slist* list = nullptr;
  entry_.clear();
  if (!literal) {
    const std::string_view host = proxied() ? std::string_view(detour_->host) : target_->host;
    entry_.append(host).append(":").append(std::to_string(proxied() ? detour_->port : target_->port));
  }
  removal_.clear();
  if (!key_.empty() && key_ != entry_) removal_.append("-").append(key_);
  key_ = entry_;
  if (!literal) {
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      entry_.append(i == 0 ? ":" : ",").append(addresses[i].v6 ? "[" : "");
      entry_.append(addresses[i].to_string()).append(addresses[i].v6 ? "]" : "");
    }
    entries_[1].data = entry_.data();
    list = &entries_[1];
  }
  if (!removal_.empty()) {
    entries_[0] = {removal_.data(), list};
    list = entries_.data();
  }
  set(CURLOPT_RESOLVE, list);
}

Response Transfer::response(FetchError outcome, MonoMs now) const {
  Response response;
  response.error = outcome;
  if (outcome == FetchError::kLocal) {
    response.obstacle = obstacle != Obstacle::kNone ? obstacle : Obstacle::kNoMemory;
  }
  response.head = head_.head();
  response.bytes = static_cast<std::int64_t>(bytes_);
  response.truncated = truncated_;
  if (outcome == FetchError::kReset || outcome == FetchError::kProtocol) response.repeat = repeat_;
  response.elapsed_ms = now - started;
  if (phase != Phase::kRunning) return response;
  const char* ip = nullptr;
  CURL* const connected = relay_ != nullptr ? relay_->easy() : easy();
  if (curl_easy_getinfo(connected, CURLINFO_PRIMARY_IP, &ip) == CURLE_OK && ip != nullptr) response.remote_ip = ip;
  if (response.head.status != 0) response.http_version = name_of_http_version(easy_.get());
  return response;
}

void Transfer::release() {
  phase = Phase::kIdle;
  handler_ = nullptr;
  easy_.reset();
  relay_.reset();
}

std::size_t Transfer::on_header(const char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(data, size * count);
  return transfer.goes_well([&] { return transfer.take_line(line); }) ? line.size() : 0;
}

template <class Step>
bool Transfer::goes_well(const Step& step) noexcept {
  if (shared_.thrown) return false;
  try {
    return step();
  } catch (...) {
    shared_.thrown = std::current_exception();
    return false;
  }
}

bool Transfer::take_line(std::string_view line) {
  const HeadParser::State state = head_.feed(line);
  malformed_ = malformed_ || state == HeadParser::State::kMalformed;
  if (state == HeadParser::State::kComplete) begin_body();
  return !malformed_;
}

void Transfer::begin_body() {
  // Nobody asks a server in trouble again at once.
  if (head_.head().status >= kServerError) curl_easy_setopt(easy(), CURLOPT_FORBID_REUSE, 1L);
  if (!head_.framing().decodable()) curl_easy_setopt(easy(), CURLOPT_HTTP_CONTENT_DECODING, 0L);
  handler_->on_head(head_.head());
}

bool Transfer::write(std::string_view piece) {
  const std::size_t room = max_body_ - bytes_;
  truncated_ = piece.size() > room;
  piece = piece.substr(0, room);
  bytes_ += piece.size();
  const bool more = piece.empty() || handler_->on_body(piece);
  enough_ = truncated_ || !more;
  if (!more) truncated_ = false;
  return !enough_;
}

std::size_t Transfer::on_write(const char* data, std::size_t size, std::size_t count, void* self) noexcept {
  const std::string_view piece(data, size * count);
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.head_.complete()) {  // a body of a 101
    transfer.malformed_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  return transfer.goes_well([&] { return transfer.write(piece); }) ? piece.size() : CURL_WRITEFUNC_ERROR;
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.relay_ != nullptr) return transfer.opened(transfer.relay_->open_socket(*address));
  if (transfer.repeats()) return CURL_SOCKET_BAD;
  if (transfer.detour_ != nullptr && !transfer.proxied()) {
    const bool curl_knows_it = !transfer.literal_;  // as the addresses of the crawled name
    redirect(*address, curl_knows_it ? ip_of(*address) : transfer.addresses.front(), transfer.detour_->port);
  } else if (transfer.detour_ == nullptr && !transfer.options_.allow_private && is_private(ip_of(*address))) {
    transfer.refused_ = true;
    return CURL_SOCKET_BAD;
  }
  return transfer.opened(socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol));
}

curl_socket_t Transfer::opened(curl_socket_t fd) {
  if (fd >= 0) {
    shared_.poller.closed(fd);
    ++shared_.open_sockets;
  } else if (is_shortage(errno)) {
    obstacle = obstacle_of_errno(errno);
  }
  return fd;
}

int Transfer::on_close_socket(void* shared_pointer, curl_socket_t fd) noexcept {
  auto& shared = *static_cast<TransferShared*>(shared_pointer);
  shared.poller.closed(fd);
  --shared.open_sockets;
  return close(fd);
}

int Transfer::on_resolve(void* /*resolver*/, void* /*reserved*/, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.relay_ != nullptr) return 0;
  if (transfer.repeats()) return 1;
  // Names are ours to look up: one that is not in curl's cache does not exist for it.
  return transfer.to_literal() ? 0 : 1;
}

}  // namespace wswp::net
