// What tests of a restock share: OR-1 checked today, short of three atropine, and one begun on it.
#pragma once

#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::restock_kit {

using namespace readiness;
using namespace support;

inline const AlertKey atropine_alert{"OR-1", "atropine"};

inline const Alert& alert_of(const Ward& ward) {
    return ward.node().alerts.at(atropine_alert);
}

inline DispatchedUnits units(const char* lot, int quantity, const char* until = "2028-01-31") {
    return {lot, day(until), quantity, {}};
}

inline void send(Ward& ward, std::vector<DispatchedUnits> units) {
    const int episode = alert_of(ward).episode;
    ward.receive(
        "pharmacy",
        AlertDispatched{"ward-3f", atropine_alert, episode, "P1", std::move(units), "", 0});
}

// OR-1 is complete but for atropine, of which two are there, and was checked today; not sealed.
inline Ward a_short_ward() {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    ward.run(SelectLine{"atropine", ""});
    ward.run(EnterQuantity{2, ""});
    REQUIRE(ward.sign().message == "check_closed");
    REQUIRE(alert_of(ward).need.quantity == 3);
    return ward;
}

inline Reply begin(Ward& ward) {
    ward.run(a_control(ControlCode::restock));
    ward.badge("N1");
    return ward.scan_cart("OR-1");
}

inline Reply put_in(Ward& ward, const char* lot = "N", const char* until = "2028-06-30") {
    return ward.run(a_gs1_scan(atropine).lot(lot).expiry(until));
}

// Put in so far, not signed for.
inline int counted_units(const Ward& ward, const char* line) {
    int units = 0;
    for (const Holding& holding : ward.counted(line)) {
        units += holding.quantity;
    }
    return units;
}

inline Judgement judged(const Ward& ward) {
    return evaluate(
        ward.cart("OR-1"),
        policy_for(ward.state, "ward-3f"),
        recalls_for(ward.state, "ward-3f"),
        ward.context.today);
}

inline const Holding* held(const Ward& ward, const char* lot, const char* line = "atropine") {
    return find_holding(ward.line("OR-1", line).holdings, lot);
}

} // namespace cartwatch::restock_kit
