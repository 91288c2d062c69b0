#include "net/poller.h"

#include <cerrno>
#include <system_error>

namespace wswp::net {

Poller::Poller() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (!epoll_) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

void Poller::update(int fd, std::uint32_t registered, std::uint32_t events) const {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  const int operation = events == 0 ? EPOLL_CTL_DEL : registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  if (epoll_ctl(epoll_.get(), operation, fd, &event) == 0 || operation == EPOLL_CTL_DEL) return;
  if (errno == EEXIST && epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) == 0) return;
  if (errno == ENOENT && epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0) return;
  throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

void Poller::watch(int fd, Owner owner, bool readable, bool writable) {
  const auto index = static_cast<std::size_t>(fd);
  if (index >= descriptors_.size()) descriptors_.resize(index + 64);
  Descriptor& descriptor = descriptors_[index];
  descriptor.owner = owner;
  descriptor.wanted = (readable ? EPOLLIN : 0U) | (writable ? EPOLLOUT : 0U);
  if (descriptor.wanted == 0 || descriptor.wanted == descriptor.registered) return;
  update(fd, descriptor.registered, descriptor.wanted);
  descriptor.registered = descriptor.wanted;
}

void Poller::closed(int fd) {
  const auto index = static_cast<std::size_t>(fd);
  if (index < descriptors_.size()) descriptors_[index] = Descriptor{};
}

std::span<const Poller::Event> Poller::wait(int max_wait_ms) {
  events_.clear();
  const int count = epoll_wait(epoll_.get(), ready_.data(), static_cast<int>(ready_.size()), max_wait_ms);
  if (count < 0) {
    if (errno == EINTR) return events_;
    throw std::system_error(errno, std::generic_category(), "epoll_wait");
  }
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = ready_[static_cast<std::size_t>(i)];
    Descriptor& descriptor = descriptors_[static_cast<std::size_t>(event.data.fd)];
    if (descriptor.wanted == 0) {
      update(event.data.fd, descriptor.registered, 0);
      descriptor.registered = 0;
      continue;
    }
    events_.push_back({event.data.fd, descriptor.owner, (event.events & EPOLLIN) != 0, (event.events & EPOLLOUT) != 0,
                       (event.events & (EPOLLERR | EPOLLHUP)) != 0});
  }
  return events_;
}

}  // namespace wswp::net
