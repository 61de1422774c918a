// What scanners, keyboards and damage do to a valid scan, and how the answer is judged. Two kinds
// of change are kept apart: those on the way from the symbol to us, and those inside the symbol,
// which its own error correction or check character excludes.
#pragma once

#include "scanner/codes/reader.hpp"
#include "tests/scanner/codes/scan_maker.hpp"

#include <map>
#include <string>
#include <vector>

namespace cartwatch::test {

struct Values {
    std::string gtin;
    std::string lot;
    std::string expiry;
    std::string serial;
};

[[nodiscard]] codes::Reading read_mutation(const std::string& text);
[[nodiscard]] Values values_of(const codes::Reading& reading); // all empty where refused

struct Mutation {
    std::string kind;
    std::string text;
    std::vector<Values> originals; // of two scans glued together: both
    Part changed;                  // inside the symbol: the part that was hit; else empty
    bool is_cut = false;           // a piece of the scan is missing
};

[[nodiscard]] Mutation changed_on_the_way(const ValidScan& scan, ScanMaker& random);
[[nodiscard]] Mutation changed_inside(const ValidScan& scan, ScanMaker& random);

struct Counts {
    int same = 0; // the values of the scan, or fewer of them, no warning
    int refused = 0;
    int warned = 0;
    int plain_text = 0; // read as some other text: nothing is claimed
    // Another value without a warning that no reader can see, by the reason why not.
    std::map<std::string, int> out_of_reach;
    int mistaken = 0;                  // another value without a warning and without such a reason
    std::vector<std::string> examples; // of these, at most ten
};

void count_mutation(const ValidScan& scan, const Mutation& mutation, Counts& counts);

void print(const std::map<std::string, Counts>& counts);

} // namespace cartwatch::test
