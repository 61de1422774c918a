// Goal: with gloves on, any number, reading and date is entered and any choice made by scans of
// printed digits alone; what was not entered never counts, and whoever loses it is told.
#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::digits_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

ControlCode code_of(char digit) {
    return digit == '.'
               ? ControlCode::digits_point
               : static_cast<ControlCode>(static_cast<int>(ControlCode::digit_0) + (digit - '0'));
}

// Scans the printed codes of these digits, one by one; the reply to the last.
Reply key(Ward& ward, std::string_view digits) {
    Reply reply;
    for (const char digit : digits) {
        reply = ward.run(a_control(code_of(digit)));
    }
    return reply;
}

Reply enter(Ward& ward, std::string_view digits, ControlCode with = ControlCode::digits_enter) {
    key(ward, digits);
    return ward.run(a_control(with));
}

bool is_told(const Reply& reply) {
    return reply.warnings == std::vector<std::string>{"digits_dropped"};
}

// A product whose code bears no date was scanned on the line of epi, and nothing is on file.
Ward a_ward_without_date() {
    Ward ward = a_ward();
    ward.stock("OR-1", "epi", Holding{});
    ward.open();
    REQUIRE(ward.run(a_gs1_scan(epi).lot("N7")).message == "needs_expiry");
    return ward;
}

FunctionTest a_reading(const char* id, TestUnit unit, const char* least) {
    FunctionTest test;
    test.id = id;
    test.name = {id, id};
    test.unit = unit;
    test.least = parse_amount(least);
    return test;
}

} // namespace

TEST_CASE("the codes of the digits are numbered, and each says which it is") {
    for (int digit = 0; digit <= 9; ++digit) {
        const auto code = control_code(100 + digit);
        REQUIRE(code);
        CHECK(digit_of(*code) == digit);
        CHECK(to_text(*code) == "digit_" + std::to_string(digit));
    }
    CHECK_FALSE(control_code(99));
    CHECK_FALSE(control_code(110));
    CHECK_FALSE(digit_of(ControlCode::digits_enter));
    CHECK(control_code(17) == ControlCode::digits_point);
    CHECK(control_code(18) == ControlCode::digits_enter);
    CHECK(control_code(19) == ControlCode::digits_clear);
    CHECK(control_code(23) == ControlCode::digits_enter_before);
}

SCENARIO("a number grows on the screen and counts when it is entered") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    const std::vector<Holding> before = ward.counted("epi");

    Reply reply = key(ward, "12");
    CHECK(reply.message == "digits_so_far");
    CHECK(reply.kind == ReplyKind::command);
    CHECK(reply.values == Values{{"digits", "12"}, {"day", ""}});
    CHECK(reply.line == "epi");
    CHECK(ward.counted("epi") == before);
    CHECK(ward.last.events.empty());

    WHEN("one more digit and Enter are scanned") {
        reply = enter(ward, "0");
        THEN("that number is what is there, in one step") {
            CHECK(reply.message == "quantity_set");
            CHECK(ward.counted("epi").front().quantity == 120);
            CHECK(ward.last.events.size() == 1);
            CHECK(ward.session.digits.empty());
        }
    }
    WHEN("anything else is scanned") {
        const auto other = GENERATE(as<std::string>{}, "product", "quantity", "cart", "help");
        Command command = a_control(ControlCode::help);
        if (other == "product") {
            command = a_gs1_scan(blade);
        } else if (other == "quantity") {
            command = a_quantity(3);
        } else if (other == "cart") {
            command = a_scan(ward.cart("OR-1").tag);
        }
        reply = ward.run(command);
        THEN("the digits are gone, nothing counts them, and it is said: " + other) {
            CHECK(is_told(reply));
            CHECK(reply.kind != ReplyKind::accept);
            CHECK(ward.session.digits.empty());
            CHECK(
                ward.counted("epi").front().quantity
                == (other == "quantity" ? 3 : before.front().quantity));
            CHECK(ward.run(a_control(ControlCode::digits_enter)).message == "digits_none");
            CHECK_FALSE(is_told(ward.run(a_control(ControlCode::help))));
        }
    }
    WHEN("the digits are cleared, or undone") {
        const ControlCode by = GENERATE(ControlCode::digits_clear, ControlCode::undo);
        reply = ward.run(a_control(by));
        THEN("nothing else is") {
            CHECK(reply.message == "digits_cleared");
            CHECK(reply.values.at("digits") == "12");
            CHECK(reply.warnings.empty());
            CHECK(ward.counted("epi") == before);
            CHECK(enter(ward, "7").message == "quantity_set");
            CHECK(ward.counted("epi").front().quantity == 7);
        }
    }
}

SCENARIO("digits that were not entered are neither signed away nor kept for somebody else") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    Reply reply = key(ward, "12");
    WHEN("the checker's badge is scanned") {
        reply = ward.badge("N1");
        THEN("it signs nothing before the number is said or given up") {
            CHECK(reply.message == "digits_not_signed");
            CHECK(ward.brought<CheckReviewed>() == 0);
            CHECK(ward.badge("N1").message == "review_missing");
        }
    }
    WHEN("somebody comes back after a while") {
        ward.let_pass(std::chrono::minutes(11));
        reply = key(ward, "5");
        THEN("the digits begin anew, and it is said") {
            CHECK(reply.values.at("digits") == "5");
            CHECK(is_told(reply));
        }
    }
}

TEST_CASE("numbers of units: up to four digits, whole, and nothing else") {
    struct Example {
        const char* digits;
        const char* message;
        int quantity; // −1: as it was
    };

    const auto example = GENERATE(values<Example>({
        {"51", "quantity_set", 51},
        {"0051", "quantity_set", 51},
        {"9999", "quantity_set", 9999},
        {"10000", "digits_refused", -1},
        {"1234567", "digits_refused", -1},
        {"9999999999", "digits_refused", -1},
        {"0", "line_missing", 0},
    }));
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    const int before = ward.counted("epi").front().quantity;

    DYNAMIC_SECTION(example.digits) {
        CHECK(enter(ward, example.digits).message == example.message);
        const auto counted = ward.counted("epi");
        const int units = counted.empty() ? 0 : counted.front().quantity;
        CHECK(units == (example.quantity < 0 ? before : example.quantity));
    }
    DYNAMIC_SECTION("an eleventh digit is refused: " << example.digits) {
        key(ward, "1234567890");
        const Reply reply = key(ward, "1");
        CHECK(reply.message == "digits_full");
        CHECK(ward.session.digits == "1234567890");
        CHECK_FALSE(is_told(reply));
    }
    DYNAMIC_SECTION("units have no decimals: " << example.digits) {
        key(ward, "1");
        CHECK(key(ward, ".").message == "digits_no_point");
        CHECK(ward.session.digits == "1");
    }
}

TEST_CASE("a date in six or eight digits, said before it is entered") {
    struct Example {
        const char* digits;
        const char* day; // empty: none
    };

    const auto example = GENERATE(values<Example>({
        {"20270630", "2027-06-30"},
        {"20270600", "2027-06-30"},
        {"202706", "2027-06-30"},
        {"270630", "2027-06-30"},
        {"270600", "2027-06-30"},
        {"20280229", "2028-02-29"},
        {"20270229", ""},
        {"20271301", ""},
        {"20270631", ""},
        {"20270699", ""},
        {"19270630", ""},
        {"202713", ""},
        {"270001", ""},
        {"000000", ""},
    }));
    Ward ward = a_ward_without_date();

    DYNAMIC_SECTION(example.digits) {
        const Reply shown = key(ward, example.digits);
        CHECK(shown.values.at("day") == example.day);
        const Reply reply = ward.run(a_control(ControlCode::digits_enter));
        const auto counted = ward.counted("epi");
        if (*example.day == '\0') {
            CHECK(reply.message == "digits_refused");
            CHECK(counted.empty());
        } else {
            REQUIRE(counted.size() == 1);
            CHECK(counted.front().lot == "N7");
            CHECK(counted.front().last_usable_day == day(example.day));
        }
    }
}

TEST_CASE("a date from which a pack is not usable is entered with a code of its own") {
    const auto [digits, last] = GENERATE(table<std::string, std::string>({
        {"20270630", "2027-06-29"},
        {"20270701", "2027-06-30"},
        {"202707", "2027-06-30"},
        {"270700", "2027-06-30"},
        {"280301", "2028-02-29"},
    }));
    Ward ward = a_ward_without_date();
    DYNAMIC_SECTION(digits) {
        enter(ward, digits, ControlCode::digits_enter_before);
        REQUIRE(ward.counted("epi").size() == 1);
        CHECK(ward.counted("epi").front().last_usable_day == day(last));
    }
    DYNAMIC_SECTION("a number is no date: " << digits) {
        CHECK(enter(ward, "5", ControlCode::digits_enter_before).message == "digits_refused");
        CHECK(ward.counted("epi").empty());
    }
}

SCENARIO("which of several lots is meant is said by its number") {
    Ward ward = a_ward();
    ward.define({StockRecorded{
        "OR-1", "epi", {a_lot("A1", "2027-12-31", 3), a_lot("A2", "2027-10-31", 2)}}});
    ward.open();
    ward.run(a_scan(ward.line("OR-1", "epi").tag));
    const Reply asked = enter(ward, "55");
    REQUIRE(asked.message == "which_lot");
    CHECK(asked.values.at("lots") == "1) A1, 2) A2");

    WHEN("the second is chosen and counted") {
        CHECK(enter(ward, "2").message == "enter_quantity");
        CHECK(enter(ward, "55").message == "quantity_set");
        THEN("it is that lot") {
            REQUIRE(ward.counted("epi").size() == 1);
            CHECK(ward.counted("epi").front().lot == "A2");
            CHECK(ward.counted("epi").front().quantity == 55);
        }
    }
    WHEN("the number is not on the list") {
        const auto digits = GENERATE(as<std::string>{}, "0", "3", "99");
        const Reply reply = enter(ward, digits);
        THEN("it is refused, nothing is counted, and the question stands: " + digits) {
            CHECK(reply.message == "digits_no_choice");
            CHECK(reply.values.at("count") == "2");
            CHECK(ward.counted("epi").empty());
            CHECK(enter(ward, "1").message == "enter_quantity");
        }
    }
    WHEN("something else came between") {
        ward.run(a_control(ControlCode::help));
        THEN("a number is a number again, and asks anew") {
            CHECK(enter(ward, "2").message == "which_lot");
        }
    }
}

TEST_CASE("which reading of a code stands on the pack is said by its number") {
    Ward ward = a_ward();
    ward.open();
    ScanBuilder scan = a_gs1_scan(epi).lot("B217271231");
    codes::Candidate other{codes::Family::gs1, epi, {{"lot", "B2"}, {"expiry", "2027-12-31"}}};
    scan.code.candidates.push_back(other);
    scan.code.warnings.emplace_back("missing_separator_suspected");
    const Reply asked = ward.run(scan);
    REQUIRE(asked.message == "unclear_code");
    REQUIRE(asked.readings.size() == 2);
    CHECK(asked.values.at("readings").substr(0, 3) == "1) ");

    CHECK(enter(ward, "3").message == "digits_no_choice");
    CHECK(ward.counted("epi").empty());
    enter(ward, "2");
    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().lot == asked.readings[1].lot);
}

SCENARIO("a whole device is tested by scans alone") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    FunctionTest self;
    self.id = "self";
    self.name = {"自检", "Self-test"};
    FunctionTest energy = a_reading("energy", TestUnit::joule, "");
    energy.selected = parse_amount("200");
    cart.devices.front().tests = {
        self,
        a_reading("battery", TestUnit::percent, "50"),
        a_reading("oxygen", TestUnit::megapascal, "10"),
        energy};
    REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
    ward.open();
    ward.run(a_scan(cart.devices.front().tag));

    // The first asks yes or no: a number does not answer it.
    CHECK(enter(ward, "1").message == "test_yes_no");
    CHECK(ward.run(a_control(ControlCode::test_passed)).message == "test_passed");
    CHECK(key(ward, "98").device == "defib");
    CHECK(ward.run(a_control(ControlCode::digits_enter)).values.at("shown") == "98 %");
    CHECK(key(ward, "12.").values.at("digits") == "12.");
    CHECK(key(ward, ".").message == "digits_no_point");
    CHECK(enter(ward, "5").values.at("shown") == "12.5 MPa");
    CHECK(enter(ward, ".").message == "digits_refused"); // "0." is no number
    CHECK(enter(ward, "201.5").values.at("shown") == "201.5 J");

    const auto& tests = ward.check().progress.tests.at("defib");
    CHECK(tests.size() == 4);
    CHECK(tests.at("oxygen").value == parse_amount("12.5"));
    CHECK(is_settled(*find_device(ward.cart("OR-1"), "defib"), ward.check().progress));
    // A date is no reading.
    ward.run(a_scan(cart.devices.front().tag));
    CHECK(enter(ward, "20270101", ControlCode::digits_enter_before).message == "digits_refused");
}

TEST_CASE("what was used and what is left in an emergency is said in digits") {
    Ward ward = a_ward();
    ward.run(a_control(ControlCode::used));
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    CHECK(enter(ward, "4").message == "unit_used");
    CHECK(ward.run(a_control(ControlCode::count_left)).message == "enter_left");
    CHECK(enter(ward, "1").message == "left_counted");
    CHECK(ward.check().progress.lines.at("epi").left == 1);
    CHECK(enter(ward, "20270101").message == "quantity_out_of_range");
}

TEST_CASE("digits without anything that they could be of say what is missing") {
    Ward ward = a_ward();
    CHECK(key(ward, "5").message == "scan_cart_first");
    CHECK(ward.session.digits.empty());
    CHECK(key(ward, ".").message == "scan_cart_first");
    CHECK(ward.run(a_control(ControlCode::digits_enter)).message == "digits_none");
    CHECK(ward.run(a_control(ControlCode::digits_clear)).message == "digits_none");
    ward.open();
    CHECK(key(ward, "5").message == "no_current_line");
    CHECK(ward.session.digits.empty());
}

} // namespace cartwatch::digits_test
