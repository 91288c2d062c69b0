#include "dns_end.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <iterator>
#include <system_error>
#include <utility>

#include "dns_answers.h"

namespace wswp::fuzz {

class DnsEnd::Stream : public Conversation {
 public:
  explicit Stream(DnsEnd& end) : end_(end) {}

  Delivery received(std::string_view bytes) override {
    in_ += bytes;
    Delivery all;
    while (in_.size() >= 2 && goes_on(all.end)) {
      const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(in_[0])) << 8 |
                               static_cast<std::size_t>(static_cast<unsigned char>(in_[1]));
      if (in_.size() - 2 < size) break;
      const std::string query = in_.substr(2, size);
      in_.erase(0, 2 + size);
      Delivery next = dns_tcp_answer(end_.seed_, query, end_.attempt("tcp " + question_of(query)));
      std::move(next.pieces.begin(), next.pieces.end(), std::back_inserter(all.pieces));
      all.end = next.end;
    }
    return all;
  }

 private:
  DnsEnd& end_;
  std::string in_;
};

DnsEnd::DnsEnd(const std::atomic<std::uint64_t>& seed)
    : seed_(seed),
      tcp_([this] { return std::make_unique<Stream>(*this); }),
      udp_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(tcp_.port());
  if (::bind(udp_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    throw std::system_error(errno, std::generic_category(), "binding the name server");
  thread_ = std::thread([this] { run(); });
}

DnsEnd::~DnsEnd() {
  ::eventfd_write(stop_.get(), 1);
  thread_.join();
}

int DnsEnd::attempt(const std::string& question) {
  const std::lock_guard lock(mutex_);
  return ++attempts_[question];
}

void DnsEnd::run() {
  std::array<pollfd, 2> files{pollfd{udp_.get(), POLLIN, 0}, pollfd{stop_.get(), POLLIN, 0}};
  std::array<char, 4096> query{};
  while (::poll(files.data(), files.size(), -1) > 0 && files[1].revents == 0) {
    sockaddr_in from{};
    socklen_t size = sizeof(from);
    const ssize_t count =
        ::recvfrom(udp_.get(), query.data(), query.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
    if (count <= 0) continue;
    const std::string_view bytes(query.data(), static_cast<std::size_t>(count));
    for (const std::string& answer : dns_answer(seed_, bytes, attempt("udp " + question_of(bytes))))
      ::sendto(udp_.get(), answer.data(), answer.size(), 0, reinterpret_cast<const sockaddr*>(&from), size);
  }
}

}  // namespace wswp::fuzz
