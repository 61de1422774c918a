#include "daemon/readiness/use.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::use_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// OR-1 with epi complete in two lots, ketamine (controlled) complete, sealed and checked today.
Ward a_ready_ward() {
    Ward ward = a_ward();
    Product ketamine_product = *find_product(ward.state, "ward-3f", "ketamine");
    ketamine_product.controlled = true;
    Cart cart =
        a_cart("OR-7").with(a_line("epi").critical()).with(a_line("ketamine").par(3).by_unit());
    ward.define({ProductDefined{ketamine_product}, CartDefined{cart}});
    ward.define({
        StockRecorded{"OR-7", "epi", {a_lot("A1", "2027-12-31", 6), a_lot("B2", "2027-06-30", 4)}},
        StockRecorded{"OR-7", "ketamine", {a_lot("K1", "2027-12-31", 3)}},
    });
    Cart& held = ward.state.nodes.at("ward-3f").carts.at("OR-7");
    held.last_full_check = ward.context.today;
    held.seal = Seal{"0457722"};
    REQUIRE(evaluate(held, Policy{}, {}, ward.context.today).readiness == Readiness::ready);
    return ward;
}

Reply begin_use(Ward& ward) {
    ward.run(a_control(ControlCode::used));
    ward.badge("N1");
    return ward.scan_cart("OR-7");
}

Judgement judged(const Ward& ward) {
    return evaluate(ward.cart("OR-7"), Policy{}, {}, ward.context.today);
}

const Alert* alert_on(const Ward& ward, const std::string& line) {
    const auto found = ward.node().alerts.find({"OR-7", line});
    return found == ward.node().alerts.end() || !found->second.open() ? nullptr : &found->second;
}

} // namespace

SCENARIO("a cart opened for an emergency is not counted as ready from that moment on") {
    Ward ward = a_ready_ward();
    WHEN("somebody says so, with badge and cart") {
        const Reply reply = begin_use(ward);
        THEN("it stands in the journal who and when, and the seal is broken for it") {
            CHECK(reply.message == "use_opened");
            CHECK(ward.first<CheckOpened>().kind == CheckKind::after_use);
            CHECK(ward.first<CheckOpened>().by == "N1");
            CHECK(ward.cart("OR-7").use->opened_at == ward.context.now);
            CHECK(ward.cart("OR-7").use->by == "N1");
            CHECK_FALSE(ward.cart("OR-7").seal->intact);
            CHECK(judged(ward).readiness == Readiness::overdue);
        }
        THEN("no seal, or abandoning the record, makes it ready again") {
            ward.run(CancelCheck{});
            CHECK(judged(ward).readiness == Readiness::overdue);
            ward.state.nodes.at("ward-3f").carts.at("OR-7").seal.reset();
            CHECK(judged(ward).readiness == Readiness::overdue);
        }
        THEN("nothing is counted, tested or sealed in it") {
            CHECK(ward.run(MarkMissing{"epi"}).message == "use_counts_nothing");
            CHECK(ward.run(EnterSeal{"0457723"}).message == "use_seal_later");
            CHECK(ward.run(a_control(ControlCode::used)).message == "use_goes_on");
            CHECK(ward.run(TurnCheck{CheckKind::full}).message == "use_goes_on");
        }
    }
    WHEN("a check was opened and nothing counted yet") {
        ward.open("OR-7");
        CHECK(ward.run(a_control(ControlCode::used)).message == "use_opened");
        THEN("it goes on as the record of an emergency") {
            CHECK(ward.check().kind == CheckKind::after_use);
            CHECK(ward.cart("OR-7").seal->how == SealBreak::emergency);
            CHECK(ward.cart("OR-7").use);
        }
    }
    WHEN("counting has begun") {
        ward.open("OR-7");
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        THEN("the person is told to abandon it first") {
            CHECK(ward.run(a_control(ControlCode::used)).message == "use_too_late");
            CHECK(ward.check().kind == CheckKind::full);
        }
    }
}

SCENARIO("what was used is scanned out one by one, and the pharmacy sees it at once") {
    Ward ward = a_ready_ward();
    begin_use(ward);
    GIVEN("an empty of a lot that is on file") {
        const Reply reply = ward.run(a_gs1_scan(epi).lot("A1"));
        THEN("one of that lot is gone, and an alert is raised in the same decision") {
            CHECK(reply.message == "unit_used");
            CHECK(reply.values.at("used") == "1");
            CHECK(reply.values.at("left") == "9");
            CHECK(reply.values.at("unexplained").empty());
            CHECK(ward.brought<AlertRaised>() == 1);
            REQUIRE(alert_on(ward, "epi") != nullptr);
            CHECK(alert_on(ward, "epi")->need.quantity == 1);
        }
        AND_WHEN("more of it and of another line follow") {
            ward.run(a_gs1_scan(epi).lot("A1"));
            CHECK(ward.brought<AlertChanged>() == 1);
            CHECK(ward.brought<AlertRaised>() == 0);
            ward.run(a_gs1_scan(ketamine));
            CHECK(ward.brought<AlertRaised>() == 1);
            THEN("the calendar does not take it back, and closing raises nothing twice") {
                ward.run(JudgeDay{});
                CHECK(alert_on(ward, "epi")->need.quantity == 2);
                ward.run(EnterLeft{2, "ketamine"});
                ward.badge("N1");
                ward.badge("N2");
                CHECK(ward.brought<CheckClosed>() == 1);
                CHECK(ward.brought<AlertRaised>() == 0);
                CHECK(ward.brought<AlertChanged>() == 0);
                CHECK(alert_on(ward, "epi")->episode == 1);
            }
        }
        AND_WHEN("it is undone") {
            ward.run(Undo{});
            THEN("nothing was used, and the alert is withdrawn") {
                CHECK(alert_on(ward, "epi") == nullptr);
                CHECK(used_lines(ward.cart("OR-7"), ward.check().progress).empty());
            }
        }
        AND_WHEN("the record is abandoned") {
            ward.run(CancelCheck{});
            THEN("nothing it said holds") {
                CHECK(alert_on(ward, "epi") == nullptr);
                CHECK(ward.line("OR-7", "epi").holdings.size() == 2);
            }
        }
        AND_WHEN("a number is typed") {
            ward.run(EnterQuantity{7, ""});
            THEN("it replaces what was scanned of the line") {
                CHECK(used_line(ward.line("OR-7", "epi"), ward.check().progress).used == 7);
                CHECK(alert_on(ward, "epi")->need.quantity == 7);
            }
        }
        AND_WHEN("somebody else goes on with it after a break") {
            ward.session = Session{};
            ward.badge("N2");
            const Reply resumed = ward.scan_cart("OR-7");
            THEN("all that was scanned out is still there") {
                CHECK(resumed.message == "check_resumed");
                CHECK(ward.check().kind == CheckKind::after_use);
                ward.run(a_gs1_scan(epi).lot("A1"));
                CHECK(alert_on(ward, "epi")->need.quantity == 2);
            }
        }
    }
}

SCENARIO("what was used is taken from what is on file, and never more than there was") {
    Ward ward = a_ready_ward();
    begin_use(ward);
    GIVEN("empties whose code tells no lot") {
        ward.run(a_gs1_scan(epi));
        ward.run(a_gs1_scan(epi));
        ward.sign();
        THEN("they go from the lot that expires first") {
            const Line& line = ward.line("OR-7", "epi");
            REQUIRE(line.holdings.size() == 2);
            CHECK(line.holdings[0].quantity == 6); // A1, to the end of 2027
            CHECK(line.holdings[1].quantity == 2); // B2, to June
        }
    }
    GIVEN("more than there was") {
        ward.run(SelectLine{"epi", ""});
        const Reply reply = ward.run(EnterQuantity{11, ""});
        THEN("it is recorded, said, and leaves nothing") {
            CHECK(reply.kind == ReplyKind::attention);
            CHECK(alert_on(ward, "epi")->need.quantity == 10);
            CHECK(alert_on(ward, "epi")->need.severity == Severity::critical);
        }
    }
    GIVEN("something that no line asks for, and numbers out of range") {
        CHECK(ward.run(a_gs1_scan(dopamine)).message == "use_not_on_list");
        ward.run(SelectLine{"epi", ""});
        CHECK(ward.run(EnterQuantity{-1, ""}).message == "quantity_out_of_range");
        CHECK(ward.run(EnterQuantity{10'000, ""}).message == "quantity_out_of_range");
        CHECK(used_lines(ward.cart("OR-7"), ward.check().progress).empty());
    }
}

TEST_CASE("par is what is left, what was used, and what nobody can explain") {
    struct Example {
        int on_file;
        int used;
        std::optional<int> left;
        int unexplained;
    };

    const auto [on_file, used, left, unexplained] = GENERATE(values<Example>({
        {10, 3, std::nullopt, 0},
        {10, 3, 7, 0},
        {10, 3, 6, 1},
        {10, 3, 0, 7},
        {10, 3, 8, 0},           // one more than can be: nothing is unexplained
        {10, 12, 0, 0},          // more empties than there was
        {8, 3, std::nullopt, 2}, // two were short before
        {0, 0, 0, 10},
    }));
    DYNAMIC_SECTION(on_file << " on file, " << used << " used, unexplained " << unexplained) {
        Line line = a_line("epi");
        line.holdings = {a_lot("A1", "2027-12-31", on_file)};
        CheckProgress progress;
        progress.lines.own("epi").used["A1"] = used;
        progress.lines.own("epi").left = left;
        CHECK(used_line(line, progress).unexplained == unexplained);
    }
}

SCENARIO("empties of controlled drugs are counted by two, and what is missing is written down") {
    Ward ward = a_ready_ward();
    begin_use(ward);
    ward.run(a_gs1_scan(ketamine));
    GIVEN("that nobody counted what is left") {
        THEN("it cannot be signed yet") {
            const Reply reply = ward.badge("N1");
            CHECK(reply.message == "use_left_needed");
            CHECK(reply.values.at("count") == "1");
        }
    }
    GIVEN("one left of three, one empty") {
        ward.run(a_control(ControlCode::count_left));
        const Reply counted = ward.run(EnterQuantity{1, ""});
        CHECK(counted.message == "left_counted");
        CHECK(counted.values.at("unexplained") == "1");
        CHECK_FALSE(ward.session.left); // the next number is again what was used
        CHECK(ward.badge("N1").message == "witness_badge");
        CHECK(ward.badge("N1").message == "witness_is_checker");
        CHECK(ward.badge("N2").message == "use_closed");
        THEN("the entry names the witness, and the unit that is missing") {
            const CheckClosed& closed = ward.first<CheckClosed>();
            CHECK(closed.witness == "N2");
            CHECK(closed.kind == CheckKind::after_use);
            const auto found = std::find_if(
                closed.findings.begin(), closed.findings.end(), [](const Finding& finding) {
                    return finding.kind == FindingKind::unexplained;
                });
            REQUIRE(found != closed.findings.end());
            CHECK(found->line == "ketamine");
            CHECK(found->quantity == 1);
            CHECK(ward.line("OR-7", "ketamine").holdings.at(0).quantity == 1);
        }
    }
    GIVEN("all of them explained") {
        ward.run(EnterLeft{2, "ketamine"});
        ward.badge("N1");
        ward.badge("N2");
        THEN("nothing is called unexplained") {
            for (const Finding& finding : ward.first<CheckClosed>().findings) {
                CHECK(finding.kind != FindingKind::unexplained);
            }
        }
    }
}

TEST_CASE("one empty that is read twice is one unit") {
    Ward ward = a_ready_ward();
    begin_use(ward);
    const auto empty = [](const char* serial) {
        codes::ReadOptions options;
        options.as_of = day("2026-11-22");
        return Scan{codes::read("]d201" + ketamine + "10K1\x1d" + "21" + serial, options), false};
    };
    REQUIRE(ward.run(empty("S1")).message == "unit_used");

    const Reply again = ward.run(empty("S1"));

    CHECK(again.message == "used_already");
    CHECK(again.verdict == Verdict::duplicate);
    CHECK(again.values.at("used") == "1");
    SECTION("another serial is another unit") {
        CHECK(ward.run(empty("S2")).values.at("used") == "2");
    }
    SECTION("another product's serial may be the same") {
        codes::ReadOptions options;
        options.as_of = day("2026-11-22");
        const Scan other{codes::read("]d201" + epi + "10A1\x1d" + "21S1", options), false};
        CHECK(ward.run(other).message == "unit_used");
    }
    SECTION("taken back, it may be scanned again") {
        ward.run(Undo{});
        ward.run(Undo{});
        CHECK(ward.run(empty("S1")).message == "unit_used");
    }
}

TEST_CASE("what is missing of a drug that is not controlled is a shortage, and no more") {
    Ward ward = a_ready_ward();
    begin_use(ward);
    ward.run(a_gs1_scan(epi).lot("A1"));
    ward.run(EnterLeft{5, "epi"});

    REQUIRE(ward.sign().message == "use_closed");

    REQUIRE(alert_on(ward, "epi") != nullptr);
    CHECK(alert_on(ward, "epi")->need.quantity == 5);
    for (const Finding& finding : ward.first<CheckClosed>().findings) {
        CHECK(finding.kind != FindingKind::unexplained);
    }
}

SCENARIO("from opened to ready is known once a full check finds the cart ready") {
    Ward ward = a_ready_ward();
    begin_use(ward);
    const Instant opened = ward.cart("OR-7").use->opened_at;
    ward.run(a_gs1_scan(epi).lot("A1"));
    ward.sign();
    CHECK_FALSE(ward.cart("OR-7").use->checked);
    CHECK(ward.cart("OR-7").last_full_check == ward.context.today); // as before: this was none
    const auto check_again = [&](int of_a1) {
        ward.open("OR-7");
        ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
        ward.run(EnterQuantity{of_a1, "epi"});
        ward.run(a_gs1_scan(epi).lot("B2").expiry("2027-06-30"));
        for (int i = 0; i < 3; ++i) {
            ward.run(a_gs1_scan(ketamine).lot("K1").expiry("2027-12-31"));
        }
        ward.run(EnterSeal{"045772" + std::to_string(of_a1)});
        if (ward.sign().message == "witness_badge") {
            ward.badge("N2");
        }
    };
    WHEN("it is still short") {
        check_again(5);
        THEN("it was gone through, and is not ready") {
            CHECK(ward.cart("OR-7").use->checked);
            CHECK_FALSE(ward.cart("OR-7").use->ready_at);
        }
        AND_WHEN("it is restocked") {
            check_again(6);
            THEN("the clock stops") {
                REQUIRE(ward.cart("OR-7").use->ready_at);
                CHECK(*ward.cart("OR-7").use->ready_at == ward.context.now);
                CHECK(*ward.cart("OR-7").use->ready_at > opened);
                CHECK(judged(ward).readiness == Readiness::ready);
                CHECK(alert_on(ward, "epi") == nullptr);
            }
        }
    }
}

TEST_CASE("what is taken back of a use is named by its units, with those that stand") {
    struct Example {
        const char* name;
        std::vector<Command> used;
        const char* lot; // of the last step
        const char* quantity;
        const char* now;
    };

    const Command first = a_gs1_scan(epi).lot("A1");
    const Command other = a_gs1_scan(epi).lot("B2");
    const auto example = GENERATE_COPY(values<Example>({
        {"the only unit", {first}, "A1", "1", "0"},
        {"the third one of a lot", {first, first, first}, "A1", "1", "2"},
        {"one of another lot", {first, first, other}, "B2", "1", "2"},
        {"a number", {EnterQuantity{4, "ketamine"}}, "K1", "4", "0"},
        {"a number that was more than before",
         {EnterQuantity{1, "ketamine"}, EnterQuantity{3, "ketamine"}},
         "K1",
         "2",
         "1"},
        {"a number that was less than before",
         {EnterQuantity{3, "ketamine"}, EnterQuantity{1, "ketamine"}},
         "K1",
         "",
         "3"},
    }));

    DYNAMIC_SECTION(example.name) {
        Ward ward = a_ready_ward();
        begin_use(ward);
        for (const Command& command : example.used) {
            ward.run(command);
        }

        const Reply undone = ward.run(Undo{});

        CHECK(undone.values.at("what") == "units_used");
        CHECK(undone.values.at("lot") == example.lot);
        CHECK(undone.values.at("quantity") == example.quantity);
        CHECK(undone.values.at("now") == example.now);
    }
}

TEST_CASE("who asks for help or the next drawer after an emergency is told what is scanned now") {
    Ward ward = a_ready_ward();
    begin_use(ward);
    const auto code = GENERATE(ControlCode::help, ControlCode::next_drawer);
    CHECK(ward.run(a_control(code)).message == "use_counts_nothing");
}

} // namespace cartwatch::use_test
