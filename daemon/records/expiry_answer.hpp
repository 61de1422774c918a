// What the page is told of the months ahead: units that expire by month, how many of them nobody
// will use, and the swaps that save some.
#pragma once

#include "daemon/store/queries.hpp"
#include "daemon/web/service.hpp"

#include <cstddef>
#include <string>

namespace cartwatch::records {

// Rows that a person can pick by in a day or two; the export has all.
inline constexpr std::size_t swaps_shown_max = 200;

// The answer as JSON text: schema/http.openapi.yaml, ExpiryAhead. Months are counted from the one
// that `today` lies in, 1 to 24. Throws StoreFailure where the store cannot be read.
[[nodiscard]] std::string
expiry_text(store::Reader& reader, const web::ExpiryQuestion& question, Day today);

} // namespace cartwatch::records
