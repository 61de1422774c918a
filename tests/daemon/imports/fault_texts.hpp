// Faults of a sheet as the program prints them.
#pragma once

#include "daemon/imports/import.hpp"
#include "daemon/texts/catalogue.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace cartwatch::import_test {

inline std::vector<std::string> texts(const imports::Faults& faults) {
    static const auto catalogue =
        cartwatch::texts::Catalogue::load(support::in_source_tree("daemon/web/pages/texts"), "en");
    REQUIRE(catalogue);
    std::vector<std::string> result;
    for (const imports::RowFault& fault : faults) {
        const std::string column = fault.column.empty() ? "" : fault.column + " ";
        result.push_back(
            "row " + std::to_string(fault.row) + ": " + column
            + catalogue->text("import_fault." + fault.what, fault.values));
    }
    return result;
}

} // namespace cartwatch::import_test
