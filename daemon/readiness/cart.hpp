// A cart as the rules see it: lines with their holdings, devices with their accessories, the seal.
// The same values are judged from a file (`cartwatch evaluate`) and from the ward's live state.
#pragma once

#include "daemon/readiness/amount.hpp"
#include "daemon/readiness/catalogue.hpp"
#include "daemon/readiness/seals.hpp"
#include "scanner/values/day.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

// How a line is known, best first.
enum class Evidence {
    scanned, // a code on the product
    slot,    // our label on its place
    typed,
    sealed, // behind an unbroken seal
};

// What a line holds of one lot.
struct Holding {
    std::string lot;                    // may be empty: no lot known; occurs once a line
    std::optional<Day> last_usable_day; // nullopt: does not expire
    int quantity = 0;                   // units in the cart, damaged ones included; ≥ 0
    int damaged = 0;                    // 0 to quantity
    std::vector<std::string> serials;   // of packs that bear one
    Evidence evidence = Evidence::typed;
    std::optional<Instant> seen_at;
    std::optional<Instant> sealed_at; // last proved by the unbroken seal that it lies behind
    std::string product = {};         // of a substitute; empty: the line's own product

    friend bool operator==(const Holding&, const Holding&) = default;
};

// How a holding is known now, and since when: by the seal where that was proved after the goods
// were seen last. What the goods themselves said, and when, stays beside it.
struct Proof {
    Evidence evidence = Evidence::typed;
    std::optional<Instant> at;

    friend bool operator==(const Proof&, const Proof&) = default;
};

[[nodiscard]] inline Proof proof_of(const Holding& holding) {
    if (holding.sealed_at && (!holding.seen_at || *holding.sealed_at > *holding.seen_at)) {
        return {Evidence::sealed, holding.sealed_at};
    }
    return {holding.evidence, holding.seen_at};
}

enum class CountBy {
    line, // one scan says: here, complete, as on file
    unit, // each scan counts one
};

// One row of a cart's fixed list.
struct Line {
    std::string id;       // unique among the lines, devices and accessories of its cart
    std::string tag;      // our ten-digit slot label; empty in files
    std::string product;  // Product::id
    std::string position; // drawer and slot as people say it
    int par = 0;          // 基数; ≥ 0
    bool critical = false;
    CountBy count_by = CountBy::line;
    std::string function; // clinical function; empty: none
    std::vector<Holding> holdings;

    friend bool operator==(const Line&, const Line&) = default;
};

struct Accessory {
    std::string id;
    Name name;
    std::optional<Day> last_usable_day;

    friend bool operator==(const Accessory&, const Accessory&) = default;
};

struct DeviceTest {
    Day on;
    bool passed = false;

    friend bool operator==(const DeviceTest&, const DeviceTest&) = default;
};

// What one function test said last.
struct TestResult {
    Day on; // working day
    bool passed = false;
    std::optional<Amount> value; // of a reading that could be taken
    std::string by;              // staff id; empty in files

    friend bool operator==(const TestResult&, const TestResult&) = default;
};

// One of the tests of a device's own: answered yes or no, or by a reading with limits.
struct FunctionTest {
    std::string id; // unique within the device
    Name name;
    bool critical = true;             // false: the device is fit for use without it
    std::optional<int> interval_days; // nullopt: each full check (check_interval_days)
    std::optional<TestUnit> unit;     // nullopt: yes or no
    std::optional<Amount> least;      // limits of a reading, both included
    std::optional<Amount> most;
    std::optional<Amount> selected; // energy that is asked for …
    int tolerance_percent = 15;     // … and how far off the reading may be; 15: IEC 60601-2-4
    std::optional<TestResult> last;

    friend bool operator==(const FunctionTest&, const FunctionTest&) = default;
};

// One tagged piece of equipment.
struct Device {
    std::string id;
    std::string tag;  // our ten-digit device tag; empty in files
    std::string code; // a code that the hospital already uses (asset number, GIAI); may be empty
    Name name;
    std::string position;
    bool critical = false;
    std::string function;
    std::optional<DeviceTest> last_test; // of a device without tests of its own
    std::optional<Day> service_due;
    std::vector<Accessory> accessories;
    std::vector<FunctionTest> tests; // in the order in which they are asked for
    std::optional<Day> calibration_due;

    friend bool operator==(const Device&, const Device&) = default;
};

struct Seal {
    std::string number;
    bool intact = true;
    // The last day on which the cart stays ready untouched, as the check found that bound it to
    // this number; nullopt: it was not ready then.
    std::optional<Day> ready_until = {};
    SealBreak how = SealBreak::for_check; // of a broken one

    // Broken, and no use on record that it was broken for.
    [[nodiscard]] bool broken_without_use() const {
        return !intact && (how == SealBreak::mistake || how == SealBreak::unexplained);
    }

    friend bool operator==(const Seal&, const Seal&) = default;
};

// The cart was opened for an emergency.
struct CartUse {
    std::string check; // the check in which it was scanned out what was used
    std::string by;    // staff id
    Instant opened_at;
    bool checked = false;            // a full check was closed since
    std::optional<Instant> ready_at; // the full check that found it ready again

    friend bool operator==(const CartUse&, const CartUse&) = default;
};

// Where a cart stands. What is not given is far from everything that is.
struct CartPlace {
    std::string building;
    std::optional<int> floor;
    std::optional<int> order;            // along the floor
    std::vector<std::string> neighbours; // cart ids, the nearest first: before all else

    friend bool operator==(const CartPlace&, const CartPlace&) = default;
};

struct Cart {
    std::string id;  // e.g. "OR-1"
    std::string tag; // our ten-digit cart label; empty in files
    Name name;
    std::string station; // Station::id
    std::vector<Line> lines;
    std::vector<Device> devices;
    std::optional<Day> last_full_check; // the working day it was closed on; nullopt: never
    std::optional<Seal> seal;
    std::optional<CartUse> use; // the last one; nullopt: never
    bool retired = false;
    std::optional<Day> last_sealed_check; // working days, as the full check's; nullopt: never
    std::optional<Day> last_handover;
    // When those three were closed: where they are asked for by shift, a day is not enough.
    std::optional<Instant> last_full_at;
    std::optional<Instant> last_sealed_at;
    std::optional<Instant> last_handover_at;
    // Number of the seal that the last full check found broken without a use; empty: none.
    std::string unexplained_seal;
    CartPlace place;

    friend bool operator==(const Cart&, const Cart&) = default;
};

// A lot that must not be used. An empty lot names every lot of the product.
struct Recall {
    std::string product;
    std::string lot;

    friend bool operator==(const Recall&, const Recall&) = default;
};

// Until that day this product may lie in place of the one that a line asks for, by the pharmacy's
// word. Afterwards its units are not on the list.
struct Substitution {
    std::string product;    // what the list asks for
    std::string substitute; // what may lie there
    Day until;              // the last day
    std::string warning;    // shown at every scan of the substitute
    std::string cart;       // empty: every cart
    std::string line;       // empty: every line of the cart

    friend bool operator==(const Substitution&, const Substitution&) = default;
};

} // namespace cartwatch::readiness
