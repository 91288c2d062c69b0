#pragma once
// What strangers put into the bodies of answers: pages, texts and files, good, odd and hostile. Pure; the dice decide.

#include <string>
#include <string_view>

#include "support/dice.h"

namespace wswp::fuzz {

/// A page that no parser stumbles over, with links to pages of the same host.
std::string good_page(std::string_view title);
/// Any body: pages with odd markup, encodings, very many links, very long tokens; texts, noise, nothing.
std::string any_body(test::Dice& dice, std::string_view host);
/// A robots.txt, odd more often than not. What it asks for besides is allowed by it about half of the time.
std::string any_robots(test::Dice& dice);

struct Coded {
  std::string coding;  // for Content-Encoding
  std::string bytes;
};
/// The body in a content coding: right, cut, broken, doubled, with something behind it, or a bomb of 64 MiB.
Coded coded(test::Dice& dice, const std::string& body);
std::string gzip(std::string_view plain);

}  // namespace wswp::fuzz
