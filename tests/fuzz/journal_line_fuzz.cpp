// A line that is read as an entry is written and read again as the same entry, to the byte; and the
// quick way, which a blank before the line rules out, reads nothing else than the thorough one.
#include "daemon/journal/entry.hpp"

#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cartwatch;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto entry = journal::parse_line(text);
    const auto thorough = journal::parse_line(' ' + text);
    const bool fits_both = size < journal::entry_bytes_max;
    if (fits_both && (entry ? !thorough || *thorough != *entry : thorough.has_value())) {
        std::abort();
    }
    if (!entry) {
        return entry.error().text.empty() ? std::abort(), 0 : 0;
    }
    const std::string line = journal::to_line(*entry);
    const auto again = journal::parse_line(line);
    if (again ? *again != *entry || journal::to_line(*again) != line
              : line.size() <= journal::entry_bytes_max) {
        std::abort(); // only a line that grew past the limit may be refused the second time
    }
    if (const auto recorded = journal::to_recorded(*entry); recorded && recorded->seq < 1) {
        std::abort();
    }
    return 0;
}
