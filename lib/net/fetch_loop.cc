#include "net/fetch_loop.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <limits>
#include <mutex>
#include <optional>
#include <queue>
#include <random>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "base/recycled_memory.h"
#include "net/address_policy.h"
#include "net/address_table.h"
#include "net/curl_multi.h"
#include "net/detour.h"
#include "net/poller.h"
#include "net/resolver.h"
#include "net/transfer.h"

namespace wswp::net {
namespace {

using Phase = Transfer::Phase;

void init_libraries() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Where the process has initialised curl before, its blocks stay malloc()'s: slower, but right.
    const CURLcode code = curl_global_init_mem(CURL_GLOBAL_ALL, recycled::allocate, recycled::release,
                                               recycled::reallocate, recycled::duplicate, recycled::allocate_zeroed);
    if (code != CURLE_OK) throw std::runtime_error("curl_global_init_mem failed");
    struct sigaction present {};
    if (sigaction(SIGPIPE, nullptr, &present) == 0 && present.sa_handler == SIG_DFL) {
      static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    }
  });
}

Resolver::Options resolver_options(const FetchOptions& options) {
  return {options.nameservers,    options.max_dns_queries, options.max_dns_names,
          options.dns_timeout_ms, options.dns_tries,       options.ipv6 ? *options.ipv6 : has_global_ipv6()};
}

/// The name whose addresses are connected to.
std::string_view name_of(const Transfer& transfer) {
  const Detour* detour = transfer.detour();
  return detour != nullptr ? std::string_view(detour->host) : transfer.target()->host;
}

}  // namespace

class FetchLoop::Impl {
 public:
  Impl(const FetchOptions& options, const Clock& clock, AddressTable* shared);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start(const Request& request, FetchHandler& handler);
  void run_once(std::int64_t max_wait_ms);
  void wake();
  std::size_t in_flight() const { return in_flight_; }
  Obstacle obstacle() const { return resolver_.obstacle(); }
  bool may_keep() const { return shared_.open_sockets < in_flight_ + options_.max_kept; }
  void abort(const FetchHandler& handler, FetchError error);
  void abort_all(FetchError error);

 private:
  struct Timer {
    MonoMs due;
    std::uint64_t ticket;
    bool operator>(const Timer& other) const { return due > other.due; }
  };

  // The way of a transfer, in this order.
  void begin(Transfer& transfer);
  void resolved(std::uint64_t ticket, const Resolver::Addresses& addresses, Obstacle obstacle);
  void judge_addresses(Transfer& transfer);
  void pace(Transfer& transfer);
  void launch(Transfer& transfer);
  void fail(Transfer& transfer, FetchError error);
  void done(Transfer& transfer, CURLcode code);
  void finish(Transfer& transfer, FetchError error);

  bool advance();
  void fire_timers();
  int wait_ms(std::int64_t max_wait_ms);
  void dispatch(std::span<const Poller::Event> events);
  Transfer* of_ticket(std::uint64_t ticket);
  CurlMulti& multi_of(std::string_view url);
  Transfer& idle_slot(CurlMulti& multi);

  const FetchOptions options_;
  const Clock& clock_;
  const std::vector<Detour> detours_;
  std::unique_ptr<AddressTable> own_table_;
  AddressTable* table_;
  Poller poller_;
  FileDescriptor waker_;
  Resolver resolver_;
  const RequestHeaders headers_;
  TransferShared shared_;
  std::vector<std::unique_ptr<CurlMulti>> multis_;
  std::minstd_rand random_;

  std::vector<std::unique_ptr<Transfer>> transfers_;  // all slots
  std::vector<Transfer*> starting_, failed_, batch_;
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers_;  // of kResolving and kPacing
  std::size_t in_flight_ = 0;
};

FetchLoop::Impl::Impl(const FetchOptions& options, const Clock& clock, AddressTable* shared)
    : options_(options),
      clock_(clock),
      detours_(detours_of(options)),
      own_table_(options.per_ip_delay_ms > 0 && shared == nullptr ? std::make_unique<AddressTable>() : nullptr),
      table_(shared != nullptr ? shared : own_table_.get()),
      waker_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      resolver_(resolver_options(options), poller_, clock,
                [this](std::uint64_t ticket, const Resolver::Addresses& addresses, Obstacle obstacle) {
                  resolved(ticket, addresses, obstacle);
                }),
      headers_(options_.user_agent),
      shared_{.poller = poller_, .headers = headers_},
      random_(std::random_device()()) {
  if (!waker_) throw std::system_error(errno, std::generic_category(), "eventfd");
  for (std::size_t i = 0; i <= (options_.transfers + options_.spare) / kTransfersPerHandle; ++i) {
    multis_.push_back(std::make_unique<CurlMulti>(poller_, clock_, static_cast<std::uint16_t>(i)));
  }
  poller_.watch(waker_.get(), {Poller::Kind::kWaker}, true, false);
}

FetchLoop::Impl::~Impl() {
  for (const auto& transfer : transfers_) {
    if (transfer->phase == Phase::kRunning) transfer->multi().remove(*transfer);
  }
  transfers_.clear();
}

/// By what stands before the path.
CurlMulti& FetchLoop::Impl::multi_of(std::string_view url) {
  if (multis_.size() == 1) return *multis_.front();
  const std::size_t slashes = url.find("//");
  const std::size_t end = slashes == std::string_view::npos ? url.size() : url.find('/', slashes + 2);
  return *multis_[std::hash<std::string_view>()(url.substr(0, end)) % multis_.size()];
}

Transfer& FetchLoop::Impl::idle_slot(CurlMulti& multi) {
  if (Transfer* idle = multi.take_idle()) return *idle;
  const auto index = static_cast<std::uint32_t>(transfers_.size());
  return *transfers_.emplace_back(std::make_unique<Transfer>(options_, shared_, multi, index));
}

void FetchLoop::Impl::start(const Request& request, FetchHandler& handler) {
  Transfer& transfer = idle_slot(multi_of(request.url));
  const Detour* detour = nullptr;
  if (!detours_.empty()) detour = &detours_[detours_.size() == 1 ? 0 : random_() % detours_.size()];
  transfer.accept(request, handler, clock_.mono_ms(), detour);
  starting_.push_back(&transfer);
  ++in_flight_;
}

void FetchLoop::Impl::begin(Transfer& transfer) {
  if (!transfer.target()) return fail(transfer, FetchError::kInvalidUrl);
  const Detour* detour = transfer.detour();
  const bool connected_elsewhere = detour != nullptr && !transfer.proxied();
  const bool judged = !options_.allow_private && !connected_elsewhere;
  if (judged && (transfer.literal() ? is_private(*transfer.literal()) : is_private_name(transfer.target()->host))) {
    return fail(transfer, FetchError::kPrivateAddress);
  }
  if (const auto& literal = detour != nullptr ? detour->literal : transfer.literal()) {
    transfer.addresses.assign(1, *literal);
    return pace(transfer);
  }
  const std::string_view name = name_of(transfer);
  if (const auto known = resolver_.find(name)) {
    transfer.addresses.assign(known->begin(), known->end());
    return judge_addresses(transfer);
  }
  transfer.phase = Phase::kResolving;
  timers_.push({transfer.started + options_.timeout_ms, transfer.ticket()});
  resolver_.ask(name, transfer.ticket());
}

void FetchLoop::Impl::resolved(std::uint64_t ticket, const Resolver::Addresses& addresses, Obstacle obstacle) {
  Transfer* transfer = of_ticket(ticket);
  if (transfer == nullptr || transfer->phase != Phase::kResolving) return;
  if (obstacle != Obstacle::kNone) {
    transfer->obstacle = obstacle;
    return fail(*transfer, FetchError::kLocal);
  }
  transfer->addresses = addresses;
  judge_addresses(*transfer);
}

void FetchLoop::Impl::judge_addresses(Transfer& transfer) {
  if (transfer.addresses.empty()) return fail(transfer, FetchError::kDns);
  if (transfer.detour() == nullptr && !options_.allow_private) {
    std::erase_if(transfer.addresses, [](const IpAddress& address) { return is_private(address); });
    if (transfer.addresses.empty()) return fail(transfer, FetchError::kPrivateAddress);
  }
  pace(transfer);
}

void FetchLoop::Impl::pace(Transfer& transfer) {
  if (options_.per_ip_delay_ms > 0 && !transfer.proxied()) {
    const MonoMs now = clock_.mono_ms();
    const std::int64_t wait = table_->reserve(transfer.addresses.front(), now, options_.per_ip_delay_ms);
    if (wait > 0) {
      transfer.phase = Phase::kPacing;
      transfer.started += wait;
      transfer.paced_until = now + wait;
      timers_.push({transfer.paced_until, transfer.ticket()});
      return;
    }
  }
  launch(transfer);
}

void FetchLoop::Impl::launch(Transfer& transfer) {
  transfer.prepare(clock_.mono_ms());
  transfer.multi().add(transfer);
}

void FetchLoop::Impl::fail(Transfer& transfer, FetchError error) {
  transfer.phase = Phase::kFailed;
  transfer.error = error;
  failed_.push_back(&transfer);
}

void FetchLoop::Impl::done(Transfer& transfer, CURLcode code) {
  if (shared_.thrown) std::rethrow_exception(shared_.thrown);
  if (code == CURLE_OK && transfer.connects_only()) {
    transfer.begin_relay(clock_.mono_ms());
    return transfer.multi().add(transfer);
  }
  transfer.multi().remove(transfer);
  const FetchError error = transfer.judge(code);
  // A slot that was used for the same host before may have taken the entry out of curl's cache; this can only meet a
  // transfer that needs a connection because the idle one it was to take, or took, was dead.
  if (error == FetchError::kDns && !std::exchange(transfer.looked_up_again, true)) return launch(transfer);
  finish(transfer, error);
}

void FetchLoop::Impl::finish(Transfer& transfer, FetchError error) {
  const Response response = transfer.response(error, clock_.mono_ms());
  --in_flight_;
  FetchHandler& handler = transfer.handler();
  handler.on_done(response);
  transfer.release();
  transfer.multi().give_back(transfer);
}

Transfer* FetchLoop::Impl::of_ticket(std::uint64_t ticket) {
  const std::size_t index = Transfer::index_of(ticket);
  if (index >= transfers_.size() || transfers_[index]->ticket() != ticket) return nullptr;
  return transfers_[index].get();
}

void FetchLoop::Impl::fire_timers() {
  const MonoMs now = clock_.mono_ms();
  while (!timers_.empty() && timers_.top().due <= now) {
    Transfer* transfer = of_ticket(timers_.top().ticket);
    timers_.pop();
    if (transfer == nullptr) continue;
    if (transfer->phase == Phase::kPacing && transfer->paced_until <= now) launch(*transfer);
    if (transfer->phase == Phase::kResolving) resolver_.give_up(name_of(*transfer), transfer->ticket());
  }
  if (const auto due = resolver_.timer_ms(); due && *due <= 0) resolver_.on_timer();
  for (const auto& multi : multis_) {
    if (multi->due() && *multi->due() <= now) multi->fire();
  }
}

/// Does all that can be done without waiting. Whether a handler's on_done was called.
bool FetchLoop::Impl::advance() {
  batch_.swap(starting_);
  for (Transfer* transfer : batch_) begin(*transfer);
  batch_.clear();
  fire_timers();
  bool any = false;
  for (const auto& multi : multis_) {
    CURLcode code = CURLE_OK;
    while (Transfer* transfer = multi->next_done(code)) {
      done(*transfer, code);
      any = true;
    }
  }
  batch_.swap(failed_);
  for (Transfer* transfer : batch_) finish(*transfer, transfer->error);
  any = any || !batch_.empty();
  batch_.clear();
  return any;
}

int FetchLoop::Impl::wait_ms(std::int64_t max_wait_ms) {
  std::int64_t wait = max_wait_ms < 0 ? std::numeric_limits<int>::max() : max_wait_ms;
  if (wait > 0) {
    const MonoMs now = clock_.mono_ms();
    if (!timers_.empty()) wait = std::min(wait, timers_.top().due - now);
    for (const auto& multi : multis_) {
      if (multi->due()) wait = std::min(wait, *multi->due() - now);
    }
    if (const auto due = resolver_.timer_ms()) wait = std::min(wait, *due);
  }
  if (max_wait_ms < 0 && wait == std::numeric_limits<int>::max()) return -1;
  return static_cast<int>(std::clamp<std::int64_t>(wait, 0, std::numeric_limits<int>::max()));
}

void FetchLoop::Impl::dispatch(std::span<const Poller::Event> events) {
  for (const Poller::Event& event : events) {
    switch (event.owner.kind) {
      case Poller::Kind::kTransfers:
        multis_[event.owner.number]->on_event(event.fd, (event.readable ? CURL_CSELECT_IN : 0) |
                                                            (event.writable ? CURL_CSELECT_OUT : 0) |
                                                            (event.failed ? CURL_CSELECT_ERR : 0));
        break;
      case Poller::Kind::kRelay:
        if (const auto relay = shared_.relays.find(event.fd); relay != shared_.relays.end()) relay->second->on_event();
        break;
      case Poller::Kind::kResolver:
        resolver_.on_event(event);
        break;
      case Poller::Kind::kWaker: {
        std::uint64_t count = 0;
        static_cast<void>(!read(waker_.get(), &count, sizeof(count)));
        break;
      }
      case Poller::Kind::kNobody:
        break;
    }
  }
}

void FetchLoop::Impl::run_once(std::int64_t max_wait_ms) {
  const bool progressed = advance();
  dispatch(poller_.wait(wait_ms(progressed ? 0 : max_wait_ms)));
  advance();
}

void FetchLoop::Impl::wake() {
  const std::uint64_t one = 1;
  static_cast<void>(!write(waker_.get(), &one, sizeof(one)));
}

void FetchLoop::Impl::abort(const FetchHandler& handler, FetchError error) {
  const auto found = std::find_if(transfers_.begin(), transfers_.end(), [&handler](const auto& transfer) {
    return transfer->phase != Phase::kIdle && &transfer->handler() == &handler;
  });
  if (found == transfers_.end()) return;
  Transfer& transfer = **found;
  std::erase(starting_, &transfer);
  std::erase(failed_, &transfer);
  if (transfer.phase == Phase::kRunning) transfer.multi().remove(transfer);
  finish(transfer, error);
}

void FetchLoop::Impl::abort_all(FetchError error) {
  while (in_flight_ > 0) {
    starting_.clear();
    failed_.clear();
    std::vector<Transfer*> busy;
    for (const auto& transfer : transfers_) {
      if (transfer->phase != Phase::kIdle) busy.push_back(transfer.get());
    }
    for (Transfer* transfer : busy) {
      if (transfer->phase == Phase::kRunning) transfer->multi().remove(*transfer);
      finish(*transfer, error);  // may start others
    }
  }
}

FetchLoop::FetchLoop(const FetchOptions& options, const Clock& clock, AddressTable* shared) {
  if (const auto checked = check(options); !checked) throw std::invalid_argument(checked.message());
  init_libraries();
  impl_ = std::make_unique<Impl>(options, clock, shared);
}

FetchLoop::~FetchLoop() = default;

void FetchLoop::start(const Request& request, FetchHandler& handler) {
  impl_->start(request, handler);
}
void FetchLoop::run_once(std::int64_t max_wait_ms) {
  impl_->run_once(max_wait_ms);
}
void FetchLoop::wake() {
  impl_->wake();
}
std::size_t FetchLoop::in_flight() const {
  return impl_->in_flight();
}
Obstacle FetchLoop::obstacle() const {
  return impl_->obstacle();
}
bool FetchLoop::may_keep() const {
  return impl_->may_keep();
}
void FetchLoop::abort(const FetchHandler& handler, FetchError error) {
  impl_->abort(handler, error);
}
void FetchLoop::abort_all(FetchError error) {
  impl_->abort_all(error);
}

}  // namespace wswp::net
