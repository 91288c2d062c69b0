#include "net/hosts_file.h"

#include <algorithm>

#include "base/file.h"

namespace wswp::net {
namespace {

constexpr std::string_view kBlank = " \t\r";

/// Cuts the first word off `text`; "" at the end.
std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(kBlank));
  text.remove_prefix(word.size());
  return word;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

HostsFile::HostsFile(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const auto address = IpAddress::parse(next_word(line));
    if (!address) continue;
    for (auto name = next_word(line); !name.empty(); name = next_word(line)) names_[lower(name)].push_back(*address);
  }
}

HostsFile HostsFile::load(const std::string& path) {
  const auto text = read_file(path);
  return text ? HostsFile(*text) : HostsFile();
}

const std::vector<IpAddress>* HostsFile::find(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

}  // namespace wswp::net
