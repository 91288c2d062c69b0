#include "simweb/site_list.h"

#include <algorithm>
#include <cctype>
#include <fstream>

#include <fmt/format.h>

namespace wswp::simweb {
namespace {

constexpr std::string_view kScheme = "http://";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

bool is_rank(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

std::optional<SiteUrl> parse_site(std::string_view text) {
  const bool has_scheme = text.starts_with(kScheme);
  if (has_scheme)
    text.remove_prefix(kScheme.size());
  else if (text.find("://") != std::string_view::npos)
    return std::nullopt;
  text = text.substr(0, text.find('#'));
  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  SiteUrl url;
  url.authority = text.substr(0, end);
  std::transform(url.authority.begin(), url.authority.end(), url.authority.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (url.authority.ends_with(":80")) url.authority.resize(url.authority.size() - 3);
  url.host = url.authority.substr(0, url.authority.find(':'));
  if (url.host.empty() || (!has_scheme && url.host.find('.') == std::string::npos)) return std::nullopt;
  url.target = text.substr(end);
  if (!url.target.starts_with("/")) url.target.insert(0, "/");
  url.text = fmt::format("{}{}{}", kScheme, url.authority, url.target);
  return url;
}

std::optional<SiteUrl> parse_row(std::string_view line) {
  const std::size_t comma = line.find(',');
  if (comma != std::string_view::npos && is_rank(trimmed(line.substr(0, comma)))) line.remove_prefix(comma + 1);
  line = trimmed(line);
  return line.empty() ? std::nullopt : parse_site(line);
}

Result<std::vector<std::string>> read_site_names(const std::string& path) {
  std::ifstream file(path);
  if (!file) return Error{fmt::format("cannot read {}", path)};
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {
    if (const auto site = parse_row(line)) names.push_back(site->host);
  }
  if (names.empty()) return Error{fmt::format("there is no site in {}", path)};
  return names;
}

}  // namespace wswp::simweb
