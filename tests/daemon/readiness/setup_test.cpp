// Goal: what is defined at a node is changed in the page by whoever keeps it there, whole or not at
// all, as the person saw it; and somebody is always left who can change it again.
#include "daemon/readiness/setup.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::setup_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

const std::string pharmacists = codes::own_tag(codes::TagType::staff, 1);

std::string badge_of(const Ward& ward, const std::string& id) {
    return find_staff(ward.state, ward.state.self, id)->badge;
}

// As the page asks for it: with what stands there now.
Reply change(Ward& ward, std::vector<Event> events, const std::string& badge) {
    std::vector<Event> before = standing(ward.node(), events);
    return ward.run(ChangeSetup{std::move(events), std::move(before), badge});
}

Event station(const std::string& name) {
    return StationDefined{{"OR", {name, ""}, ""}};
}

} // namespace

SCENARIO("who keeps the setup") {
    struct Example {
        Role role;
        bool at_ward;
        bool at_pharmacy;
    };

    const auto example = GENERATE(values<Example>({
        {Role::nurse, false, false},
        {Role::head_nurse, true, false},
        {Role::pharmacist, false, true},
        {Role::manager, false, false},
        {Role::administrator, true, true},
    }));
    CHECK(keeps_setup(example.role, false) == example.at_ward);
    CHECK(keeps_setup(example.role, true) == example.at_pharmacy);
}

SCENARIO("a badge signs a change of the setup") {
    Ward ward = a_ward();
    GIVEN("the head nurse's badge") {
        const Reply reply = change(ward, {station("手术室")}, badge_of(ward, "H1"));
        THEN("it is so, and her name stands in the journal") {
            CHECK(reply.message == "setup_changed");
            CHECK(reply.values.at("by") == "name of H1");
            CHECK(ward.last.actor == "H1");
            CHECK(ward.node().stations.at("OR").name.zh == "手术室");
        }
    }
    GIVEN("a nurse's, or a pharmacist's at the ward") {
        const std::string badge = GENERATE(std::string("N1"), std::string("P1"));
        const Reply reply = change(ward, {station("手术室")}, badge_of(ward, badge));
        THEN("nothing is changed") {
            CHECK(reply.message == "setup_not_allowed");
            CHECK(ward.last.events.empty());
        }
    }
    GIVEN("no badge, an unknown one or that of somebody who has left") {
        const std::string badge =
            GENERATE_COPY(std::string(), std::string("77"), badge_of(ward, "R1"));
        THEN("nothing is changed") {
            CHECK(change(ward, {station("手术室")}, badge).message == "unknown_badge");
            CHECK(ward.last.events.empty());
        }
    }
    GIVEN("a rule among the definitions, or nothing at all") {
        const std::string badge = badge_of(ward, "H1");
        CHECK(change(ward, {PolicyChanged{Policy{}}}, badge).message == "definition_refused");
        CHECK(change(ward, {}, badge).message == "definition_refused");
    }
    GIVEN("a definition that is not in order") {
        const Reply reply = change(ward, {station("")}, badge_of(ward, "H1"));
        THEN("it says which and why") {
            CHECK(reply.message == "definition_refused");
            CHECK(reply.values.at("what") == "name_missing");
        }
    }
}

SCENARIO("what was changed meanwhile is not written over") {
    Ward ward = a_ward();
    const std::string badge = badge_of(ward, "H1");
    GIVEN("a line's par that another person changed since it was shown") {
        Cart mine = ward.cart("OR-1");
        mine.lines.front().par = 12;
        const std::vector<Event> seen = standing(ward.node(), {CartDefined{mine}});
        Cart other = ward.cart("OR-1");
        other.lines.front().par = 8;
        REQUIRE(change(ward, {CartDefined{other}}, badge).message == "setup_changed");

        const Reply reply = ward.run(ChangeSetup{{CartDefined{mine}}, seen, badge});
        THEN("the other's stands") {
            CHECK(reply.message == "setup_changed_meanwhile");
            CHECK(ward.cart("OR-1").lines.front().par == 8);
        }
    }
    GIVEN("a cart that was counted since") {
        Cart mine = ward.cart("OR-1");
        mine.lines.front().par = 12;
        const std::vector<Event> seen = standing(ward.node(), {CartDefined{mine}});
        ward.stock("OR-1", "epi", a_lot("B2", "2028-01-31", 4));
        THEN("its list is the same: it is changed, and what lies there stays") {
            CHECK(
                ward.run(ChangeSetup{{CartDefined{mine}}, seen, badge}).message == "setup_changed");
            CHECK(ward.line("OR-1", "epi").par == 12);
            CHECK(ward.line("OR-1", "epi").holdings.front().lot == "B2");
        }
    }
    GIVEN("opening stock of a cart whose check began meanwhile") {
        ward.open();
        const Event stock = StockRecorded{"OR-1", "epi", {a_lot("B2", "2028-01-31", 4)}};
        THEN("the check counts more") {
            CHECK(change(ward, {stock}, badge).message == "setup_stock_counted");
        }
    }
    GIVEN("opening stock of a cart that an emergency used before any full check") {
        ward.record(CheckOpened{"ward-3f/9", "OR-1", CheckKind::after_use, "N1"});
        CheckClosed closed;
        closed.check = "ward-3f/9";
        closed.cart = "OR-1";
        closed.by = "N1";
        closed.kind = CheckKind::after_use;
        closed.working_day = day("2026-11-22");
        ward.record(closed);
        REQUIRE(ward.cart("OR-1").use);
        REQUIRE_FALSE(ward.cart("OR-1").last_full_check);
        const Event stock = StockRecorded{"OR-1", "epi", {a_lot("B2", "2028-01-31", 10)}};
        THEN("what was used stays used: no sheet ends its alerts") {
            CHECK(change(ward, {stock}, badge).message == "setup_stock_counted");
        }
    }
}

SCENARIO("nobody gives a role that is not his to give") {
    Ward ward = a_ward();
    const std::string badge = badge_of(ward, "H1");
    GIVEN("a head nurse") {
        THEN("she registers nurses and head nurses") {
            const Event nurse = StaffDefined{a_person("N9", Role::nurse, "77")};
            const Event head = StaffDefined{a_person("H2", Role::head_nurse)};
            CHECK(change(ward, {nurse, head}, badge).message == "setup_changed");
            CHECK(ward.node().staff.at("N9").badge == "77");
        }
        THEN("she makes no administrator") {
            const Reply reply =
                change(ward, {StaffDefined{a_person("H1", Role::administrator)}}, badge);
            CHECK(reply.message == "role_not_given");
            CHECK(reply.values.at("who") == "name of H1");
        }
        THEN("she takes no administrator's badge over") {
            ward.define({StaffDefined{a_person("A1", Role::administrator, "88")}});
            const Reply reply =
                change(ward, {StaffDefined{a_person("A1", Role::nurse, "99")}}, badge);
            CHECK(reply.message == "role_not_given");
            CHECK(ward.node().staff.at("A1").badge == "88");
        }
    }
    GIVEN("an administrator") {
        ward.define({StaffDefined{a_person("A1", Role::administrator, "88")}});
        const Event manager = StaffDefined{a_person("M1", Role::manager)};
        CHECK(change(ward, {manager}, "88").message == "setup_changed");
    }
}

SCENARIO("somebody is always left who can change the setup") {
    Ward ward = a_ward();
    const std::string badge = badge_of(ward, "H1");
    GIVEN("the only head nurse, who retires herself") {
        const Event retired = StaffDefined{a_person("H1", Role::head_nurse, badge, true)};
        CHECK(change(ward, {retired}, badge).message == "setup_needs_keeper");
        CHECK(ward.last.events.empty());
        CHECK_FALSE(ward.node().staff.at("H1").retired);
    }
    GIVEN("her successor in the same change") {
        const Event retired = StaffDefined{a_person("H1", Role::head_nurse, badge, true)};
        const Event next = StaffDefined{a_person("H2", Role::head_nurse)};
        CHECK(change(ward, {retired, next}, badge).message == "setup_changed");
    }
}

SCENARIO("the first staff are registered without a badge") {
    Ward ward;
    const Event nurse = StaffDefined{a_person("N1", Role::nurse)};
    const Event head = StaffDefined{a_person("H1", Role::head_nurse)};
    REQUIRE(knows_no_staff(ward.state));
    GIVEN("staff among whom somebody keeps the setup") {
        CHECK(change(ward, {nurse, head}, "").message == "setup_changed");
        CHECK(ward.last.actor == "system");
        THEN("from then on a badge is asked for") {
            CHECK_FALSE(knows_no_staff(ward.state));
            CHECK(change(ward, {nurse}, "").message == "unknown_badge");
        }
    }
    GIVEN("nurses alone") {
        CHECK(change(ward, {nurse}, "").message == "setup_needs_keeper");
        CHECK(ward.node().staff.empty());
    }
    GIVEN("anything but staff") {
        CHECK(change(ward, {head, station("手术室")}, "").message == "unknown_badge");
    }
    GIVEN("the pharmacy's staff, known from its journal") {
        ward.receive("pharmacy", StaffDefined{a_person("P1", Role::pharmacist, pharmacists)});
        CHECK(change(ward, {nurse, head}, "").message == "unknown_badge");
    }
}

SCENARIO("what is known as something else is nobody's badge") {
    Ward ward = a_ward();
    ward.record(SealsIssued{"OR", {"SEAL-0001"}, "H1"});
    const std::string head = badge_of(ward, "H1");
    const auto given = [&](const std::string& badge) {
        return change(ward, {StaffDefined{a_person("N9", Role::nurse, badge)}}, head);
    };

    struct Example {
        std::string badge;
        std::string what;
    };

    GIVEN("a code that is a thing's") {
        const auto example = GENERATE_COPY(values<Example>({
            {ward.cart("OR-1").tag, "badge_other_tag"},
            {ward.line("OR-1", "epi").tag, "badge_other_tag"},
            {ward.cart("OR-1").devices.front().tag, "badge_other_tag"},
            {"SEAL-0001", "badge_other_tag"},
            {codes::own_tag(codes::TagType::seal, 5), "badge_other_tag"},
            {codes::own_tag(codes::TagType::command, 1), "badge_other_tag"},
            {ward.state.nodes.at("ward-3f").products.at("epi").identifiers.front().value,
             "badge_of_product"},
            {"6901234567892", "badge_of_product"},
            {"81234567890123456789", "badge_of_product"},
            {"]E496385074", "badge_of_product"},
            {"]d2010690123456789210A1", "badge_of_product"},
        }));
        const Reply reply = given(example.badge);
        THEN("it is refused, and the code is not told whole") {
            INFO(example.badge);
            CHECK(reply.message == "definition_refused");
            CHECK(reply.values.at("what") == example.what);
            CHECK(reply.values.at("value") == "…" + example.badge.substr(example.badge.size() - 2));
            CHECK(ward.last.events.empty());
        }
    }
    GIVEN("a code that may well be a badge's") {
        const std::string badge = GENERATE(
            as<std::string>(),
            "4711",
            "10012345",
            "12345678",
            "护士-07",
            "6901234567893",
            "801812345678901234",
            codes::own_tag(codes::TagType::staff, 77));
        THEN("it is given") {
            INFO(badge);
            CHECK(given(badge).message == "setup_changed");
            CHECK(badge_of(ward, "N9") == badge);
        }
    }
    GIVEN("a badge of before this rule") {
        ward.record(StaffDefined{a_person("N9", Role::nurse, "6901234567892")});
        THEN("who has it is changed in everything else") {
            CHECK(given("6901234567892").message == "setup_changed");
        }
    }
    GIVEN("a badge of somebody else") {
        const Reply reply = given(badge_of(ward, "N1"));
        THEN("no more than its end is told") {
            CHECK(reply.values.at("what") == "badge_twice");
            CHECK(
                reply.values.at("value")
                == "…" + badge_of(ward, "N1").substr(badge_of(ward, "N1").size() - 2));
        }
    }
}

SCENARIO("of a badge two signs are told") {
    CHECK(masked_badge("9599900012") == "…12");
    CHECK(masked_badge("护士甲") == "…士甲");
    CHECK(masked_badge("12") == "…");
    CHECK(masked_badge("").empty());
}

SCENARIO("a badge of somebody who works elsewhere is told and kept by its end alone") {
    Ward ward = a_ward();
    ward.open();
    const std::string badge =
        GENERATE(codes::own_tag(codes::TagType::staff, 4'000'000), "]C18018690123456789012346");
    const Reply reply = ward.run(Scan{codes::read(badge, {}), false});
    CHECK(reply.message == "unknown_badge");
    CHECK(reply.values.at("text") == masked_badge(badge));
    CHECK(std::get<ScanNoted>(ward.check().steps.back().action).raw == reply.values.at("text"));
    CHECK(ward.check().progress.parked.empty());
}

SCENARIO("what the pharmacy keeps is not defined at a ward") {
    Ward ward = a_ward();
    ward.receive("pharmacy", StaffDefined{a_person("P7", Role::pharmacist, "71")});
    ward.receive("pharmacy", StaffDefined{a_person("A7", Role::administrator, "72")});
    ward.receive("pharmacy", ProductDefined{a_product("ephedrine")});
    const std::string head = badge_of(ward, "H1");
    GIVEN("an id that the pharmacy gave already") {
        const Event mine = GENERATE(
            Event{StaffDefined{a_person("P7", Role::nurse, "73")}},
            Event{ProductDefined{a_product("ephedrine")}});
        const Reply reply = change(ward, {mine}, head);
        THEN("the pharmacy's stays, and the reply says whose it is") {
            CHECK(reply.message == "definition_refused");
            CHECK(reply.values.at("what") == "id_of_pharmacy");
            CHECK_FALSE(reply.values.at("id").empty());
            CHECK(ward.last.events.empty());
        }
    }
    GIVEN("the ward's own, which stands in for the pharmacy's since before") {
        ward.record(ProductDefined{a_product("ephedrine")});
        THEN("it is changed as before") {
            CHECK(
                change(ward, {ProductDefined{a_product("ephedrine")}}, head).message
                == "setup_changed");
        }
    }
    GIVEN("a nurse of the ward's under the id of the pharmacy's administrator") {
        ward.record(StaffDefined{a_person("A7", Role::nurse, "73")});
        THEN("she is an administrator's to change") {
            const Event again = StaffDefined{a_person("A7", Role::nurse, "74")};
            CHECK(change(ward, {again}, head).message == "role_not_given");
        }
    }
    GIVEN("the pharmacy itself") {
        Ward pharmacy("pharmacy");
        pharmacy.record(StaffDefined{a_person("P7", Role::pharmacist, "71")});
        THEN("it changes what it keeps") {
            const Event again = StaffDefined{a_person("P7", Role::pharmacist, "74")};
            CHECK(change(pharmacy, {again}, "71").message == "setup_changed");
        }
    }
}

} // namespace cartwatch::setup_test
