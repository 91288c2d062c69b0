// How little can a visit cost? Fetches robots.txt and one page of each site of a list, on one connection, with bare
// libcurl on epoll: nothing is looked up, parsed or kept. What the crawler costs above this is its own.
//
// Prints one line: the CPU milliseconds a site of this process, and what they are made of.

#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace wswp::bench {
namespace {

struct Options {
  std::string list;        // a name a line
  std::string connect_to;  // "host:port"
  int transfers = 100;
};

double seconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::vector<std::string> read_names(const std::string& path) {
  std::vector<std::string> names;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) names.push_back(line);
  if (names.empty()) throw std::runtime_error("no names in " + path);
  return names;
}

/// One transfer in flight: a handle that fetches the two documents of one site after another.
struct Slot {
  CURL* easy = nullptr;
  const std::string* name = nullptr;
  bool at_page = false;
};

class Floor {
 public:
  Floor(std::vector<std::string> names, const Options& options)
      : names_(std::move(names)),
        multi_(curl_multi_init()),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        detour_(curl_slist_append(nullptr, ("::" + options.connect_to).c_str())),
        slots_(static_cast<std::size_t>(options.transfers)) {
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    for (Slot& slot : slots_) set_up(slot);
  }
  ~Floor() {
    for (Slot& slot : slots_) curl_easy_cleanup(slot.easy);
    curl_multi_cleanup(multi_);
    curl_slist_free_all(detour_);
    ::close(epoll_);
  }
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  void run() {
    for (Slot& slot : slots_) next_site(slot);
    std::array<epoll_event, 256> events{};
    while (running_ > 0) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms());
      if (count < 0 && errno != EINTR) throw std::runtime_error("epoll_wait failed");
      int ignored = 0;
      for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        const int what = ((event.events & (EPOLLIN | EPOLLHUP)) != 0 ? CURL_CSELECT_IN : 0) |
                         ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                         ((event.events & EPOLLERR) != 0 ? CURL_CSELECT_ERR : 0);
        curl_multi_socket_action(multi_, event.data.fd, what, &ignored);
      }
      if (timer_at_ >= 0 && seconds(CLOCK_MONOTONIC) >= timer_at_) {
        timer_at_ = -1;
        curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &ignored);
      }
      take_finished();
    }
  }

  long pages() const { return pages_; }
  long failures() const { return failures_; }
  long connections() const { return connections_; }
  double bytes() const { return bytes_; }

 private:
  void set_up(Slot& slot) {
    slot.easy = curl_easy_init();
    curl_easy_setopt(slot.easy, CURLOPT_PRIVATE, &slot);
    curl_easy_setopt(slot.easy, CURLOPT_CONNECT_TO, detour_);
    curl_easy_setopt(slot.easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    curl_easy_setopt(slot.easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(slot.easy, CURLOPT_WRITEFUNCTION, on_write);
    curl_easy_setopt(slot.easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(slot.easy, CURLOPT_USERAGENT, "floor/1.0");
  }

  void next_site(Slot& slot) {
    if (next_name_ == names_.size()) return;
    slot.name = &names_[next_name_++];
    slot.at_page = false;
    ++running_;
    start(slot);
  }

  void start(Slot& slot) {
    curl_easy_setopt(slot.easy, CURLOPT_URL, ("http://" + *slot.name + (slot.at_page ? "/" : "/robots.txt")).c_str());
    curl_easy_setopt(slot.easy, CURLOPT_FORBID_REUSE, slot.at_page ? 1L : 0L);
    curl_multi_add_handle(multi_, slot.easy);
  }

  void take_finished() {
    int queued = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &queued)) {
      const CURLcode result = message->data.result;
      CURL* easy = message->easy_handle;
      void* owner = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
      long status = 0, connected = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connected);
      connections_ += connected;
      curl_multi_remove_handle(multi_, easy);
      finished(*static_cast<Slot*>(owner), result == CURLE_OK && status == 200);
    }
  }

  void finished(Slot& slot, bool good) {
    if (!good) ++failures_;
    if (!slot.at_page) {
      slot.at_page = true;
      start(slot);
      return;
    }
    ++pages_;
    --running_;
    next_site(slot);
  }

  int wait_ms() const {
    if (timer_at_ < 0) return 1000;
    const double left = (timer_at_ - seconds(CLOCK_MONOTONIC)) * 1e3;
    return left <= 0 ? 0 : static_cast<int>(left) + 1;
  }

  static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void* known) {
    auto& floor = *static_cast<Floor*>(self);
    if (what == CURL_POLL_REMOVE) {
      ::epoll_ctl(floor.epoll_, EPOLL_CTL_DEL, fd, nullptr);
      return 0;
    }
    epoll_event event{};
    event.events = ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
    event.data.fd = fd;
    ::epoll_ctl(floor.epoll_, known != nullptr ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
    curl_multi_assign(floor.multi_, fd, self);  // any pointer: it is known now
    return 0;
  }

  static int on_timer(CURLM*, long timeout_ms, void* self) {
    static_cast<Floor*>(self)->timer_at_ =
        timeout_ms < 0 ? -1 : seconds(CLOCK_MONOTONIC) + static_cast<double>(timeout_ms) / 1e3;
    return 0;
  }

  static std::size_t on_write(char*, std::size_t size, std::size_t count, void* self) {
    static_cast<Floor*>(self)->bytes_ += static_cast<double>(size * count);
    return size * count;
  }

  std::vector<std::string> names_;
  CURLM* multi_;
  int epoll_;
  curl_slist* detour_;
  std::vector<Slot> slots_;
  std::size_t next_name_ = 0;
  int running_ = 0;
  double timer_at_ = -1;  // of CLOCK_MONOTONIC; -1: none
  long pages_ = 0, failures_ = 0, connections_ = 0;
  double bytes_ = 0;
};

int run(const Options& options) {
  std::vector<std::string> names = read_names(options.list);
  const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  Floor floor(std::move(names), options);
  floor.run();
  const double cpu_ms = (seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) * 1e3;
  const auto sites = static_cast<double>(floor.pages());
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("cpu_ms_a_site={:.4f} sites={} failures={} connections={} bytes_a_site={:.0f} wall_s={:.2f} rss_mb={}\n",
             cpu_ms / sites, floor.pages(), floor.failures(), floor.connections(), floor.bytes() / sites,
             seconds(CLOCK_MONOTONIC) - wall, usage.ru_maxrss / 1024);
  return floor.failures() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace wswp::bench

int main(int argc, char** argv) {
  CLI::App app("What robots.txt and a page of each site cost with bare libcurl");
  wswp::bench::Options options;
  app.add_option("--list", options.list, "File of host names, one a line")->required();
  app.add_option("--connect-to", options.connect_to, "host:port where every connection is opened")->required();
  app.add_option("--transfers", options.transfers, "Sites in flight")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000));
  CLI11_PARSE(app, argc, argv);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  try {
    return wswp::bench::run(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_floor: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
