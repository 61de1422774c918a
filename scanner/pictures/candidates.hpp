// Which areas of a picture each means is asked about, by what speaks for a code in them. Pure.
#pragma once

#include "scanner/pictures/evidence.hpp"

#include <vector>

namespace cartwatch::pictures {

// A place and what it may be.
struct Candidate {
    Area area;
    bool bars = false;
    bool modules = false;
    bool tiny = false; // the modules are too small for any but libdmtx, and for enlarging

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

// What speaks for a code in these areas; nothing of those that are like print.
[[nodiscard]] std::vector<Candidate>
candidates_in(const Luminance& picture, const std::vector<Area>& areas);

// For libdmtx: modules, and no longer than a Data Matrix is.
[[nodiscard]] std::vector<Area> places_of_matrix(const std::vector<Candidate>& candidates);

// For libdmtx too, for a shorter while: print has many such places.
[[nodiscard]] std::vector<Area> places_of_tiny_matrix(const std::vector<Candidate>& candidates);

// To be looked at turned and enlarged: everything in which a code may be, also where an area is too
// small to tell.
[[nodiscard]] std::vector<Area> places_of_code(const std::vector<Candidate>& candidates);

// For zbar: bars as long as a code, and modules (zbar reads QR), with room for a quiet zone within
// the picture. Places that meet are one: a code of broad bars falls into several. The whole picture
// where they are most of it.
[[nodiscard]] std::vector<Area>
places_for_zbar(const std::vector<Candidate>& candidates, const Area& whole);

// For DataBar: the same of bars alone.
[[nodiscard]] std::vector<Area>
places_of_bars(const std::vector<Candidate>& candidates, const Area& whole);

} // namespace cartwatch::pictures
