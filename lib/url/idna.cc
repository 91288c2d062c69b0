#include "url/idna.h"

#include <unicode/idna.h>
#include <unicode/unistr.h>

#include <cstdint>

#include "url/idna_mapping.h"

namespace wswp::url {

namespace {

/// The options of the standard: CheckBidi, CheckJoiners and non-transitional processing; no STD3 rules. Never freed: it
/// is needed until the process ends. ICU promises that it can be shared by threads.
const icu::IDNA& uts46() {
  static const icu::IDNA* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::IDNA::createUTS46Instance(
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        status);
  }();
  return *instance;
}

/// What UTS 46 reports although CheckHyphens and VerifyDnsLength are off in a URL.
constexpr std::uint32_t kTolerated = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                     UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                     UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

}  // namespace

bool append_domain_to_ascii(std::string_view domain, std::string& out) {
  // Bytes that are not UTF-8 become U+FFFD, which UTS 46 refuses.
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8({domain.data(), static_cast<std::int32_t>(domain.size())});
  icu::UnicodeString ascii;
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  uts46().nameToASCII(with_current_mappings(text), ascii, info, status);
  if (U_FAILURE(status) != 0 || (info.getErrors() & ~kTolerated) != 0 || ascii.isEmpty()) return false;
  ascii.toUTF8String(out);
  return true;
}

}  // namespace wswp::url
