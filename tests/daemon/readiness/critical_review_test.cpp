// Goal: nobody signs a cart with something critical missing or failed without having heard it. The
// first badge is answered with what it is, once; the next one signs.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::critical_review_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// A check of OR-1 in order but for the critical line, whose place is empty.
Ward a_ward_without_epi() {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    REQUIRE(ward.run(MarkMissing{"epi"}).message == "line_missing");
    return ward;
}

bool raises(const Ward& ward, const std::string& part) {
    const auto alert = ward.node().alerts.find({"OR-1", part});
    return alert != ward.node().alerts.end() && alert->second.open();
}

} // namespace

TEST_CASE("a badge is asked back where the cart will not be ready for what is critical") {
    struct Example {
        const char* name;
        std::vector<Command> after_counting;
        const char* critical; // the names that the question lists; empty: it signs at once
    };

    const auto example = GENERATE(values<Example>({
        {"everything is there", {}, ""},
        {"a critical line is empty", {MarkMissing{"epi"}}, "Epinephrine"},
        {"a critical line has one unit left", {EnterQuantity{1, "epi"}}, ""},
        {"its units are damaged", {MarkDamaged{10, "epi"}}, "Epinephrine"},
        {"a line that is not critical is empty", {MarkMissing{"atropine"}}, ""},
        {"a critical device fails", {ReportTest{false, "defib"}}, "defib"},
        {"another device fails", {ReportTest{false, "suction"}}, ""},
        {"several things",
         {ReportTest{false, "defib"}, MarkMissing{"epi"}, MarkMissing{"blade"}},
         "Epinephrine, defib"},
    }));

    DYNAMIC_SECTION(example.name) {
        Ward ward = a_ward();
        ward.open();
        count_or1(ward);
        for (const Command& command : example.after_counting) {
            ward.run(command);
        }

        const Reply reply = ward.badge("N1");

        if (std::string_view(example.critical).empty()) {
            CHECK(reply.message == "check_closed");
        } else {
            CHECK(reply.message == "review_critical");
            CHECK(reply.kind == ReplyKind::attention);
            CHECK(reply.values.at("names_en") == example.critical);
            CHECK(ward.last.events == std::vector<Event>{CheckReviewed{ward.session.check}});
        }
    }
}

SCENARIO("signing with something critical open") {
    Ward ward = a_ward_without_epi();
    REQUIRE(ward.badge("N1").message == "review_critical");
    REQUIRE_FALSE(raises(ward, "epi"));
    WHEN("the next thing is the badge") {
        CHECK(ward.badge("N1").message == "check_closed");
        THEN("the cart is not ready, and the pharmacy is told") {
            CHECK(ward.first<CheckClosed>().readiness == Readiness::not_ready);
            CHECK(raises(ward, "epi"));
        }
    }
    WHEN("anything but a badge comes between") {
        struct Example {
            const char* name;
            Command command;
        };

        const auto example = GENERATE(values<Example>({
            {"a scan that counts", a_gs1_scan(atropine).lot("U").expiry("2028-02-29")},
            {"one that counts nothing", a_scan("4006381333931")},
            {"a step that is taken back", Undo{}},
            {"a question", Help{}},
        }));
        ward.run(example.command);
        if (ward.check().progress.lines.find("epi") != nullptr
            && !ward.check().progress.lines.find("epi")->missing) {
            ward.run(MarkMissing{"epi"}); // it was undone
        }
        THEN("it is asked again after " << example.name) {
            CHECK(ward.badge("N1").message == "review_critical");
            CHECK(ward.badge("N1").message == "check_closed");
        }
    }
    WHEN("it was put right") {
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        THEN("there is nothing to ask") {
            CHECK(ward.badge("N1").message == "check_closed");
        }
    }
    WHEN("somebody else goes on with the check") {
        CHECK(ward.badge("N2").message == "check_taken");
        THEN("that person has not heard it") {
            CHECK(ward.badge("N2").message == "review_critical");
            CHECK(ward.badge("N2").message == "check_closed");
        }
    }
    WHEN("the daemon was started anew") {
        ward.session = Session{};
        ward.open();
        THEN("it is asked again") {
            CHECK(ward.badge("N1").message == "review_critical");
        }
    }
}

TEST_CASE("what is missing and what is critical is one question") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
    ward.run(ReportTest{false, "defib"});

    const Reply reply = ward.badge("N1");

    CHECK(reply.message == "review_missing");
    CHECK(reply.values.at("names_en") == "Epinephrine, ketamine, blade, suction");
    CHECK(reply.values.at("critical_en") == "Epinephrine, defib");
    CHECK(ward.badge("N1").message == "check_closed");
}

TEST_CASE("what is missing without being critical is no more than that") {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    ward.run(Undo{}); // the suction pump
    const Reply reply = ward.badge("N1");
    CHECK(reply.message == "review_missing");
    CHECK(reply.values.at("critical").empty());
}

TEST_CASE("the command that finishes asks as the badge does, and the badge signs") {
    Ward ward = a_ward_without_epi();
    CHECK(ward.run(CloseCheck{}).message == "review_critical");
    CHECK(ward.badge("N1").message == "check_closed");
}

TEST_CASE("the witness is asked for after it, and signs without another question") {
    Ward ward = a_ward();
    Product controlled = a_product("ketamine").gtin(ketamine);
    controlled.controlled = true;
    REQUIRE(ward.define({ProductDefined{controlled}}).message == "defined");
    ward.open();
    count_or1(ward);
    ward.run(MarkMissing{"epi"});
    CHECK(ward.badge("N1").message == "review_critical");
    CHECK(ward.badge("N1").message == "witness_badge");
    CHECK(ward.badge("N2").message == "check_closed");
}

SCENARIO("a handover answers for the devices, not for the lines that it does not look at") {
    Ward ward = a_sealed_ward();
    ward.run(TurnCheck{CheckKind::handover});
    WHEN("a critical device fails in it") {
        ward.open();
        ward.run(a_scan(first_seal));
        ward.run(ReportTest{false, "defib"});
        ward.run(ReportTest{true, "suction"});
        THEN("the first badge is asked back") {
            const Reply reply = ward.badge("N1");
            CHECK(reply.message == "review_critical");
            CHECK(reply.values.at("names_en") == "defib");
            CHECK(ward.badge("N1").message == "handover_closed");
            CHECK(ward.first<CheckClosed>().readiness == Readiness::not_ready);
        }
    }
    WHEN("a critical line was short before") {
        ward.define({StockRecorded{"OR-1", "epi", {}}});
        ward.open();
        ward.run(a_scan(first_seal));
        ward.run(ReportTest{true, "defib"});
        ward.run(ReportTest{true, "suction"});
        THEN("nobody is asked about it again") {
            CHECK(ward.badge("N1").message == "handover_closed");
            CHECK(ward.first<CheckClosed>().readiness == Readiness::not_ready);
        }
    }
}

TEST_CASE("an emergency is not held up, and a restock judges nothing") {
    Ward ward = a_sealed_ward();
    SECTION("after an emergency that used up what is critical") {
        ward.run(BeginUse{});
        ward.open();
        ward.run(EnterQuantity{10, "epi"});
        CHECK(ward.badge("N1").message == "use_closed");
        CHECK(raises(ward, "epi"));
    }
    SECTION("a restock of something else") {
        ward.define({StockRecorded{"OR-1", "epi", {}}});
        ward.run(BeginRestock{});
        ward.open();
        ward.run(a_gs1_scan(atropine).lot("U").expiry("2028-02-29"));
        CHECK(ward.badge("N1").message == "restock_closed");
    }
}

} // namespace cartwatch::critical_review_test
