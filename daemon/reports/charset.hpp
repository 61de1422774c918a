// Text of a spreadsheet's export as UTF-8: with or without a byte order mark, or GB18030 (of which
// GBK is a part), which Chinese spreadsheets write by default. The only place with iconv.
#pragma once

#include "scanner/values/result.hpp"

#include <string>
#include <string_view>

namespace cartwatch::reports {

// Bytes that are well-formed UTF-8 are taken as such, else as GB18030; refused where they are
// neither.
[[nodiscard]] Result<std::string> to_utf8(std::string_view bytes);

} // namespace cartwatch::reports
