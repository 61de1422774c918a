#include "daemon/readiness/limits.hpp"
#include "daemon/web/views.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::views_test {

namespace {

using namespace cartwatch::web;
using namespace cartwatch::readiness;

Json view_at(FakeProgram& program, std::string_view station) {
    return view_of(program.service(), station);
}

Json check_with(const std::vector<StepAction>& actions) {
    FakeProgram program;
    open_check(program.state, actions);
    program.session.check = "ward-1/1";
    return view_at(program, "OR")["check"];
}

} // namespace

SCENARIO("the page of a station shows its carts as they are judged", "[web][view]") {
    GIVEN("a theatre whose cart is short of epinephrine") {
        FakeProgram program;
        program.link = {LinkState::connected, 2, instant("2026-11-22T01:00:00.000Z"), 7};

        const Json view = view_at(program, "OR");

        THEN("it says who speaks and when") {
            CHECK(view["role"] == "ward");
            CHECK(view["node"] == "ward-1");
            CHECK(view["now"] == "2026-11-22T02:06:39.123Z");
            CHECK(view["today"] == "2026-11-22");
            CHECK(view["station"]["name"]["zh"] == "手术室");
            CHECK(view["recording"] == true);
            CHECK(view["check"].is_null());
            CHECK(view["last"].is_null());
        }

        THEN("the link says what waits, and since when") {
            CHECK(view["link"]["state"] == "connected");
            CHECK(view["link"]["waiting"] == 2);
            CHECK(view["link"]["waiting_since"] == "2026-11-22T01:00:00.000Z");
        }

        THEN("the cart is never called ready") {
            REQUIRE(view["carts"].size() == 1);
            const Json& cart = view["carts"][0];
            CHECK(cart["readiness"] == "degraded");
            CHECK(cart["ready_until"].is_null());
            CHECK(cart["functions"]["drugs"] == "degraded");
            CHECK(cart["functions"]["circulation"] == "ready");
            CHECK(cart["next_due"] == "2026-11-23");
            CHECK(cart["days_to_due"] == 1);
            REQUIRE(cart["due"].size() == 1);
            CHECK(
                cart["due"][0].dump()
                == R"({"kind":"full","on":"2026-11-23","days":1,"state":"tomorrow","by_shift":false})");
            CHECK(cart["in_order"] == 2);
            CHECK(cart["required"] == 3);
            CHECK(cart["seal"]["number"] == "0457722");
            CHECK(cart["open_check"].is_null());
        }

        THEN("the first finding says what is short and why") {
            const Json finding = view["carts"][0]["findings"][0];
            CHECK(finding["kind"] == "shortage");
            CHECK(finding["severity"] == "high");
            CHECK(finding["subject"] == "epi");
            CHECK(finding["name"]["en"] == "Epinephrine");
            CHECK(finding["quantity"] == 5);
            CHECK(finding["reasons"] == Json::parse(R"({"damaged":1,"absent":4})"));
        }
    }
}

TEST_CASE("a station without carts has an empty list", "[web][view]") {
    FakeProgram program;

    CHECK(view_at(program, "N3")["carts"] == Json::array());
}

TEST_CASE("a retired cart is not shown", "[web][view]") {
    FakeProgram program;
    program.state.nodes["ward-1"].carts["OR-1"].retired = true;

    CHECK(view_at(program, "OR")["carts"].empty());
}

TEST_CASE("an alert is delivered once the pharmacy has its last change", "[web][view]") {
    struct Example {
        const char* name;
        std::int64_t delivered_seq;
        bool delivered;
    };

    const auto example = GENERATE(values<Example>({
        {"nothing of it", 0, false},
        {"just before", 8, false},
        {"exactly", 9, true},
        {"long past it", 1'000'000, true},
    }));
    FakeProgram program;
    program.state.nodes["ward-1"].alerts[{"OR-1", "epi"}].changed_seq = 9;
    program.link.delivered_seq = example.delivered_seq;

    DYNAMIC_SECTION(example.name) {
        const Json view = view_at(program, "OR");
        CHECK(view["carts"][0]["alerts"][0]["delivered"] == example.delivered);
    }
}

TEST_CASE("closed alerts are not shown", "[web][view]") {
    FakeProgram program;
    program.state.nodes["ward-1"].alerts[{"OR-1", "epi"}].state =
        GENERATE(AlertState::resolved, AlertState::withdrawn);

    CHECK(view_at(program, "OR")["carts"][0]["alerts"].empty());
}

SCENARIO("the page follows a check step by step", "[web][view][check]") {
    WHEN("it was just opened") {
        const Json check = check_with({});

        THEN("everything is open, and closing it would call all of it missing") {
            CHECK(check["id"] == "ward-1/1");
            CHECK(check["checker"]["name"] == "张敏");
            CHECK(check["done"] == 0);
            CHECK(check["total"] == 3);
            CHECK(check["lines"][0]["state"] == "open");
            CHECK(check["lines"][0]["counted"].is_null());
            CHECK(check["lines"][0]["usable"].is_null());
            CHECK(check["lines"][0]["on_file"] == 6);
            CHECK(check["devices"][0]["state"] == "open");
            CHECK(check["would_close"]["readiness"] == "not_ready");
            CHECK(check["would_close"]["not_scanned"].size() == 3);
        }

        THEN("a look-alike is named") {
            CHECK(check["lines"][0]["lasa_twin"]["en"] == "Norepinephrine");
            CHECK(check["lines"][1]["lasa_twin"]["en"] == "Epinephrine");
        }
    }

    WHEN("all of it was counted and tested") {
        const Json check = check_with(
            {counted("epi", "A2", "2028-01-31", 10),
             counted("norepi", "B1", "2027-12-31", 2),
             DeviceTested{"defib", true},
             SealRead{"0457723"}});

        THEN("nothing is an exception and the cart would be ready") {
            CHECK(check["done"] == 3);
            CHECK(check["exceptions"] == 0);
            CHECK(check["lines"][0]["state"] == "ok");
            CHECK(check["lines"][0]["usable"] == 10);
            CHECK(check["devices"][0]["state"] == "passed");
            CHECK(check["seal"] == "0457723");
            CHECK(check["would_close"]["readiness"] == "ready");
            // The lot on file goes before the one that was put in: is it still there?
            CHECK(check["would_close"]["not_scanned"].size() == 1);
        }

        THEN("steps stand newest first") {
            REQUIRE(check["steps"].size() == 4);
            CHECK(check["steps"][0]["action"] == "seal_read");
            CHECK(check["steps"][3]["action"] == "line_counted");
            CHECK(check["steps"][3]["name"]["en"] == "Epinephrine");
            CHECK(check["steps"][3]["quantity"] == 10);
            CHECK(check["steps"][3]["undone"] == false);
        }

        THEN("the old lot is still shown, as not counted") {
            const Json& lots = check["lines"][0]["lots"];
            REQUIRE(lots.size() == 2);
            CHECK(lots[0]["lot"] == "A2");
            CHECK(lots[0]["counted"] == true);
            CHECK(lots[1]["lot"] == "A1");
            CHECK(lots[1]["counted"] == false);
        }
    }
}

SCENARIO("a blind line tells nobody what is expected", "[web][view][check]") {
    const auto view_with = [](const std::vector<StepAction>& actions) {
        FakeProgram program;
        open_check(program.state, actions);
        Check& check = program.state.nodes["ward-1"].open_checks.at("ward-1/1");
        check.blind = {"epi"};
        check.progress = progress_of(check);
        program.session.check = "ward-1/1";
        return view_at(program, "OR")["check"];
    };
    const auto hidden = [](const Json& check) {
        const Json& line = check["lines"][0];
        for (const Json& lot : line["lots"]) {
            CHECK(lot["quantity"].is_null());
        }
        for (const Json& finding : check["would_close"]["findings"]) {
            if (finding["subject"] == "epi") {
                CHECK(finding["quantity"].is_null());
                CHECK(finding["reasons"].is_null());
            }
        }
        return line["blind"] == true && line["par"].is_null() && line["on_file"].is_null()
               && line["counted"].is_null() && line["usable"].is_null() && line["state"] == "open";
    };
    CHECK(hidden(view_with({})));
    const LineCounted scanned = counted("epi", "A2", "2028-01-31", 10);
    const Json after_scan = view_with({scanned});
    CHECK(hidden(after_scan));
    CHECK(after_scan["steps"][0]["quantity"].is_null());
    LineCounted numbered = scanned;
    numbered.number_entered = true;
    const Json after_number = view_with({scanned, numbered});
    CHECK(after_number["lines"][0]["blind"] == false);
    CHECK(after_number["lines"][0]["par"] == 10);
    CHECK(after_number["lines"][0]["counted"] == 10);
    CHECK(after_number["steps"][0]["quantity"] == 10);
    CHECK(after_number["steps"][1]["quantity"].is_null()); // the scan counted nothing
}

SCENARIO("what a check finds wrong is an exception", "[web][view][check]") {
    WHEN("one line is short, one is empty and the device failed") {
        const Json check = check_with(
            {counted("epi", "A2", "2028-01-31", 9),
             LineMissing{"norepi"},
             DeviceTested{"defib", false}});

        THEN("each is an exception") {
            CHECK(check["lines"][0]["state"] == "attention");
            CHECK(check["lines"][1]["state"] == "missing");
            CHECK(check["lines"][1]["counted"] == 0);
            CHECK(check["devices"][0]["state"] == "failed");
            CHECK(check["exceptions"] == 3);
            CHECK(check["would_close"]["readiness"] == "not_ready");
        }
    }

    WHEN("what was counted has expired") {
        const Json check = check_with({counted("epi", "A2", "2026-11-21", 10)});

        THEN("it is seen to be expired and none of it is usable") {
            CHECK(check["lines"][0]["state"] == "attention");
            CHECK(check["lines"][0]["counted"] == 10);
            CHECK(check["lines"][0]["usable"] == 0);
            CHECK(check["lines"][0]["lots"][0]["expired"] == true);
            CHECK(check["lines"][0]["lots"][0]["days_left"] == -1);
        }
    }
}

TEST_CASE("at most fifty steps are shown, the newest", "[web][view][check]") {
    struct Example {
        std::size_t steps;
        std::size_t shown;
    };

    const auto example = GENERATE(values<Example>({{49, 49}, {50, 50}, {51, 50}, {5000, 50}}));

    DYNAMIC_SECTION(example.steps) {
        const Json check =
            check_with(std::vector<StepAction>(example.steps, ScanNoted{"x", "unreadable", ""}));
        REQUIRE(check["steps"].size() == example.shown);
        CHECK(check["steps"][0]["number"] == example.steps);
    }
}

TEST_CASE("a session whose check is closed by now shows none", "[web][view]") {
    FakeProgram program;
    program.session.check = "ward-1/99";

    CHECK(view_at(program, "OR")["check"].is_null());
}

TEST_CASE("a session that rested shows nothing of what was read before", "[web][view]") {
    FakeProgram program;
    open_check(program.state, {});
    program.moment.uptime = std::chrono::hours(30);
    program.session.check = "ward-1/1";
    program.session.witness_for = "ward-1/1";
    program.session.staff = "N012";
    program.session.seal = "0457722";
    const auto [pause, rested] = GENERATE(table<std::chrono::milliseconds, bool>({
        {std::chrono::milliseconds(0), false},
        {session_rests_after, false},
        {session_rests_after + std::chrono::milliseconds(1), true},
        {std::chrono::hours(29), true},
    }));
    program.session.used_at = program.moment.uptime - pause;
    DYNAMIC_SECTION(pause.count() << " ms") {
        const Json view = view_at(program, "OR");

        CHECK(view["session"]["witness_due"] == !rested);
        CHECK(view["session"]["staff"].is_null() == rested);
        CHECK(view["session"]["seal"].is_null() == rested);
        CHECK(view["check"]["id"] == "ward-1/1"); // an open check stays
    }
}

TEST_CASE("bytes of a scan that are no text do not break the page", "[web][view]") {
    FakeProgram program;
    open_check(program.state, {CodeParked{"\xff\xfe\x1d"}});
    program.session.check = "ward-1/1";

    const Json read_back = Json::parse(dumped(view_at(program, "OR")));

    CHECK(read_back["check"]["parked"][0] == "\xef\xbf\xbd\xef\xbf\xbd\x1d");
}

TEST_CASE("a reply is shown with its day and the days left", "[web][view]") {
    Reply reply;
    reply.kind = ReplyKind::attention;
    reply.message = "near_expiry";
    reply.verdict = Verdict::near_expiry;
    reply.line = "epi";
    reply.last_usable_day = day("2026-12-01");
    reply.values = {{"lot", "A1"}};

    const Json json = reply_json(reply, day("2026-11-22"));

    CHECK(json["kind"] == "attention");
    CHECK(json["verdict"] == "near_expiry");
    CHECK(json["days_left"] == 9);
    CHECK(json["values"]["lot"] == "A1");
    CHECK(json["device"].is_null());
}

SCENARIO("the board shows every ward's needs", "[web][view][board]") {
    GIVEN("a pharmacy with one ward") {
        FakeProgram program = FakeProgram::of_pharmacy();
        program.wards = {{"ward-1", true, instant("2026-11-22T02:06:00.000Z"), std::nullopt, 12}};

        const Json board = view_at(program, "pharmacy");

        THEN("the alert says where, what, how many and why") {
            REQUIRE(board["alerts"].size() == 1);
            const Json& alert = board["alerts"][0];
            CHECK(alert["node"] == "ward-1");
            CHECK(alert["cart_name"]["en"] == "Crash cart 1");
            CHECK(alert["station"]["phone"] == "8001");
            CHECK(alert["name"]["zh"] == "肾上腺素");
            CHECK(alert["lasa_twin"]["en"] == "Norepinephrine");
            CHECK(alert["kind"] == "line");
            CHECK(alert["quantity"] == 5);
            CHECK(alert["usable"] == 5);
            CHECK(alert["kinds"] == Json::parse(R"(["damaged","shortage"])"));
            CHECK(alert["state"] == "raised");
            CHECK(alert["accepted_by"].is_null());
        }

        THEN("carts and wards are listed and counted") {
            CHECK(board["counts"]["open"] == 1);
            CHECK(board["counts"]["open_critical"] == 0);
            CHECK(board["carts"][0]["readiness"] == "degraded");
            CHECK(board["wards"][0]["connected"] == true);
            CHECK(board["wards"][0]["stations"].size() == 2);
            CHECK(board["wards"][0]["entries"] == 12);
        }
    }
}

TEST_CASE(
    "no view calls a cart better than overdue while the past is awaited", "[web][view][board]") {
    FakeProgram ward;
    FakeProgram pharmacy = FakeProgram::of_pharmacy();
    const auto carts = [&] {
        return std::vector<Json>{
            view_at(ward, "OR")["carts"], view_at(pharmacy, "pharmacy")["carts"]};
    };
    const std::vector<Json> known = carts();
    for (FakeProgram* program : {&ward, &pharmacy}) {
        program->past = PastStatus{"restored", *parse_instant("2026-11-22T02:00:00.000Z"), {}};
    }
    const std::vector<Json> awaited = carts();

    for (std::size_t i = 0; i < known.size(); ++i) {
        REQUIRE(known[i].size() == 1);
        const Json& before = known[i][0];
        const Json& cart = awaited[i][0];
        INFO(before);
        CHECK(before["readiness"] != "overdue");
        CHECK(before["readiness"] != "not_ready");
        CHECK_FALSE(before["functions"].empty());
        CHECK(cart["readiness"] == "overdue");
        CHECK(cart["ready_until"].is_null());
        CHECK(cart["functions"].empty());
        CHECK(cart["nearest"].is_null());
        CHECK(cart["nearest_for"].empty());
        CHECK(cart["last_full_check"] == before["last_full_check"]);
    }
    CHECK(view_at(pharmacy, "pharmacy")["counts"]["overdue"] == 1);
}

TEST_CASE("a check in the making promises nothing while the past is awaited", "[web][view]") {
    FakeProgram program;
    open_check(
        program.state,
        {counted("epi", "A2", "2028-01-31", 10),
         counted("norepi", "B1", "2027-12-31", 2),
         DeviceTested{"defib", true},
         SealRead{"0457723"}});
    program.session.check = "ward-1/1";
    const auto would_close = [&] { return view_at(program, "OR")["check"]["would_close"]; };
    const Json before = would_close();
    REQUIRE(before["readiness"] == "ready");
    REQUIRE_FALSE(before["ready_until"].is_null());

    program.past = PastStatus{"restored", *parse_instant("2026-11-22T02:00:00.000Z"), {}};

    CHECK(would_close()["readiness"] == "overdue");
    CHECK(would_close()["ready_until"].is_null());
    CHECK(would_close()["in_order"] == before["in_order"]);
    CHECK(would_close()["findings"] == before["findings"]);
}

TEST_CASE("a pharmacy whose clock is behind calls nothing ready that has expired", "[web][board]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    program.state.nodes["ward-1"].last_judged = parse_day("2026-12-02"); // epi A1: to 2026-12-01
    CHECK(view_at(program, "pharmacy")["carts"][0]["readiness"] == "not_ready");
}

TEST_CASE("the board lists the worst first, then the unaccepted, then the oldest", "[web][board]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    auto& alerts = program.state.nodes["ward-1"].alerts;
    const Alert model = alerts[{"OR-1", "epi"}];
    alerts.clear();
    const auto put = [&](const char* subject, Severity severity, AlertState state, int minute) {
        Alert alert = model;
        alert.key.subject = subject;
        alert.need.severity = severity;
        alert.state = state;
        alert.raised_at += std::chrono::minutes(minute);
        alerts[alert.key] = alert;
    };
    put("a-late", Severity::critical, AlertState::raised, 9);
    put("b-accepted", Severity::critical, AlertState::accepted, 0);
    put("c-early", Severity::critical, AlertState::raised, 1);
    put("d-high", Severity::high, AlertState::raised, 0);

    const Json board = view_at(program, "pharmacy");

    std::vector<std::string> order;
    for (const Json& alert : board["alerts"]) {
        order.push_back(alert["subject"]);
    }
    CHECK(order == std::vector<std::string>{"c-early", "a-late", "b-accepted", "d-high"});
    CHECK(board["counts"]["open_critical"] == 3);
}

TEST_CASE("an alert of a cart that its ward lists no more is still shown", "[web][board]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    program.state.nodes["ward-1"].carts.clear();

    const Json alert = view_at(program, "pharmacy")["alerts"][0];

    CHECK(alert["cart"] == "OR-1");
    CHECK(alert["name"]["en"] == "Epinephrine");
}

TEST_CASE("who accepted is shown by name on both sides", "[web][view][board]") {
    const auto accepted = [](State& state) {
        Alert& alert = state.nodes["ward-1"].alerts[{"OR-1", "epi"}];
        alert.state = AlertState::accepted;
        alert.accepted_by = "P001";
        alert.accepted_at = instant("2026-11-22T02:00:00.000Z");
    };
    FakeProgram ward;
    FakeProgram pharmacy = FakeProgram::of_pharmacy();
    accepted(ward.state);
    accepted(pharmacy.state);

    CHECK(view_at(ward, "OR")["carts"][0]["alerts"][0]["accepted_by"] == "李药师");
    CHECK(view_at(pharmacy, "pharmacy")["alerts"][0]["accepted_by"] == "李药师");
}

} // namespace cartwatch::views_test
