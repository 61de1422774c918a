// Seals as stock: each number is issued once, put on one cart, broken once. What became of each is
// said here; who may do what to them is decided elsewhere.
#pragma once

#include "scanner/values/day.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

enum class SealState {
    issued,  // in a station's stock
    on_cart, // closes a cart
    broken,
    voided, // lost or damaged before it was used
};

// Why a seal was broken, as far as anybody said.
enum class SealBreak {
    for_check,  // a check opened the cart
    emergency,  // the cart was used
    mistake,    // broken without need
    unexplained // found broken, or another seal in its place
};

[[nodiscard]] std::string_view to_text(SealState state);
[[nodiscard]] std::string_view to_text(SealBreak how);

// What became of one seal. Texts are empty and instants absent where that has not happened.
struct SealRecord {
    std::string station; // it was issued to; empty: seen on a cart, never issued
    SealState state = SealState::issued;
    std::optional<Instant> issued_at;
    std::string issued_by;
    std::string cart; // it was put on
    std::optional<Instant> put_on_at;
    std::string put_on_by;
    std::string put_on_check;        // whose signature closed the cart with it
    std::optional<Instant> ended_at; // broken or voided
    std::string ended_by;
    SealBreak how = SealBreak::for_check; // of a broken one
    std::string reason;                   // of a voided one

    friend bool operator==(const SealRecord&, const SealRecord&) = default;
};

// Every seal of a node with its number, by station, then number. A gap is a seal still in stock
// although one with a higher number of the same station was taken: nobody says where it is.
struct SealLine {
    std::string number;
    SealRecord record;
    bool gap = false;

    friend bool operator==(const SealLine&, const SealLine&) = default;
};

[[nodiscard]] std::vector<SealLine> seal_ledger(const std::map<std::string, SealRecord>& seals);

// Whether seals were ever issued to the station: then only issued ones may be put on.
[[nodiscard]] bool
keeps_seal_stock(const std::map<std::string, SealRecord>& seals, std::string_view station);

// Numbers that stand before this one in the station's stock and were not used, lowest first: those
// that taking this one leaves out.
[[nodiscard]] std::vector<std::string>
seals_left_out(const std::map<std::string, SealRecord>& seals, const std::string& number);

// The numbers from first to last, which are digits after the same letters and equally long; empty
// where they are no such range or more than seals_issued_max.
[[nodiscard]] std::vector<std::string>
seal_range(const std::string& first, const std::string& last);

} // namespace cartwatch::readiness
