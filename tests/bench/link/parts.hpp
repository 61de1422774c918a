// The parts of the link's bench: each prints what it measured and adds its goals.
#pragma once

#include "tests/bench/link/measure.hpp"

#include <algorithm>
#include <string>

namespace cartwatch::link_bench {

struct Bench {
    std::string program; // cartwatch
    double scale = 1;    // of every count
    int rounds = 5;      // of which the median counts
    Goals goals;

    // So many, scaled, but not fewer than it takes for a figure.
    [[nodiscard]] int count(int full) const {
        return std::max(20, static_cast<int>(full * scale));
    }
};

void measure_accepting(Bench& bench);
void measure_delivering(Bench& bench);
void measure_one_ward(Bench& bench);
void measure_hundred_wards(Bench& bench);
void measure_catching_up(Bench& bench);
void measure_memory(Bench& bench);
void measure_trickling(Bench& bench);

} // namespace cartwatch::link_bench
