#include "net/curl_multi.h"

#include <stdexcept>
#include <string>

#include "net/transfer.h"

namespace wswp::net {
namespace {

/// More than there can be: how many connections are kept is decided with each request (Request::last), and curl walks
/// all of them to find the oldest one once its own limit is reached.
constexpr long kNoLimit = 1L << 30;

}  // namespace

CurlMulti::CurlMulti(Poller& poller, const Clock& clock, std::uint16_t number)
    : poller_(poller), clock_(clock), number_(number), handle_(curl_multi_init()) {
  if (handle_ == nullptr) throw std::runtime_error("curl_multi_init failed");
  curl_multi_setopt(handle_, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(handle_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(handle_, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(handle_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(handle_, CURLMOPT_MAXCONNECTS, kNoLimit);
}

CurlMulti::~CurlMulti() {
  curl_multi_cleanup(handle_);
}

int CurlMulti::on_socket(CURL* /*easy*/, curl_socket_t fd, int what, void* self_pointer, void* /*socket*/) noexcept {
  auto& self = *static_cast<CurlMulti*>(self_pointer);
  const bool readable = what == CURL_POLL_IN || what == CURL_POLL_INOUT;
  const bool writable = what == CURL_POLL_OUT || what == CURL_POLL_INOUT;
  self.poller_.watch(fd, {Poller::Kind::kTransfers, self.number_}, readable, writable);
  return 0;
}

int CurlMulti::on_timer(CURLM* /*multi*/, long timeout_ms, void* self_pointer) noexcept {
  auto& self = *static_cast<CurlMulti*>(self_pointer);
  if (timeout_ms < 0) {
    self.due_.reset();
  } else {
    self.due_ = timeout_ms == 0 ? 0 : self.clock_.mono_ms() + timeout_ms;
  }
  return 0;
}

Transfer* CurlMulti::take_idle() {
  if (idle_.empty()) return nullptr;
  Transfer* transfer = idle_.back();
  idle_.pop_back();
  return transfer;
}

void CurlMulti::add(Transfer& transfer) {
  if (const CURLMcode code = curl_multi_add_handle(handle_, transfer.easy()); code != CURLM_OK) {
    throw std::runtime_error(std::string("curl_multi_add_handle: ") + curl_multi_strerror(code));
  }
}

void CurlMulti::remove(Transfer& transfer) {
  remove(transfer.easy());
}

void CurlMulti::remove(CURL* easy) {
  curl_multi_remove_handle(handle_, easy);
}

void CurlMulti::on_event(int fd, int what) {
  int running = 0;
  curl_multi_socket_action(handle_, fd, what, &running);
}

void CurlMulti::fire() {
  due_.reset();
  int running = 0;
  curl_multi_socket_action(handle_, CURL_SOCKET_TIMEOUT, 0, &running);
}

Transfer* CurlMulti::next_done(CURLcode& code) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(handle_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    Transfer* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    code = message->data.result;
    return transfer;
  }
  return nullptr;
}

}  // namespace wswp::net
