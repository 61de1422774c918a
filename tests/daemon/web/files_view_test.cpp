// Goal: what the pharmacy's and the ward's files say of recalls, the policy and the stock of seals
// is what holds, and the policy that is posted is the one that is decided on.
#include "daemon/web/board_commands.hpp"
#include "daemon/web/policy_view.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/seals_view.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::files_view_test {

using namespace cartwatch::web;
using namespace cartwatch::readiness;

namespace {

Response answer_of(FakeProgram& program, Method method, std::string path, std::string body = "") {
    Routes routes(program.service(), StaticFiles());
    Request request;
    request.head.method = method;
    request.head.path = std::move(path);
    request.head.content_type = "application/json";
    request.body = std::move(body);
    Response answer;
    routes.answer(request, [&](Response response) { answer = std::move(response); });
    return answer;
}

Json json_of(const Response& response) {
    REQUIRE(response.status == 200);
    return Json::parse(response.body);
}

std::string mark_of(FakeProgram& program) {
    return view_of(program.service(), board_station)["recalls_mark"];
}

void issue(SealRecord& record, std::string_view at) {
    record.station = "OR";
    record.issued_at = instant(at);
    record.issued_by = "N012";
}

// 98 to 100 came in October and are used up; of 101 to 106, 102 hangs on a cart, 103 was voided,
// 104 is broken; 101 was left out.
State a_ward_with_seals() {
    State state = a_ward();
    auto& seals = state.nodes["ward-1"].seals;
    for (const char* number : {"098", "099", "100"}) {
        issue(seals[number], "2026-10-01T02:00:00.000Z");
        seals[number].state = SealState::broken;
    }
    for (const char* number : {"101", "102", "103", "104", "105", "106"}) {
        issue(seals[number], "2026-11-01T02:00:00.000Z");
    }
    seals["102"].state = SealState::on_cart;
    seals["103"].state = SealState::voided;
    seals["103"].reason = "torn";
    seals["103"].ended_by = "N012";
    seals["103"].ended_at = instant("2026-11-02T02:00:00.000Z");
    seals["104"].state = SealState::broken;
    seals["777"].state = SealState::on_cart; // nobody issued it
    return state;
}

} // namespace

TEST_CASE("the board's mark of recalls changes with them and with nothing else", "[web][files]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    const std::string none = mark_of(program);
    program.state.nodes["ward-1"].alerts.clear();
    program.moment.now += std::chrono::minutes(1);
    CHECK(mark_of(program) == none);

    IssuedRecall recall;
    recall.recall = {"epi", "A1"};
    recall.seq = 9;
    program.state.nodes["pharmacy"].recalls = {recall};
    const std::string issued = mark_of(program);
    CHECK(issued != none);

    program.state.nodes["ward-1"].carts["OR-1"].lines[0].holdings.clear();
    const std::string removed = mark_of(program);
    CHECK(removed != issued);

    program.state.nodes["pharmacy"].recalls[0].withdrawn = Withdrawal{};
    CHECK(mark_of(program) != removed);
}

TEST_CASE(
    "the stock of seals says what is left, what is missing and what was voided", "[web][files]") {
    const Json stock = seals_json(a_ward_with_seals());

    REQUIRE(stock["nodes"].size() == 1);
    const Json& ward = stock["nodes"][0];
    CHECK(ward["node"] == "ward-1");
    CHECK(ward["never_issued"] == 1);
    REQUIRE(ward["stations"].size() == 2); // N3 has none
    CHECK(ward["stations"][0]["station"] == "N3");
    CHECK(ward["stations"][0]["series"].empty());
    const Json& series = ward["stations"][1]["series"];
    REQUIRE(series.size() == 2);
    const Json& last = series[0];
    CHECK(last["first"] == "101");
    CHECK(last["last"] == "106");
    CHECK(last["count"] == 6);
    CHECK(last["left"] == 2);
    CHECK(last["next"] == "105");
    CHECK(last["on_cart"] == 1);
    CHECK(last["broken"] == 1);
    CHECK(last["gap_count"] == 1);
    CHECK(last["gaps"] == Json{"101"});
    CHECK(last["voided_count"] == 1);
    CHECK(last["voided"][0]["number"] == "103");
    CHECK(last["voided"][0]["reason"] == "torn");
    CHECK(last["voided"][0]["by"]["name"] == "张敏");
    CHECK(last["issued_by"]["name"] == "张敏");
    CHECK(series[1]["left"] == 0);
    CHECK(series[1]["next"].is_null());
    CHECK(series[1]["broken"] == 3);
}

TEST_CASE("the pharmacy sees the stock of every ward that has seals", "[web][files]") {
    State state = a_ward_with_seals();
    state.self = "pharmacy";
    state.nodes["ward-2"];

    const Json stock = seals_json(state);

    REQUIRE(stock["nodes"].size() == 1);
    CHECK(stock["nodes"][0]["node"] == "ward-1");
}

TEST_CASE("of ranges that are used up the last five are shown, others always", "[web][files]") {
    State state = a_ward();
    auto& seals = state.nodes["ward-1"].seals;
    issue(seals["A1"], "2026-01-01T02:00:00.000Z"); // still in stock
    for (int month = 2; month <= 9; ++month) {
        const std::string number = "B" + std::to_string(month);
        issue(seals[number], "2026-0" + std::to_string(month) + "-01T02:00:00.000Z");
        seals[number].state = SealState::broken;
    }

    const Json series = seals_json(state)["nodes"][0]["stations"][1]["series"];

    REQUIRE(series.size() == 6);
    CHECK(series[0]["first"] == "B9");
    CHECK(series[4]["first"] == "B5");
    CHECK(series[5]["first"] == "A1");
}

TEST_CASE("as many gaps are listed as there is room for, and all are counted", "[web][files]") {
    const auto gaps = GENERATE(49, 50, 51, 900);
    State state = a_ward();
    auto& seals = state.nodes["ward-1"].seals;
    for (int i = 0; i <= gaps; ++i) {
        const std::string number = std::to_string(1000 + i);
        issue(seals[number], "2026-11-01T02:00:00.000Z");
        seals[number].state = i < gaps ? SealState::issued : SealState::on_cart;
    }

    const Json series = seals_json(state)["nodes"][0]["stations"][1]["series"][0];

    CHECK(series["gap_count"] == gaps);
    CHECK(series["gaps"].size() == static_cast<std::size_t>(std::min(gaps, 50)));
    CHECK(series["left"] == 0);
}

SCENARIO("the policy is shown with who changed it when", "[web][files]") {
    FakeProgram program;
    Recorded change;
    change.node = "pharmacy";
    change.seq = 12;
    change.at = instant("2026-11-20T01:00:00.000Z");
    change.actor = "P001";
    Policy policy;
    policy.check_interval_days = 5;
    policy.near_expiry_days = {60, 30};
    policy.witness = WatchedLines::controlled_and_high_alert;
    change.event = PolicyChanged{policy};
    program.policy_changes = std::vector{change};

    GIVEN("a pharmacy that has set one") {
        program.state.nodes["pharmacy"].policy = policy;
        const Json view = json_of(answer_of(program, Method::get, "/api/v1/policy"));

        THEN("it is in force at the ward too, and the change bears a name") {
            CHECK(program.policies_asked == std::vector<std::string>{"pharmacy"});
            CHECK(view["policy"]["check_interval_days"] == 5);
            CHECK(view["policy"]["near_expiry_days"] == Json{60, 30});
            CHECK(view["policy"]["witness"] == "controlled_and_high_alert");
            REQUIRE(view["changes"].size() == 1);
            CHECK(view["changes"][0]["by"]["name"] == "李药师");
            CHECK(view["changes"][0]["at"] == "2026-11-20T01:00:00.000Z");
            CHECK(view["changes"][0]["policy"] == view["policy"]);
        }
    }
    GIVEN("a pharmacy that has set none") {
        THEN("the ward's own is asked for") {
            json_of(answer_of(program, Method::get, "/api/v1/policy"));
            CHECK(program.policies_asked == std::vector<std::string>{"ward-1"});
        }
    }
    GIVEN("a store that cannot be read") {
        program.policy_changes = refused(ErrorCode::unavailable, "the disk is gone");

        THEN("that is said") {
            CHECK(answer_of(program, Method::get, "/api/v1/policy").status == 503);
        }
    }
}

TEST_CASE("as many changes of the policy are shown as there is room for", "[web][files]") {
    const auto count = GENERATE(std::size_t{0}, std::size_t{51}, std::size_t{52}, std::size_t{53});
    DYNAMIC_SECTION(count) {
        Recorded change;
        change.event = PolicyChanged{};
        const std::vector<Recorded> changes(count, change);

        const Json view = policy_view_json(a_pharmacy(), changes);

        CHECK(view["changes"].size() == std::min<std::size_t>(count, 52));
        CHECK(view["more"] == (count > 52));
        CHECK(view["defaults"]["check_interval_days"] == 7);
    }
}

TEST_CASE("a policy that is read and posted back is the same in every member", "[web][files]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    Policy odd;
    odd.check_interval_days = 1;
    odd.delivery_days = 2;
    odd.near_expiry_days = {3};
    odd.shortest_life_days = 4;
    odd.working_day_begins_hour = 5;
    odd.accept_within_minutes = 6;
    odd.resolve_critical_within_hours = 7;
    odd.restock_within_hours = 8;
    odd.sealed_within_days = 9;
    odd.sealed_counts_as_weekly = true;
    odd.sealed_interval_days = 10;
    odd.handover_interval_days = 11;
    odd.shift_hours = {17, 18};
    odd.sealed_each_shift = true;
    odd.handover_each_shift = true;
    odd.witness = WatchedLines::off;
    odd.by_unit = WatchedLines::controlled_and_high_alert;
    odd.serialised_by_unit = true;
    odd.blind_lines = 12;
    odd.pace_seconds_per_line = 13;
    odd.same_label_times = 14;
    odd.list_order_checks = 15;
    program.state.nodes["pharmacy"].policy = odd;
    program.policy_changes = std::vector<Recorded>{};
    Json body;
    body["before"] = json_of(answer_of(program, Method::get, "/api/v1/policy"))["policy"];
    body["policy"] = body["before"];
    body["policy"]["blind_lines"] = 3;
    body["badge"] = "9500000012";

    REQUIRE(answer_of(program, Method::post, "/api/v1/policy/set", body.dump()).status == 200);

    REQUIRE(program.submitted.size() == 1);
    CHECK(program.submitted[0].station == board_station);
    const auto& command = std::get<SetPolicy>(program.submitted[0].command);
    CHECK(command.before == odd);
    odd.blind_lines = 3;
    CHECK(command.policy == odd);
    CHECK(command.badge == "9500000012");
}

TEST_CASE("a policy that does not fit is refused with the place of the fault", "[web][files]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    program.policy_changes = std::vector<Recorded>{};
    const Json policy = json_of(answer_of(program, Method::get, "/api/v1/policy"))["policy"];
    const Json fits{{"before", policy}, {"policy", policy}, {"badge", "95"}};

    struct Example {
        const char* path;
        Json value;
        const char* pointer;
    };

    const auto example = GENERATE(values<Example>({
        {"/badge", nullptr, "/badge"},
        {"/before", 7, "/before"},
        {"/policy/blind_lines", nullptr, "/policy/blind_lines"},
        {"/policy/blind_lines", -1, "/policy/blind_lines"},
        {"/policy/blind_lines", 2147483648, "/policy/blind_lines"},
        {"/policy/blind_lines", "2", "/policy/blind_lines"},
        {"/policy/near_expiry_days", 30, "/policy/near_expiry_days"},
        {"/policy/near_expiry_days", Json::array({30, -1}), "/policy/near_expiry_days/1"},
        {"/policy/near_expiry_days", Json(std::vector<int>(11, 30)), "/policy/near_expiry_days"},
        {"/policy/witness", "all", "/policy/witness"},
        {"/policy/serialised_by_unit", 1, "/policy/serialised_by_unit"},
        {"/policy/colour", "red", "/policy/colour"},
        {"/why", "because", "/why"},
    }));
    DYNAMIC_SECTION(example.path << " " << example.value.dump()) {
        Json body = fits;
        body[Json::json_pointer(example.path)] = example.value;

        const Response answer = answer_of(program, Method::post, "/api/v1/policy/set", body.dump());

        CHECK(answer.status == 400);
        CHECK(Json::parse(answer.body)["pointer"] == example.pointer);
        CHECK(program.submitted.empty());
    }
}

} // namespace cartwatch::files_view_test
