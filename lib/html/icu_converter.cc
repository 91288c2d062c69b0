#include "html/icu_converter.h"

#include <unicode/ucnv.h>

#include "html/encoding.h"

namespace wswp::html {

namespace {

const char* icu_name(std::string_view encoding) {
  if (encoding == "gbk") return "gb18030";
  if (encoding == "big5") return "Big5-HKSCS";
  if (encoding == "shift_jis") return "windows-31j";
  if (encoding == "euc-kr") return "windows-949";
  if (encoding == kIso2022Jp) return "euc-jp";  // of the same index
  return encoding.data();                       // names have static life time and end with NUL
}

}  // namespace

void CloseConverter::operator()(UConverter* converter) const {
  ucnv_close(converter);
}

IcuConverter open_converter(std::string_view encoding) {
  UErrorCode error = U_ZERO_ERROR;
  IcuConverter converter(ucnv_open(icu_name(encoding), &error));
  if (converter) ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  return converter;
}

}  // namespace wswp::html
