// A converter of ICU, closed with its owner. Belongs to one thread.
#pragma once

#include <memory>
#include <string_view>

struct UConverter;

namespace wswp::html {

struct CloseConverter {
  void operator()(UConverter* converter) const;
};
using IcuConverter = std::unique_ptr<UConverter, CloseConverter>;

// The one that comes closest to an encoding of the Encoding standard; null if ICU has none.
IcuConverter open_converter(std::string_view encoding);

}  // namespace wswp::html
