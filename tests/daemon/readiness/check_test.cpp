#include "daemon/readiness/limits.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::check_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Command epi_scan() {
    return a_gs1_scan(epi).lot("A1").expiry("2027-12-31");
}

// Everything on OR-1 counted and tested.
void count_all(Ward& ward) {
    ward.run(epi_scan());
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
    for (const char* serial : {"1", "2", "3"}) {
        ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial(serial));
    }
    ward.run(a_gs1_scan(blade));
    ward.run(ReportTest{true, "defib"});
    ward.run(ReportTest{true, "suction"});
}

} // namespace

TEST_CASE("a badge and a cart, in either order, open a check") {
    Ward ward = a_ward();

    SECTION("badge first") {
        CHECK(ward.badge("N1").message == "badge_known");
        CHECK(ward.last.events.empty());
        CHECK(ward.scan_cart("OR-1").message == "check_opened");
    }
    SECTION("cart first") {
        CHECK(ward.scan_cart("OR-1").message == "cart_known");
        CHECK(ward.last.events.empty());
        CHECK(ward.badge("N1").message == "check_opened");
    }

    CHECK(ward.check().id == "ward-3f/1");
    CHECK(ward.check().cart == "OR-1");
    CHECK(ward.check().opened_by == "N1");
    CHECK(ward.last.actor == "N1");
}

TEST_CASE("the last badge and the last cart count where none is open") {
    Ward ward = a_ward();
    ward.badge("N1");
    ward.badge("N2");
    ward.scan_cart("OR-1");
    CHECK(ward.check().checker == "N2");
}

TEST_CASE("who is retired checks nothing, and a retired cart is not checked") {
    Ward ward = a_ward();
    CHECK(ward.badge("R1").message == "badge_retired");
    CHECK(ward.session.staff.empty());

    Cart gone = ward.cart("OR-2");
    gone.retired = true;
    ward.define({CartDefined{gone}});
    CHECK(ward.scan_cart("OR-2").message == "cart_retired");

    AND_WHEN("somebody is retired between badge and cart") {
        ward.badge("N1");
        Staff leaver = *find_staff(ward.state, "ward-3f", "N1");
        leaver.retired = true;
        ward.define({StaffDefined{leaver}});
        CHECK(ward.scan_cart("OR-1").message == "cart_known");
        CHECK(ward.last.events.empty());
    }
}

TEST_CASE("a cart that was checked on this working day says by whom") {
    Ward ward = a_ward();
    ward.open();
    ward.sign();

    const Reply reply = ward.open("OR-1", "N2");

    CHECK(reply.message == "check_opened_again");
    CHECK(reply.kind == ReplyKind::attention);
    CHECK(reply.values.at("last_by") == "name of N1");
    CHECK(ward.check().id == "ward-3f/2");

    AND_WHEN("the next working day begins, it does not") {
        ward.run(CancelCheck{});
        ward.context.working_day += std::chrono::days(1);
        CHECK(ward.open("OR-1", "N2").message == "check_opened");
    }
}

TEST_CASE("an open check is found again by its cart, with every scan") {
    Ward ward = a_ward();
    ward.open();
    ward.run(epi_scan());
    CHECK(ward.scan_cart("OR-1").kind == ReplyKind::accept); // still here

    ward.session = Session{}; // the power failed
    const Reply reply = ward.scan_cart("OR-1");

    CHECK(reply.message == "check_resumed");
    CHECK(reply.kind == ReplyKind::attention);
    CHECK(reply.values.at("opened_by") == "name of N1");
    CHECK(reply.values.at("done") == "1");
    CHECK(reply.values.at("required") == "6");
    CHECK(ward.session.line == "epi");
    CHECK(ward.session.lot == "A1");
    CHECK(ward.counted("epi").size() == 1);
    CHECK(ward.last.events.empty());
}

TEST_CASE("another person's badge before the cart takes the check over") {
    Ward ward = a_ward();
    ward.open();
    ward.session = Session{};
    ward.badge("N2");
    CHECK(ward.scan_cart("OR-1").message == "check_resumed");
    CHECK(ward.check().checker == "N2");
    CHECK(ward.last.actor == "N2");
}

TEST_CASE("another person's badge in a check takes it") {
    Ward ward = a_ward();
    ward.open();
    const Reply reply = ward.badge("N2");
    CHECK(reply.message == "check_taken");
    CHECK(reply.values.at("before") == "name of N1");
    ward.run(epi_scan());
    CHECK(ward.check().steps.back().by == "N2");
    CHECK(ward.last.actor == "N2");
}

TEST_CASE("what has no step is listed before the signature, and again after any change") {
    Ward ward = a_ward();
    ward.open();
    ward.run(epi_scan());

    const Reply reply = ward.badge("N1");
    CHECK(reply.message == "review_missing");
    CHECK(reply.values.at("count") == "5");
    CHECK(reply.values.at("names_en") == "atropine, ketamine, blade, defib, suction");
    CHECK(ward.check().reviewed);

    SECTION("the next signature closes") {
        CHECK(ward.badge("N1").message == "check_closed");
        CHECK(
            ward.first<CheckClosed>().not_scanned
            == std::vector<std::string>{"atropine", "ketamine", "blade", "defib", "suction"});
        CHECK(ward.node().open_checks.empty());
    }
    SECTION("a step asks for a new look") {
        ward.run(ReportTest{true, "defib"});
        CHECK(ward.badge("N1").message == "review_missing");
    }
    SECTION("so does an undone step") {
        ward.run(Undo{});
        CHECK(ward.badge("N1").values.at("count") == "6");
    }
    SECTION("so does another person") {
        ward.badge("N2");
        CHECK(ward.badge("N2").message == "review_missing");
    }
    SECTION("asked for by the printed code, it says to sign then") {
        CHECK(ward.run(a_control(ControlCode::close)).message == "sign_with_badge");
        CHECK(ward.last.events.empty());
    }
}

TEST_CASE("the printed code for closing shows what is missing") {
    Ward ward = a_ward();
    ward.open();
    CHECK(ward.run(a_control(ControlCode::close)).message == "review_missing");
    CHECK(ward.badge("N1").message == "check_closed");
}

TEST_CASE("a long list of what is missing is cut, its count is not") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    for (int i = 0; i < 30; ++i) {
        cart.lines.push_back(a_line("blade", "blade-" + std::to_string(i)));
    }
    ward.define({CartDefined{cart}});
    ward.open();
    const Reply reply = ward.run(CloseCheck{});
    CHECK(reply.values.at("count") == "36");
    CHECK(reply.values.at("names_en").ends_with("…"));
}

TEST_CASE("a whole check in order closes at once and leaves the cart ready") {
    Ward ward = a_ward();
    ward.open();
    count_all(ward);
    ward.run(a_scan(codes::own_tag(codes::TagType::seal, 457722)));

    const Reply reply = ward.badge("N1");

    CHECK(reply.message == "check_closed");
    CHECK(reply.kind == ReplyKind::accept);
    CHECK(reply.values.at("readiness") == "ready");
    CHECK(reply.values.at("in_order") == "6");
    CHECK(ward.brought<AlertRaised>() == 0);
    const Cart& cart = ward.cart("OR-1");
    CHECK(cart.last_full_check == ward.context.working_day);
    REQUIRE(cart.seal);
    CHECK(cart.seal->intact);
    CHECK(cart.devices.front().last_test == DeviceTest{ward.context.working_day, true});
    CHECK(ward.session.check.empty());
}

TEST_CASE("what was not counted is empty afterwards, what was not tested is untested") {
    Ward ward = a_ward();
    ward.open();
    count_all(ward);
    ward.badge("N1");
    ward.open();
    ward.sign();

    CHECK(ward.line("OR-1", "epi").holdings.empty());
    CHECK_FALSE(ward.cart("OR-1").devices.front().last_test);
    CHECK(ward.first<CheckClosed>().readiness == Readiness::not_ready);
    CHECK(ward.brought<AlertRaised>() == 4);
}

TEST_CASE("a check before the working day begins belongs to the day before") {
    Ward ward = a_ward();
    ward.context.working_day = ward.context.today - std::chrono::days(1);
    ward.open();
    count_all(ward);
    ward.badge("N1");
    CHECK(ward.cart("OR-1").last_full_check == day("2026-11-21"));
    CHECK(ward.node().last_checks.at("OR-1").working_day == day("2026-11-21"));
}

TEST_CASE("opening breaks the seal, and only closing with a number makes a new one") {
    Ward ward = a_ward();
    const std::string seal = codes::own_tag(codes::TagType::seal, 1);
    CHECK(ward.run(a_scan(seal)).message == "scan_cart_first");
    ward.open();
    CHECK(ward.run(a_scan(seal)).message == "seal_read");
    ward.sign();
    REQUIRE(ward.cart("OR-1").seal == Seal{seal, true});

    ward.open();
    CHECK(ward.cart("OR-1").seal == Seal{seal, false});

    SECTION("cancelled: it stays broken") {
        CHECK(ward.run(a_control(ControlCode::cancel)).message == "check_cancelled");
        CHECK(ward.cart("OR-1").seal == Seal{seal, false});
        CHECK(ward.node().open_checks.empty());
        CHECK(ward.session.check.empty());
    }
    SECTION("closed without a number: none") {
        ward.sign();
        CHECK_FALSE(ward.cart("OR-1").seal);
    }
    SECTION("a seal is used once") {
        ward.run(epi_scan()); // before that it would be a check of the seal
        CHECK(ward.run(a_scan(seal)).message == "seal_reused");
    }
    SECTION("a number without a tag of ours") {
        ward.run(epi_scan());
        CHECK(ward.run(EnterSeal{""}).message == "seal_refused");
        CHECK(ward.run(EnterSeal{std::string(64, '7')}).message == "seal_read");
        CHECK(ward.run(EnterSeal{std::string(65, '7')}).message == "seal_refused");
        CHECK(ward.run(EnterSeal{"0457722"}).message == "seal_read");
        ward.sign();
        CHECK(ward.cart("OR-1").seal == Seal{"0457722", true});
    }
}

TEST_CASE("steps are undone one at a time, to any depth") {
    Ward ward = a_ward();
    ward.open();
    CHECK(ward.run(Undo{}).message == "nothing_to_undo");
    const std::vector<std::pair<Command, std::string>> steps = {
        {epi_scan(), "line_counted"},
        {EnterQuantity{7, ""}, "line_counted"},
        {an_unreadable_scan("01"), "scan_noted"},
        {a_gs1_scan(gtin_of(900)), "code_parked"},
        {MarkMissing{"atropine"}, "line_missing"},
        {ReportTest{false, "defib"}, "device_tested"},
        {EnterSeal{"77"}, "seal_read"},
        {a_gs1_scan(atropine).lot("OLD").expiry("2026-01-01"), "line_counted"},
        {TakeOutExpired{"atropine"}, "holding_taken_out"},
    };
    std::vector<CheckProgress> before;
    for (const auto& [command, what] : steps) {
        before.push_back(ward.check().progress);
        ward.run(command);
    }

    for (std::size_t i = steps.size(); i-- > 0;) {
        const Reply reply = ward.run(a_control(ControlCode::undo));
        CHECK(reply.message == "undone");
        CHECK(reply.kind == ReplyKind::command);
        CHECK(reply.values.at("what") == steps[i].second);
        CHECK(ward.check().progress == before[i]);
    }
    CHECK(ward.run(Undo{}).message == "nothing_to_undo");
    CHECK(ward.check().steps.size() == steps.size()); // nothing is erased
}

TEST_CASE("after undo a number lands on no line that the person left") {
    Ward ward = a_ward();
    ward.open();
    ward.run(epi_scan());
    ward.run(a_gs1_scan(blade));

    SECTION("the scan undone: nothing is current") {
        ward.run(Undo{});
        CHECK(ward.run(EnterQuantity{5, ""}).message == "no_current_line");
        CHECK(ward.counted("epi").front().quantity == 10);
    }
    SECTION("a number undone: its line stays current") {
        ward.run(EnterQuantity{3, ""});
        ward.run(Undo{});
        CHECK(ward.run(EnterQuantity{2, ""}).line == "blade");
    }
}

TEST_CASE("a device is chosen by its tag or the hospital's code, then tested") {
    Ward ward = a_ward();
    const std::string tag = ward.cart("OR-1").devices.front().tag;
    const bool by_tag = GENERATE(true, false);
    CHECK(ward.run(a_scan(tag)).message == "scan_cart_first");
    CHECK(ward.run(ReportTest{true, ""}).message == "scan_cart_first");
    ward.open();
    CHECK(ward.run(a_control(ControlCode::test_passed)).message == "no_current_device");

    const Reply chosen = ward.run(a_scan(by_tag ? tag : "ASSET-77"));
    CHECK(chosen.message == "test_device");
    CHECK(chosen.device == "defib");
    CHECK(ward.last.events.empty());

    SECTION("passed") {
        CHECK(ward.run(a_control(ControlCode::test_passed)).kind == ReplyKind::accept);
        CHECK(ward.check().progress.devices.at("defib"));
    }
    SECTION("failed") {
        CHECK(ward.run(a_control(ControlCode::test_failed)).kind == ReplyKind::attention);
        CHECK_FALSE(ward.check().progress.devices.at("defib"));
    }
    SECTION("not there: as good as failed") {
        CHECK(ward.run(a_control(ControlCode::missing)).message == "device_failed");
    }
    SECTION("no such device") {
        CHECK(ward.run(ReportTest{true, "pump"}).message == "unknown_device");
        CHECK(ward.run(SelectDevice{"suction"}).message == "test_device");
    }
    SECTION("a product scanned after it takes the numbers") {
        ward.run(epi_scan());
        CHECK(ward.session.device.empty());
    }
}

TEST_CASE("an unknown code is parked, once, and the loop goes on") {
    Ward ward = a_ward();
    const Command unknown = a_scan("HOSPITAL-4711");
    CHECK(ward.run(unknown).message == "scan_cart_first");
    CHECK(ward.last.events.empty());
    ward.open();

    CHECK(ward.run(unknown).message == "unknown_code");
    ward.run(unknown);
    CHECK(ward.check().progress.parked == std::vector<std::string>{"HOSPITAL-4711"});
    CHECK(ward.check().steps.size() == 2);
    CHECK(ward.run(epi_scan()).verdict == Verdict::ok);
}

TEST_CASE("parked codes are bounded") {
    Ward ward = a_ward();
    ward.open();
    for (int i = 0; i < parked_max; ++i) {
        REQUIRE(ward.run(a_scan("CODE-" + std::to_string(i))).message == "unknown_code");
    }
    CHECK(ward.run(a_scan("ONE-MORE")).message == "parked_full");
    CHECK(ward.last.events.empty());
}

TEST_CASE("steps are bounded, and a full check can still be undone and signed") {
    Ward ward = a_ward();
    ward.open();
    for (int i = 0; i < steps_max; ++i) {
        ward.record(
            CheckStepped{ward.session.check, i + 1, "N1", ScanNoted{"x", "unreadable", ""}});
    }
    CHECK(ward.run(epi_scan()).message == "check_full");
    CHECK(ward.last.events.empty());
    CHECK(ward.session.line.empty());
    CHECK(ward.run(Undo{}).message == "undone");
    CHECK(ward.sign().message == "check_closed");
}

TEST_CASE("tags that mean nothing here say so") {
    Ward ward = a_ward();
    ward.open();
    const auto tag = [](codes::TagType type) { return a_scan(codes::own_tag(type, 4'000'000)); };
    CHECK(ward.run(tag(codes::TagType::staff)).message == "unknown_badge");
    CHECK(ward.run(tag(codes::TagType::cart)).message == "unknown_tag");
    CHECK(ward.run(tag(codes::TagType::line)).message == "unknown_tag");
    CHECK(ward.run(tag(codes::TagType::command)).message == "unknown_tag");
    CHECK(ward.run(tag(codes::TagType::scanner_test)).message == "scanner_test");
    CHECK(ward.check().progress.parked.empty());
}

TEST_CASE("commands of a check need one") {
    Ward ward = a_ward();
    for (const Command& command : std::vector<Command>{
             Undo{},
             CloseCheck{},
             CancelCheck{},
             SelectLine{"epi", ""},
             SelectDevice{"defib"},
             a_gs1_scan(epi),
             a_scan(ward.line("OR-1", "epi").tag)}) {
        CHECK(ward.run(command).message == "scan_cart_first");
        CHECK(ward.last.events.empty());
    }
    CHECK(ward.run(an_unreadable_scan("01")).message == "unreadable");
}

TEST_CASE("a check that was closed elsewhere is none") {
    Ward ward = a_ward();
    ward.session.station = "OR";
    ward.open();
    const Session stale = ward.session;
    ward.run(CancelCheck{});
    ward.session = stale;

    CHECK(ward.run(EnterQuantity{3, "epi"}).message == "scan_cart_first");
    CHECK(ward.session.check.empty());
    CHECK(ward.session.station == "OR");
}

TEST_CASE("a list that changes during a check drops the steps that no longer fit") {
    Ward ward = a_ward();
    ward.open();
    ward.run(epi_scan());
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
    ward.run(ReportTest{true, "defib"});
    Cart cart = ward.cart("OR-1");

    SECTION("a line is gone") {
        cart.lines.erase(cart.lines.begin());
        REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
        CHECK_FALSE(ward.check().progress.lines.contains("epi"));
    }
    SECTION("a line asks for another product") {
        cart.lines.front().product = "norepi";
        REQUIRE(ward.define({CartDefined{cart}}).message == "defined");
        CHECK_FALSE(ward.check().progress.lines.contains("epi"));
        CHECK(ward.line("OR-1", "epi").holdings.empty());
    }

    CHECK(ward.counted("atropine").size() == 1);
    CHECK(ward.sign().message == "check_closed");
}

TEST_CASE("entries that do not fit change nothing") {
    Ward ward = a_ward();
    ward.open();
    ward.run(epi_scan());
    const std::string id = ward.session.check;
    const State before = ward.state;

    const std::vector<Event> misfits = {
        CheckOpened{id, "OR-2", CheckKind::full, "N1"},
        CheckOpened{"ward-3f/9", "OR-1", CheckKind::full, "N1"},
        CheckOpened{"ward-3f/9", "nowhere", CheckKind::full, "N1"},
        CheckTaken{"no such check", "N2"},
        CheckStepped{"no such check", 1, "N1", SealRead{"1"}},
        CheckStepped{id, 1, "N1", SealRead{"1"}},
        CheckStepped{id, 3, "N1", SealRead{"1"}},
        StepUndone{"no such check", 1, "N1"},
        StepUndone{id, 7, "N1"},
        CheckReviewed{"no such check"},
        CheckClosed{id, "OR-2", "N1", ward.context.today, Readiness::ready, 0, 0, {}, {}, {}},
        CheckClosed{"no such check", "OR-1", "N1", {}, Readiness::ready, 0, 0, {}, {}, {}},
        CheckCancelled{"no such check", "OR-1", "N1"},
        StockRecorded{"nowhere", "epi", {}},
        StockRecorded{"OR-1", "nowhere", {}},
        AlertChanged{{"OR-1", "epi"}, 1, {}},
        AlertClosed{{"OR-1", "epi"}, 1, true},
        AlertAccepted{"ward-3f", {"OR-1", "epi"}, 1, "N1", {}, 0},
        AlertHandedBack{"ward-3f", {"OR-1", "epi"}, 1, "N1"},
        UnknownEvent{"weather.changed"},
    };
    for (const Event& event : misfits) {
        ward.record(event);
        CHECK(ward.state == before);
    }
    ward.receive("pharmacy", AlertAccepted{"no such ward", {"OR-1", "epi"}, 1, "P1", {}, 0});
    CHECK(ward.state == before);
}

} // namespace cartwatch::check_test
