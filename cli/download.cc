#include "cli/download.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

#include <fmt/format.h>

namespace wswp::cli {
namespace {

constexpr long kConnectTimeoutS = 30;
constexpr long kStallTimeoutS = 60;
constexpr long kMaxRedirects = 10;

using TakePiece = std::function<bool(const char* data, std::size_t size)>;

std::size_t on_piece(char* data, std::size_t size, std::size_t count, void* user) {
  return (*static_cast<const TakePiece*>(user))(data, size * count) ? size * count : 0;
}

bool write_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(fd, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    data += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

void prepare(CURL* curl, const std::string& url, char* error_text) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, kMaxRedirects);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectTimeoutS);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kStallTimeoutS);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "wswpctl/" WSWP_VERSION);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_text);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_piece);
}

}  // namespace

Result<std::unique_ptr<Download>> Download::start(const std::string& url) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return errno_error("cannot make a pipe for", url);
  std::unique_ptr<Download> download(new Download);
  download->reading_end_ = FileDescriptor(ends[0]);
  download->thread_ = std::thread([self = download.get(), url, pipe = ends[1]] { self->fetch(url, pipe); });
  std::unique_lock lock(download->mutex_);
  download->changed_.wait(lock, [&] { return download->started_ || download->over_; });
  if (!download->started_ && download->error_) return *download->error_;
  lock.unlock();
  return download;
}

Download::~Download() {
  reading_end_.reset();  // the thread's next write fails and ends it
  thread_.join();
}

bool Download::take(void* curl, int pipe, const char* data, std::size_t size) {
  {
    const std::lock_guard lock(mutex_);
    if (!started_) {
      curl_off_t length = -1;
      curl_easy_getinfo(curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
      if (length >= 0) size_ = static_cast<std::uint64_t>(length);
      started_ = true;
      changed_.notify_all();
    }
  }
  return write_all(pipe, data, size);
}

void Download::fetch(const std::string& url, int pipe) {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  char error_text[CURL_ERROR_SIZE] = "";
  const TakePiece take_piece = [&](const char* data, std::size_t size) { return take(curl.get(), pipe, data, size); };
  prepare(curl.get(), url, error_text);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &take_piece);
  const CURLcode code = curl_easy_perform(curl.get());
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
    if (code != CURLE_OK) {
      const std::string reason = error_text[0] != '\0' ? error_text : curl_easy_strerror(code);
      error_ = Error{"cannot be downloaded: " + reason};
    }
    changed_.notify_all();
  }
  ::close(pipe);  // only now, so that who reads the end of the pipe finds how the download ended
}

Result<std::size_t> Download::read(char* buffer, std::size_t size) {
  while (true) {
    const ssize_t got = ::read(reading_end_.get(), buffer, size);
    if (got > 0) return static_cast<std::size_t>(got);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno_error("cannot read", "the download");
    const std::lock_guard lock(mutex_);
    if (error_) return *error_;
    return std::size_t{0};
  }
}

}  // namespace wswp::cli
