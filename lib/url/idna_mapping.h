#pragma once
// UTS 46 changed how some old code points are mapped in Unicode 15.1 and 16.0 (https://www.unicode.org/reports/tr46/,
// "Modifications"); the ICU 72 of Debian 12 refuses them or maps them the old way. Mapping them before ICU sees the
// name gives the present answer with any ICU. Pure.

#include <unicode/unistr.h>

namespace wswp::url {

/// `domain` with those code points mapped or, where they are to be ignored, left out.
icu::UnicodeString with_current_mappings(const icu::UnicodeString& domain);

}  // namespace wswp::url
