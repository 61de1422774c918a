// What is said of the pack that comes in the place of what the command took out.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::replacement_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

SCENARIO("an expired lot that was taken out by the command is replaced") {
    Ward ward = a_ward();
    ward.stock("OR-1", "epi", a_lot("A1", "2026-11-21", 10));
    ward.open();
    if (GENERATE(true, false)) {
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2026-11-21"));
    } else {
        ward.run(SelectLine{"epi", ""});
    }
    REQUIRE(ward.run(a_control(ControlCode::expired_out)).message == "taken_out");
    const auto scan = [&](const char* lot, const char* until) {
        return ward.run(a_gs1_scan(epi).lot(lot).expiry(until));
    };

    WHEN("the next pack is of a new lot") {
        const Reply replaced = scan("B2", "2028-12-31");
        THEN("it replaces what went, and no question is left") {
            CHECK(replaced.message == "counted_replacement");
            CHECK(replaced.kind == ReplyKind::attention);
            CHECK(replaced.verdict == Verdict::new_lot);
            CHECK(replaced.values.at("out_lots") == "A1");
            CHECK(replaced.values.at("out_quantity") == "10");
        }
        THEN("nothing is taken out twice") {
            CHECK(ward.brought<CheckStepped>() == 1);
            CHECK(ward.counted("epi").front().quantity == 10);
        }
        THEN("the same pack again replaces nothing") {
            CHECK(scan("B2", "2028-12-31").message == "duplicate");
        }
    }
    WHEN("the next pack will not last long") {
        const Reply replaced = scan("B2", "2026-12-20");
        THEN("that is said beside") {
            CHECK(replaced.message == "counted_replacement");
            CHECK(replaced.values.at("also") == "short_life near_expiry");
        }
    }
    WHEN("the next pack has expired, too") {
        THEN("it replaces nothing") {
            CHECK(scan("B2", "2026-11-20").message == "expired");
        }
    }
    WHEN("the removal is undone") {
        ward.run(Undo{});
        ward.run(Undo{}); // and the scan, where there was one
        THEN("a pack of another lot is a new lot") {
            CHECK(scan("B2", "2028-12-31").message == "new_lot");
        }
    }
}

} // namespace cartwatch::replacement_test
