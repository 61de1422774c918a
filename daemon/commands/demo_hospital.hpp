// The example hospital of the demo: its sheets become two stores, its stock is dated from today,
// and a list tells what to scan.
#pragma once

#include "daemon/config/config.hpp"
#include "scanner/values/day.hpp"

#include <filesystem>
#include <iosfwd>

namespace cartwatch::commands {

struct DemoHospital {
    std::filesystem::path sheets; // products.csv, staff.csv, carts.csv, stock.csv
    config::WardConfig ward;
    config::PharmacyConfig pharmacy;
};

// Fills both stores; false after saying on `err` what is wrong. Throws where the machine fails.
[[nodiscard]] bool fill_demo_hospital(const DemoHospital& hospital, std::ostream& err);

// One line a code of the ward's store: what it is, and the text that a scanner would send (GS as
// <GS>). Sections: commands, staff, then each cart.
void write_scan_list(const DemoHospital& hospital, std::ostream& out);

} // namespace cartwatch::commands
