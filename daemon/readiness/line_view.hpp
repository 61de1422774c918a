// One line of the cart as a check sees it: what is on file, what was counted so far, what of it may
// be used today, and what the pharmacy said is on its way. In a restock every pack is one that was
// not there: nothing on file is what the scan may be of. Reads only.
#pragma once

#include "daemon/readiness/turn.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

class LineView {
public:
    // Of a substitute: what its packs are. Empty: the line's own product.
    LineView(const Turn& of, const Line& which, std::string_view instead = "");

    const Turn& turn;
    const Line& line;
    Product product;
    LineProgress known;         // of this check
    std::vector<Holding> there; // lots on file with units
    std::vector<Holding> file;  // those of them that a scan may be of: in a restock none
    bool restocking = false;
    bool by_unit = false;          // each scan counts one
    std::vector<Holding> sent_all; // lots that the pharmacy sent for the line's open alert
    std::vector<Holding> sent;     // those of what the pack in hand is
    std::string substitute;        // what the pack in hand is; empty: the line's own product

    // Whether the holding is of what the pack in hand is.
    [[nodiscard]] bool is_alike(const Holding& holding) const {
        return holding.product == substitute;
    }

    [[nodiscard]] bool recalled(std::string_view lot) const;
    [[nodiscard]] bool expired(std::optional<Day> last_usable_day) const;
    [[nodiscard]] bool unusable(const Holding& holding) const;

    // Whether a pack counts one: for its line, or for the serial number that it bears.
    [[nodiscard]] bool counts_units(std::string_view serial) const {
        return by_unit || (turn.policy.serialised_by_unit && !serial.empty());
    }

    // Lots that have units: counted in this check, on file; nullptr where there is none.
    [[nodiscard]] const Holding* counted(std::string_view lot) const;
    [[nodiscard]] const Holding* filed(std::string_view lot) const;
    [[nodiscard]] const Holding* announced(std::string_view lot) const;

    // What is known of the lot but for this check: on file, else sent.
    [[nodiscard]] const Holding* expected(std::string_view lot) const;

    [[nodiscard]] bool anything_counted() const;
    [[nodiscard]] bool counted_alike() const; // of what the pack in hand is
    [[nodiscard]] bool taken_out(std::string_view lot) const;

    // Counted in this check and to be taken out.
    [[nodiscard]] std::vector<Holding> unusable_counted() const;

    // The holding that this pack was counted into in this check, on any line, or nullptr. In a
    // restock also the one on file that has it.
    [[nodiscard]] const Holding* with_serial(std::string_view serial) const;

    // Usable units counted of lots other than this one.
    [[nodiscard]] int others(std::string_view lot) const;

    // Whether a holding may be counted so: what expires needs to say when.
    [[nodiscard]] bool says_when(std::optional<Day> last_usable_day) const {
        return last_usable_day.has_value() || !product.expires;
    }

private:
    [[nodiscard]] const Holding*
    filed_with(const Line& other, std::string_view pack, std::string_view serial) const;
};

} // namespace cartwatch::readiness
