// What is asked of any table, whichever kind of file it was read from: refused, or rows that each
// import takes or refuses with reasons. Reads no file itself.
#pragma once

#include "daemon/imports/import.hpp"

#include <cstdlib>

namespace cartwatch::fuzz {

inline void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

// A refusal names what is wrong; faults stay within what a person reads.
inline void require_answer(const imports::Events& events) {
    require(events || (!events.error().empty() && events.error().size() <= imports::faults_max));
}

// `table` is what a reader of tables answered.
template <typename Read>
void require_imports_answer(const Read& table) {
    if (!table) {
        return require(!table.error().text.empty());
    }
    require_answer(imports::read_products(*table));
    require_answer(imports::read_staff(*table));
    require_answer(imports::read_carts(*table));
}

} // namespace cartwatch::fuzz
