// Goal: a sheet is shown before it is imported and imported as it was shown, and an edit is of what
// the person saw.
#include "tests/daemon/web/setup_kit.hpp"

namespace cartwatch::setup_routes_test {

using namespace cartwatch::setup_kit;
using namespace cartwatch::web;
using namespace cartwatch::readiness;

SCENARIO("a sheet is shown first and imported as it was shown") {
    FakeProgram program = with_own_epinephrine();
    program.sheet =
        imports::Events{std::vector<Event>{ProductDefined{changed_epinephrine(program)}}};
    const Json shown = json_of(answer_to(program, sheet_of("products")));
    CHECK(shown["counts"] == Json::parse(R"({"added":0,"changed":1,"same":0})"));
    CHECK(shown["changed"][0]["fields"][0]["field"] == "strength");
    CHECK(shown["changed"][0]["fields"][0]["to"] == "2 mg");
    CHECK(shown["refusal"].is_null());
    CHECK(shown["needs_badge"] == true);
    CHECK(program.submitted.empty());

    const std::string token = shown["token"];
    GIVEN("the same sheet, wanted as shown") {
        const auto answer = answer_to(
            program, sheet_of("products", {{"station", "OR"}, {"apply", token}, {"badge", "77"}}));
        THEN("it is submitted with what it replaces and the badge that signs it") {
            CHECK(answer.status == 200);
            const ChangeSetup& command = submitted(program);
            CHECK(command.badge == "77");
            CHECK(command.events == **program.sheet);
            CHECK(
                command.before
                == std::vector<Event>{
                    ProductDefined{node_of(program.state, "ward-1").products.at("epi")}});
        }
    }
    GIVEN("something of it that was changed meanwhile, or another sheet") {
        const bool other_sheet = GENERATE(false, true);
        if (other_sheet) {
            program.sheet = imports::Events{std::vector<Event>{}};
        } else {
            program.state.nodes["ward-1"].products["epi"].strength = "3 mg";
        }
        const auto answer = answer_to(
            program, sheet_of("products", {{"station", "OR"}, {"apply", token}, {"badge", "77"}}));
        THEN("nothing is changed, and the page is to show it anew") {
            CHECK(answer.status == 409);
            CHECK(program.submitted.empty());
        }
    }
}

SCENARIO("a sheet that cannot be imported says why") {
    FakeProgram program = with_own_epinephrine();
    GIVEN("rows that are refused") {
        program.sheet = imports::Events(
            tl::unexpect, imports::Faults{{7, "par", "number_missing", {{"low", "0"}}}});
        const Json shown = json_of(answer_to(program, sheet_of("carts")));
        CHECK(
            shown
            == Json::parse(
                R"({"faults":[{"row":7,"column":"par","fault":"number_missing","values":{"low":"0"}}],)"
                R"("more_faults":false})"));
        THEN("it is not imported either") {
            const auto answer =
                answer_to(program, sheet_of("carts", {{"station", "OR"}, {"apply", "x"}}));
            CHECK(answer.status == 400);
        }
    }
    GIVEN("definitions that the rules refuse") {
        program.sheet =
            imports::Events{std::vector<Event>{StationDefined{{"no id", {"站", ""}, ""}}}};
        const Json shown = json_of(answer_to(program, sheet_of("carts")));
        CHECK(shown["refusal"]["message"] == "definition_refused");
        CHECK(shown["refusal"]["values"]["what"] == "id_malformed");
    }
    GIVEN("a product under an id that the pharmacy keeps") {
        FakeProgram ward;
        Product mine = node_of(ward.state, "pharmacy").products.at("epi");
        ward.sheet = imports::Events{std::vector<Event>{ProductDefined{mine}}};
        const Json shown = json_of(answer_to(ward, sheet_of("products")));
        CHECK(shown["refusal"]["message"] == "definition_refused");
        CHECK(shown["refusal"]["values"]["what"] == "id_of_pharmacy");
        CHECK(shown["refusal"]["values"]["id"] == "epi");
    }
    GIVEN("no sheet at all") {
        program.sheet = refused(ErrorCode::bad_input, "text after a closing quote");
        CHECK(answer_to(program, sheet_of("staff")).status == 400);
    }
    GIVEN("a path, a type or a station that is none") {
        CHECK(answer_to(program, sheet_of("policies")).status == 404);
        CHECK(answer_to(program, sheet_of("staff", {{"station", "nowhere"}})).status == 404);
        Asked as_json = sheet_of("staff");
        as_json.type = "application/json";
        CHECK(answer_to(program, as_json).status == 415);
    }
    GIVEN("a sheet that says what is so already") {
        program.sheet = imports::Events{std::vector<Event>{
            ProductDefined{node_of(program.state, "ward-1").products.at("epi")}}};
        const Json shown = json_of(answer_to(program, sheet_of("products")));
        CHECK(shown["counts"]["same"] == 1);
        const std::string token = shown["token"];
        const auto answer = answer_to(
            program, sheet_of("products", {{"station", "OR"}, {"apply", token}, {"badge", "77"}}));
        CHECK(answer.status == 400);
        CHECK(program.submitted.empty());
    }
}

SCENARIO("a preview's token stands for what it is too short to show") {
    FakeProgram program = with_own_epinephrine();
    GIVEN("more changes than are shown, and one of those behind them another by now") {
        std::vector<Event> many;
        for (std::size_t i = 0; i < 300 + 2; ++i) {
            Product product = changed_epinephrine(program);
            product.id = "p" + std::to_string(1'000 + i);
            product.identifiers.clear();
            node_of_self(program).products[product.id] = product;
            product.form = "注射液（新）";
            many.emplace_back(ProductDefined{std::move(product)});
        }
        program.sheet = imports::Events{many};
        const std::string token = json_of(answer_to(program, sheet_of("products")))["token"];
        const auto apply = [&] {
            return answer_to(
                program,
                sheet_of("products", {{"station", "OR"}, {"apply", token}, {"badge", "77"}}));
        };
        THEN("the state that it was compared with must be the same") {
            node_of_self(program).products["p1301"].strength = "5 mg";
            CHECK(apply().status == 409);
            CHECK(program.submitted.empty());
        }
        THEN("the definition itself must be the same") {
            std::get<ProductDefined>(many.back()).product.strength = "5 mg";
            program.sheet = imports::Events{many};
            CHECK(apply().status == 409);
            CHECK(program.submitted.empty());
        }
        THEN("as shown it is applied") {
            CHECK(apply().status == 200);
            CHECK(submitted(program).events.size() == 302);
        }
    }
    GIVEN("a sheet that names what is retired and says nothing of that") {
        Product gone = changed_epinephrine(program);
        node_of_self(program).products["epi"].retired = true;
        program.sheet = imports::Events{std::vector<Event>{ProductDefined{gone}}};
        const Json told = json_of(answer_to(program, sheet_of("products")));
        CHECK(told["kept_retired"] == Json::array({"epi"}));
        const std::string token = told["token"];
        CHECK(
            answer_to(
                program,
                sheet_of("products", {{"station", "OR"}, {"apply", token}, {"badge", "77"}}))
                .status
            == 200);
        CHECK(std::get<ProductDefined>(submitted(program).events.front()).product.retired);
    }
}

SCENARIO("an edit is of what the person saw") {
    FakeProgram program = with_own_epinephrine();
    Json definition = edited_product(program);
    definition["body"]["strength"] = "2 mg";
    GIVEN("nobody who changed it meanwhile") {
        CHECK(answer_to(program, edit_of(definition, "77")).status == 200);
        const ChangeSetup& command = submitted(program);
        CHECK(command.badge == "77");
        CHECK(command.events == std::vector<Event>{ProductDefined{changed_epinephrine(program)}});
        CHECK(program.submitted.front().station == "OR");
    }
    GIVEN("somebody who did") {
        program.state.nodes["ward-1"].products["epi"].pinyin = "SSXS2";
        CHECK(answer_to(program, edit_of(definition, "77")).status == 409);
        CHECK(program.submitted.empty());
    }
    GIVEN("a body that does not fit") {
        definition["body"].erase("unit");
        CHECK(answer_to(program, edit_of(definition, "77")).status == 400);
        definition["kind"] = "policy.changed";
        CHECK(answer_to(program, edit_of(definition, "77")).status == 400);
        const std::string deep = "{\"definitions\":" + std::string(100'000, '[');
        CHECK(answer_to(program, posts_edit(deep)).status == 400);
        CHECK(program.submitted.empty());
    }
}

SCENARIO("opening stock of a cart that nobody counted is edited as its list is") {
    FakeProgram program;
    Cart fresh;
    fresh.id = "OR-9";
    fresh.name.zh = "新车";
    Line epi;
    epi.id = "epi";
    epi.product = "epi";
    fresh.lines = {epi};
    program.state.nodes["ward-1"].carts["OR-9"] = fresh;
    const auto told = [&] {
        return json_of(answer_to(program, asks_for("/api/v1/setup/cart", {{"cart", "OR-9"}})));
    };
    const Json row = told()["stock"][0];
    REQUIRE(row["body"] == Json::parse(R"({"cart":"OR-9","holdings":[],"line":"epi"})"));

    GIVEN("a lot that is typed") {
        Json definition;
        definition["kind"] = "stock.recorded";
        definition["version"] = row["version"];
        definition["body"] = row["body"];
        definition["body"]["holdings"].push_back(Json::parse(
            R"({"lot":"A1","last_usable_day":"2028-01-31","quantity":3,"damaged":0,"serials":[],)"
            R"("evidence":"typed","seen_at":null,"sealed_at":null,"product":""})"));
        CHECK(answer_to(program, edit_of(definition, "77")).status == 200);
        const auto& stock = std::get<StockRecorded>(submitted(program).events.front());
        CHECK(stock.line == "epi");
        CHECK(stock.holdings.front().quantity == 3);
        CHECK(submitted(program).before == std::vector<Event>{StockRecorded{"OR-9", "epi", {}}});
    }
    GIVEN("one that claims to have been seen and proved") {
        Json definition;
        definition["kind"] = "stock.recorded";
        definition["version"] = row["version"];
        definition["body"] = row["body"];
        definition["body"]["holdings"].push_back(Json::parse(
            R"({"lot":"A1","last_usable_day":"2028-01-31","quantity":3,"damaged":1,)"
            R"("serials":["S1"],"evidence":"scanned","seen_at":"2026-11-20T00:00:00.000Z",)"
            R"("sealed_at":"2026-11-20T00:00:00.000Z","product":"dopamine"})"));
        CHECK(answer_to(program, edit_of(definition, "77")).status == 200);
        Holding typed;
        typed.lot = "A1";
        typed.last_usable_day = parse_day("2028-01-31");
        typed.quantity = 3;
        typed.damaged = 1;
        CHECK(
            std::get<StockRecorded>(submitted(program).events.front()).holdings
            == std::vector{typed});
    }
    GIVEN("somebody who entered it meanwhile") {
        Holding lot;
        lot.lot = "B2";
        lot.quantity = 1;
        program.state.nodes["ward-1"].carts["OR-9"].lines[0].holdings = {lot};
        Json definition;
        definition["kind"] = "stock.recorded";
        definition["version"] = row["version"];
        definition["body"] = row["body"];
        CHECK(answer_to(program, edit_of(definition, "77")).status == 409);
    }
    GIVEN("a full check since") {
        program.state.nodes["ward-1"].carts["OR-9"].last_full_check = parse_day("2026-11-20");
        THEN("its stock is the check's to say") {
            CHECK(told()["stock"].is_null());
        }
    }
}

SCENARIO("the page is told within what the numbers of a cart's list must lie") {
    const Json bounds = bounds_json();
    CHECK(bounds["par"] == Json::parse(R"({"low":0,"high":9999})"));
    CHECK(bounds["floor"] == Json::parse(R"({"low":-200,"high":200})"));
    CHECK(bounds["interval_days"] == Json::parse(R"({"low":1,"high":366})"));
    CHECK(bounds["tolerance_percent"] == Json::parse(R"({"low":1,"high":100})"));
    CHECK(bounds["units"][2] == Json::parse(R"({"unit":"kPa","low":"0","high":"101.325"})"));
    CHECK(bounds["name_bytes"] == 256);
}

SCENARIO("carts are listed, and one is told whole without what lies in it") {
    FakeProgram program;
    const Json all = json_of(answer_to(program, asks_for("/api/v1/setup/carts")));
    CHECK(all["stations"].size() == 2);
    CHECK(all["carts"][0]["id"] == "OR-1");
    const Json cart =
        json_of(answer_to(program, asks_for("/api/v1/setup/cart", {{"cart", "OR-1"}})));
    CHECK(cart["body"]["lines"].size() == all["carts"][0]["lines"].get<std::size_t>());
    CHECK(cart["body"]["lines"][0]["holdings"].empty());
    CHECK(answer_to(program, asks_for("/api/v1/setup/cart", {{"cart", "none"}})).status == 404);
    CHECK(answer_to(program, asks_for("/api/v1/setup/policy")).status == 404);
}

} // namespace cartwatch::setup_routes_test
