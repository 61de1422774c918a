// What a check costs a nurse, counted from what she does and from the entries that follow: scans,
// and no touch of mouse or keyboard.
#include "daemon/readiness/controls.hpp"
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::touches_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

constexpr int lines = 45;

// A cart of 45 lines with everything on file, sealed by a check of H1 a week ago.
Ward a_ward_of_45(std::int64_t seed = 0) {
    Ward ward = a_ward();
    std::vector<Event> events;
    CartBuilder cart = a_cart("ICU-1");
    for (int i = 0; i < lines; ++i) {
        const std::string id = "item-" + std::to_string(i);
        events.emplace_back(ProductDefined{a_product(id).gtin(gtin_of(100 + i))});
        cart.with(a_line(id).par(2));
    }
    events.emplace_back(CartDefined{cart});
    for (int i = 0; i < lines; ++i) {
        events.emplace_back(
            StockRecorded{"ICU-1", "item-" + std::to_string(i), {a_lot("L", "2028-01-31", 2)}});
    }
    REQUIRE(ward.define(std::move(events)).message == "defined");
    ward.context.seed = seed;
    return ward;
}

// Counts scans: everything here goes in as a code that a scanner read.
struct Nurse {
    Ward& ward;
    int scans = 0;

    Reply scan(const Command& code) {
        REQUIRE(std::holds_alternative<Scan>(code));
        ++scans;
        return ward.run(code);
    }

    Reply badge(const std::string& staff = "N1") {
        return scan(a_scan(find_staff(ward.state, "ward-3f", staff)->badge));
    }

    Reply cart() {
        return scan(a_scan(ward.cart("ICU-1").tag));
    }

    Reply item(int number) {
        return scan(a_gs1_scan(gtin_of(100 + number)).lot("L").expiry("2028-01-31"));
    }
};

} // namespace

TEST_CASE("a check of 45 lines in order costs 45 scans, badge, cart and signature") {
    Ward ward = a_ward_of_45();
    Nurse nurse{ward};
    const std::size_t before = ward.journal.size();
    nurse.badge();
    nurse.cart();
    for (int i = 0; i < lines; ++i) {
        CHECK(nurse.item(i).kind == ReplyKind::accept);
    }
    CHECK(nurse.badge().message == "check_closed");
    CHECK(nurse.scans == 48);
    CHECK(ward.journal.size() - before == 47); // opened, 45 counts, closed
    CHECK(ward.first<CheckClosed>().readiness == Readiness::ready);
}

TEST_CASE("each blind line costs one number more") {
    Ward ward = a_ward_of_45(4711);
    Nurse nurse{ward};
    nurse.badge();
    nurse.cart();
    for (int i = 0; i < lines; ++i) {
        if (nurse.item(i).message == "blind_count") {
            CHECK(nurse.scan(a_quantity(2)).kind == ReplyKind::accept);
        }
    }
    CHECK(nurse.badge().message == "check_closed");
    CHECK(nurse.scans == 48 + 2);
    CHECK(ward.first<CheckClosed>().readiness == Readiness::ready);
}

TEST_CASE("a check of the seal costs three scans") {
    Ward ward = a_ward_of_45();
    Nurse nurse{ward};
    nurse.badge();
    nurse.cart();
    for (int i = 0; i < lines; ++i) {
        nurse.item(i);
    }
    nurse.scan(a_scan(first_seal));
    nurse.badge();
    nurse.scans = 0;
    nurse.cart();
    nurse.scan(a_scan(first_seal));
    CHECK(nurse.badge().message == "sealed_closed");
    CHECK(nurse.scans == 3);
    CHECK(ward.brought<CheckClosed>() == 1);
}

TEST_CASE("a missing line costs the slot's label and one command") {
    Ward ward = a_ward_of_45();
    Nurse nurse{ward};
    nurse.badge();
    nurse.cart();
    nurse.scans = 0;
    nurse.scan(a_scan(ward.line("ICU-1", "item-7").tag));
    CHECK(nurse.scan(a_control(ControlCode::missing)).message == "line_missing");
    CHECK(nurse.scans == 2);
    CHECK(ward.check().steps.size() == 1);
}

TEST_CASE("an expired lot and its replacement cost two scans") {
    Ward ward = a_ward_of_45();
    Nurse nurse{ward};
    nurse.badge();
    nurse.cart();
    nurse.scans = 0;
    const std::string gtin = gtin_of(107);
    CHECK(nurse.scan(a_gs1_scan(gtin).lot("OLD").expiry("2026-10-31")).verdict == Verdict::expired);
    CHECK(
        nurse.scan(a_gs1_scan(gtin).lot("NEW").expiry("2028-10-31")).message
        == "counted_replacement");
    CHECK(nurse.scans == 2);
    CHECK(ward.counted("item-7").front().lot == "NEW");
}

TEST_CASE("every command code says something, in words, in every state") {
    const int state = GENERATE(0, 1, 2, 3, 4, 5);
    Ward ward = a_sealed_ward();
    if (state == 1) {
        ward.scan_cart("OR-1");
    } else if (state == 2) {
        ward.open();
    } else if (state == 3) {
        ward.open();
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    } else if (state == 4) {
        ward.scan_cart("OR-1");
        ward.run(a_scan(other_seal));
    } else if (state == 5) {
        ward.open();
        ward.run(BeginRestock{});
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    }
    const Ward before = ward;
    for (const ControlCode code : control_codes()) {
        ward = before;
        const Reply reply = ward.run(a_control(code));
        CAPTURE(state, std::string(to_text(code)), reply.message);
        CHECK(control_code(static_cast<int>(code)) == code);
        const bool of_seal = code == ControlCode::seal_emergency
                             || code == ControlCode::seal_mistake
                             || code == ControlCode::seal_record_wrong;
        if (of_seal) {
            CHECK((reply.message == "command_not_now") == (state != 4));
        }
        if (code == ControlCode::next_drawer) {
            CHECK((reply.kind != ReplyKind::reject) == (state == 2 || state == 3 || state == 5));
        }
        if (code == ControlCode::help) {
            const std::vector<std::string> help{
                "help_idle", "help_cart", "help_check", "help_line", "help_seal", "help_restock"};
            CHECK(reply.message == help[static_cast<std::size_t>(state)]);
        }
    }
    for (const int number : {0, 24, 29, 99, 110, 1'000'000}) {
        CHECK_FALSE(control_code(number));
    }
}

TEST_CASE("the next drawer is the next one that is not finished, going round") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    const std::vector<std::string> places{"1层 左", "1层 右", "2层", "3层-1"};
    for (std::size_t i = 0; i < places.size(); ++i) {
        cart.lines[i].position = places[i];
    }
    for (Device& device : cart.devices) {
        device.position = "车顶";
    }
    ward.define({CartDefined{cart}});
    ward.open();
    const auto next = [&] { return ward.run(a_control(ControlCode::next_drawer)); };
    CHECK(next().values.at("drawer") == "1层");
    CHECK(next().values.at("drawer") == "2层");
    CHECK(next().values.at("drawer") == "3层");
    CHECK(next().values.at("drawer") == "车顶");
    CHECK(next().values.at("count") == "2");
    ward.run(MarkMissing{"ketamine"});
    CHECK(next().values.at("drawer") == "3层");
    ward.run(MarkMissing{"epi"});
    CHECK(next().values.at("drawer") == "3层");
    CHECK(next().values.at("drawer") == "车顶");
    CHECK(next().values.at("drawer") == "1层"); // the line beside it is open
    ward.run(MarkMissing{"atropine"});
    ward.run(MarkMissing{"blade"});
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{true, "suction"});
    CHECK(next().message == "all_drawers_done");
}

} // namespace cartwatch::touches_test
