#include "net/name_answer.h"

#include <ares.h>
#include <strings.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace wswp::net {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kQuestionTail = 4;  // type, class
constexpr std::size_t kMostInDatagram = 512;
constexpr unsigned kTypeA = 1, kTypeCname = 5, kTypeAaaa = 28, kClassIn = 1;
constexpr unsigned kNameError = 3;
constexpr std::int64_t kMaxTtlS = 0x7fffffff;

/// Takes a message apart from its front; whatever does not fit ends the reading for good.
class MessageReader {
 public:
  explicit MessageReader(std::span<const unsigned char> message) : message_(message) {}

  bool ok() const { return ok_; }
  std::size_t at() const { return at_; }
  void go_to(std::size_t at) { at_ = at; }
  unsigned u16() {
    if (!has(2)) return 0;
    const unsigned value = static_cast<unsigned>(message_[at_]) << 8U | message_[at_ + 1];
    at_ += 2;
    return value;
  }
  std::int64_t u32() {
    const std::int64_t high = u16();
    return high << 16U | u16();
  }
  std::string name() {
    char* text = nullptr;
    long size = 0;
    if (!has(1) || ares_expand_name(message_.data() + at_, message_.data(), static_cast<int>(message_.size()), &text,
                                    &size) != ARES_SUCCESS) {
      ok_ = false;
      return {};
    }
    const std::unique_ptr<char, decltype(&ares_free_string)> owned(text, [](void* t) { ares_free_string(t); });
    at_ += static_cast<std::size_t>(size);
    return text;
  }
  const unsigned char* bytes(std::size_t count) { return has(count) ? message_.data() + at_ : nullptr; }

 private:
  bool has(std::size_t count) {
    ok_ = ok_ && at_ <= message_.size() && count <= message_.size() - at_;
    return ok_;
  }

  const std::span<const unsigned char> message_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

bool same_name(const std::string& a, const std::string& b) {
  return strcasecmp(a.c_str(), b.c_str()) == 0;
}

/// False: a record is broken, or an alias of a name that nothing leads to.
bool read_records(MessageReader& reader, unsigned count, std::string wanted, int family, std::size_t most,
                  NameAnswer& answer) {
  const unsigned type_of_address = family == AF_INET6 ? kTypeAaaa : kTypeA;
  const std::size_t size_of_address = family == AF_INET6 ? 16 : 4;
  answer.ttl_s = kMaxTtlS;
  for (unsigned i = 0; i < count; ++i) {
    const std::string owner = reader.name();
    const unsigned type = reader.u16(), record_class = reader.u16();
    const std::int64_t ttl = reader.u32();
    const std::size_t size = reader.u16(), begin = reader.at();
    const unsigned char* data = reader.bytes(size);
    if (!reader.ok()) return false;
    bool used = false;
    if (record_class == kClassIn && type == kTypeCname) {
      if (!same_name(owner, wanted)) return false;
      wanted = reader.name();
      used = true;
    } else if (record_class == kClassIn && type == type_of_address && size == size_of_address &&
               same_name(owner, wanted) && answer.addresses.size() < most) {
      answer.addresses.push_back(family == AF_INET6 ? IpAddress::from_v6(data) : IpAddress::from_v4(data));
      used = true;
    }
    if (!reader.ok()) return false;
    if (used) answer.ttl_s = std::min(answer.ttl_s, ttl > kMaxTtlS ? 0 : ttl);
    reader.go_to(begin + size);
  }
  return true;
}

NameAnswer::Kind read(std::span<const unsigned char> message, std::string_view name, int family, bool datagram,
                      std::size_t most, NameAnswer& answer) {
  using Kind = NameAnswer::Kind;
  MessageReader reader(message);
  reader.u16();  // the id, which c-ares has compared, as it has the question
  const unsigned flags = reader.u16(), questions = reader.u16(), records = reader.u16();
  reader.go_to(kHeader);
  if (!reader.ok()) return Kind::kBroken;
  const bool truncated = (flags & 0x0200U) != 0;
  if (truncated) return datagram ? Kind::kCut : Kind::kBroken;
  const unsigned code = flags & 0xfU;
  if (code == kNameError) return Kind::kAbsent;
  if (code != 0 || questions != 1) return Kind::kBroken;
  reader.name();
  reader.go_to(reader.at() + kQuestionTail);
  if (name.ends_with('.')) name.remove_suffix(1);
  if (!read_records(reader, records, std::string(name), family, most, answer)) {
    return datagram && message.size() >= kMostInDatagram ? Kind::kCut : Kind::kBroken;
  }
  return answer.addresses.empty() ? Kind::kAbsent : Kind::kFound;
}

}  // namespace

NameAnswer read_name_answer(std::span<const unsigned char> message, std::string_view name, int family, bool datagram,
                            std::size_t most) {
  NameAnswer answer;
  answer.kind = read(message, name, family, datagram, most, answer);
  if (answer.kind != NameAnswer::Kind::kFound) answer.addresses.clear();
  return answer;
}

}  // namespace wswp::net
