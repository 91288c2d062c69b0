// fuzz_web_answer http1|http2 SEED HOST TARGET ATTEMPT
//
// Writes the bytes of a hostile answer to standard output, and on standard error how they are sent: for whoever has
// found a seed and makes the answer smaller.

#include <cstdlib>
#include <iostream>

#include "http1_answers.h"
#include "http2_answers.h"

int main(int argc, char** argv) {
  using namespace wswp::fuzz;
  if (argc != 6) {
    std::cerr << "usage: fuzz_web_answer http1|http2 SEED HOST TARGET ATTEMPT\n";
    return 2;
  }
  const Asked asked{argv[3], argv[4], std::atoi(argv[5])};
  const std::uint64_t seed = std::strtoull(argv[2], nullptr, 10);
  const Delivery delivery =
      std::string_view(argv[1]) == "http2" ? http2_answer(seed, asked) : http1_answer(seed, asked);
  std::cout << delivery.joined();
  std::cerr << delivery.pieces.size() << " pieces, " << delivery.pause_ms << " ms between them, then "
            << to_string(delivery.end) << '\n';
}
