// Downloads as they are asked for, and as they begin.
#pragma once

#include "daemon/web/message.hpp"
#include "daemon/web/service.hpp"

#include <string_view>

namespace cartwatch::web {

inline constexpr std::string_view export_prefix = "/api/v1/export/";

// Refused: what is exported here by no name (not_found), a format or day that is none (bad_input).
// Precondition: the path begins with export_prefix.
[[nodiscard]] Result<ExportRequest> export_request_of(const RequestHead& head);

[[nodiscard]] Response download(ExportStream stream);

} // namespace cartwatch::web
