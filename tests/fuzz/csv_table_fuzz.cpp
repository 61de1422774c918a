// Any CSV file: refused, or rows that each import takes or refuses with reasons.
#include "daemon/imports/import.hpp"
#include "daemon/reports/csv.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cartwatch;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

// A refusal names what is wrong; faults stay within what a person reads.
void require_answer(const imports::Events& events) {
    require(events || (!events.error().empty() && events.error().size() <= imports::faults_max));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto table =
        reports::read_csv(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!table) {
        require(!table.error().text.empty());
        return 0;
    }
    require_answer(imports::read_products(*table));
    require_answer(imports::read_staff(*table));
    require_answer(imports::read_carts(*table));
    return 0;
}
