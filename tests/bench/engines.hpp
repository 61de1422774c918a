// The engines that decode_bench compares, each of which looks at a picture in a process of its own,
// and sums of what they read.
#pragma once

#include "scanner/pictures/picture.hpp"

#include <array>
#include <set>
#include <string>

namespace cartwatch::photos {

// zxing, zbar, libdmtx alone; ZXing as the product asks it first, with a second opinion, and all.
inline constexpr std::size_t engines_count = 6;

// zbar reads no Data Matrix, and libdmtx nothing else.
inline constexpr std::size_t zbar_place = 1;
inline constexpr std::size_t dmtx_place = 2;
inline constexpr std::size_t none_left_out = engines_count;

struct Sum {
    int wanted = 0;
    int right = 0;
    int wrong = 0;
    int died = 0;
    double ms = 0; // of processor time
    int pictures = 0;
};

using Sums = std::array<Sum, engines_count>;

// Shows a picture with these symbols (identifier and text) to all engines but one.
void look(
    const pictures::Luminance& picture,
    const std::multiset<std::string>& expected,
    Sums& sums,
    std::size_t left_out = none_left_out);

void add_up(Sums& all, const Sums& sums);

// A line of a table: symbols read of symbols shown, and the time of a picture.
void print_head(const char* name);
void print_row(const char* name, const Sums& sums);
void print_faults(const char* about, const Sums& sums);

} // namespace cartwatch::photos
