// The scanner check over HTTP: bodies → questions to the program, and its answers → JSON. Judges no
// answer (scanner/devices does) and keeps nothing (the program behind it does).
#pragma once

#include "daemon/web/message.hpp"

#include <string_view>

namespace cartwatch::web {

inline constexpr std::string_view scanner_check_path = "/api/v1/scanner_check";
inline constexpr std::string_view scanner_check_posts = "/api/v1/scanner_check/";

// GET (?station=): {"codes","scanners","page"}: what the check page draws and lists, and how the
// page's own keys are read.
// POST listen {"station","after"?,"stop"?}: scans of this station's devices go to the check for
// listening_ms more, and to no cart.
// POST answers {"station","identity","layout","keep"?,"answers":{"digits","letters","gs1"}}: what
// the answers come to; kept where that is asked for and the profile is whole.
// Bytes of a scanner that are not UTF-8 are shown with replacement characters.
[[nodiscard]] Response answer_scanner_check(const ScannerChecks& checks, const Request& request);

} // namespace cartwatch::web
