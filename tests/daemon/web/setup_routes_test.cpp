// Goal: a sheet is shown before it is imported and imported as it was shown, an edit is of what the
// person saw, and no answer tells a badge.
#include "daemon/web/routes.hpp"
#include "daemon/web/setup_parts.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace cartwatch::setup_routes_test {

using namespace cartwatch::web;
using namespace cartwatch::readiness;

namespace {

using Query = std::map<std::string, std::string>;

struct Asked {
    Method method = Method::get;
    std::string path;
    Query query;
    std::string body;
    std::string type = "application/json";
    std::string key = ""; // of the request, where it may be made again
};

Response answer_to(FakeProgram& program, const Asked& asked) {
    Routes routes(program.service(), StaticFiles());
    Request request;
    request.head.method = asked.method;
    request.head.path = asked.path;
    request.head.query = asked.query;
    request.head.content_type = asked.type;
    request.head.idempotency_key = asked.key;
    request.body = asked.body;
    Response answer;
    routes.answer(request, [&](Response response) { answer = std::move(response); });
    return answer;
}

Json json_of(const Response& response) {
    INFO(response.body);
    REQUIRE(response.status == 200);
    return Json::parse(response.body);
}

Asked asks_for(std::string path, Query query = {}) {
    return {Method::get, std::move(path), std::move(query), "", "", ""};
}

Asked posts_edit(std::string body) {
    return {Method::post, "/api/v1/setup/define", {}, std::move(body), "application/json", ""};
}

Asked sheet_of(const std::string& what, Query query = {{"station", "OR"}}) {
    return {
        Method::post,
        "/api/v1/setup/import/" + what,
        std::move(query),
        "bytes",
        "application/octet-stream",
        ""};
}

// The ward keeps the pharmacy's epinephrine itself.
FakeProgram with_own_epinephrine() {
    FakeProgram program;
    const Product& known = node_of(program.state, "pharmacy").products.at("epi");
    program.state.nodes["ward-1"].products["epi"] = known;
    return program;
}

Product changed_epinephrine(const FakeProgram& program) {
    Product product = node_of(program.state, "ward-1").products.at("epi");
    product.strength = "2 mg";
    return product;
}

Asked edit_of(const Json& definition, const std::string& badge) {
    Json body;
    body["station"] = "OR";
    body["listener"] = "tab";
    body["badge"] = badge;
    body["definitions"] = Json::array({definition});
    return posts_edit(dumped(body));
}

// The product "epi" as the page would send it back.
Json edited_product(FakeProgram& program) {
    const Json all = json_of(answer_to(program, asks_for("/api/v1/setup/products")));
    for (const Json& row : all["products"]) {
        if (row["body"]["id"] == "epi") {
            Json definition;
            definition["kind"] = "product.defined";
            definition["version"] = row["version"];
            definition["body"] = row["body"];
            return definition;
        }
    }
    FAIL("no epi");
    return {};
}

NodeState& node_of_self(FakeProgram& program) {
    return program.state.nodes[program.state.self];
}

const ChangeSetup& submitted(const FakeProgram& program) {
    REQUIRE(program.submitted.size() == 1);
    return std::get<ChangeSetup>(program.submitted.front().command);
}

} // namespace

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

SCENARIO("a preview tells nobody's badge, nor whether a guess is one") {
    FakeProgram program = with_own_epinephrine();
    Staff known;
    known.id = "N700";
    known.name = "李";
    known.badge = "70070070";
    node_of_self(program).staff[known.id] = known;
    const auto shown = [&](const std::string& kind, Event event) {
        program.sheet = imports::Events{std::vector<Event>{std::move(event)}};
        Json json = json_of(answer_to(program, sheet_of(kind)));
        json.erase("token");
        return json;
    };
    const auto with_badge = [](Staff person, const std::string& badge) {
        person.badge = badge;
        return Event{StaffDefined{person}};
    };
    Staff fresh = known;
    fresh.id = "N701";
    const auto with_code = [&](const std::string& code) {
        Product product = changed_epinephrine(program);
        product.identifiers = {{IdentifierKind::hospital, code}};
        return Event{ProductDefined{product}};
    };
    const auto without_code = [](Json json) {
        json.erase("changed");
        return json;
    };

    THEN("a right guess looks as a wrong one does, in every sheet") {
        CHECK(
            shown("staff", with_badge(known, "70070070"))
            == shown("staff", with_badge(known, "70070071")));
        CHECK(
            shown("staff", with_badge(fresh, "70070070"))
            == shown("staff", with_badge(fresh, "70070071")));
        CHECK(
            without_code(shown("products", with_code("70070070")))
            == without_code(shown("products", with_code("70070071"))));
        CHECK(shown("staff", with_badge(known, "70070071"))["badges"] == 1);
    }
    THEN("both are submitted, for the rules to judge once a keeper has signed") {
        const std::string guess = GENERATE("70070070", "70070071");
        program.sheet = imports::Events{std::vector<Event>{with_badge(known, guess)}};
        const Json plan = json_of(answer_to(program, sheet_of("staff")));
        const auto answer = answer_to(
            program,
            sheet_of("staff", {{"station", "OR"}, {"apply", plan["token"]}, {"badge", "77"}}));
        CHECK(answer.status == 200);
        CHECK(submitted(program).events == std::vector<Event>{with_badge(known, guess)});
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

SCENARIO("a change whose answer was lost is answered as it was, also by a daemon started since") {
    FakeProgram program = with_own_epinephrine();
    Json definition = edited_product(program);
    definition["body"]["strength"] = "2 mg";
    Asked edit = edit_of(definition, "77");
    program.sheet =
        imports::Events{std::vector<Event>{ProductDefined{changed_epinephrine(program)}}};
    const Json shown = json_of(answer_to(program, sheet_of("products")));
    Asked sheet = sheet_of("products", {{"station", "OR"}, {"apply", shown["token"]}});
    program.state.nodes["ward-1"].products["epi"] = changed_epinephrine(program);
    Asked& asked = GENERATE(false, true) ? edit : sheet;
    asked.key = "page-1";

    GIVEN("a change that is on disk") {
        Reply done;
        done.message = "setup_changed";
        program.answered.emplace("page-1", done);
        const Json answer = json_of(answer_to(program, asked));
        THEN("it is told so, and nothing is changed again") {
            CHECK(answer["reply"]["message"] == "setup_changed");
            CHECK(answer["view"].is_object());
            CHECK(program.submitted.empty());
        }
    }
    GIVEN("a key that came with another request") {
        program.answered.emplace("page-1", refused(ErrorCode::conflict, "another"));
        CHECK(answer_to(program, asked).status == 422);
        CHECK(program.submitted.empty());
    }
    GIVEN("somebody else's change") {
        CHECK(answer_to(program, asked).status == 409);
        CHECK(program.submitted.empty());
    }
}

SCENARIO("a badge that the station's own scanner read comes back as its ticket") {
    FakeProgram program = with_own_epinephrine();
    program.tickets["ticket:1:77"] = "77";
    const std::vector<std::string> ticket{"ticket:1:77"};
    GIVEN("one that still counts") {
        Reply done;
        done.kind = ReplyKind::accept;
        program.reply = done;
        CHECK(answer_to(program, edit_of(edited_product(program), "ticket:1:77")).status == 200);
        CHECK(submitted(program).badge == "77");
        CHECK(program.tickets_held == ticket);
        CHECK(program.tickets_settled == std::vector{std::pair(ticket, true)});
        CHECK(program.tickets_asked == std::vector{std::pair(std::string("tab"), BadgeUse::signs)});
    }
    GIVEN("one that signs what the rules refuse") {
        Reply refused;
        refused.kind = ReplyKind::reject;
        program.reply = refused;
        CHECK(answer_to(program, edit_of(edited_product(program), "ticket:1:77")).status == 200);
        CHECK(program.tickets_settled == std::vector{std::pair(ticket, false)});
    }
    GIVEN("one whose change is on disk, asked for again because its answer was lost") {
        program.tickets.clear(); // used up
        Reply done;
        done.message = "setup_changed";
        program.answered.emplace("page-1", done);
        Asked again = edit_of(edited_product(program), "ticket:1:77");
        again.key = "page-1";
        CHECK(json_of(answer_to(program, again))["reply"]["message"] == "setup_changed");
        CHECK(program.submitted.empty());
    }
    GIVEN("one that counts no more") {
        const auto answer = answer_to(program, edit_of(edited_product(program), "ticket:2:77"));
        CHECK(answer.status == 400);
        CHECK(program.submitted.empty());
    }
    GIVEN("one for a person's new badge that counts no more") {
        Json person;
        person["kind"] = "staff.defined";
        person["body"] = Json::parse(
            R"({"id":"N900","name":"李","role":"nurse","badge":"ticket:2:77","retired":false})");
        CHECK(answer_to(program, edit_of(person, "ticket:1:77")).status == 400);
        CHECK(program.submitted.empty());
        REQUIRE_FALSE(program.tickets_asked.empty());
        CHECK(program.tickets_asked.front().second == BadgeUse::given);
    }
    GIVEN("a sheet signed with one that counts no more") {
        program.sheet =
            imports::Events{std::vector<Event>{ProductDefined{changed_epinephrine(program)}}};
        const Json shown = json_of(answer_to(program, sheet_of("products")));
        const auto answer = answer_to(
            program,
            sheet_of(
                "products",
                {{"station", "OR"}, {"apply", shown["token"]}, {"badge", "ticket:2:77"}}));
        CHECK(answer.status == 400);
        CHECK(program.submitted.empty());
    }
}

SCENARIO("no answer tells a badge") {
    FakeProgram program;
    program.state.nodes["ward-1"].staff["N012"].badge = "badge-4711";
    const Response answer = answer_to(program, asks_for("/api/v1/setup/staff"));
    CHECK(answer.body.find("4711") == std::string::npos);
    const Json all = json_of(answer);
    CHECK(all["needs_badge"] == true);
    CHECK(all["staff"][0]["has_badge"] == true);

    GIVEN("a sheet that gives another") {
        Staff person = program.state.nodes["ward-1"].staff["N012"];
        person.badge = "badge-4712";
        program.sheet = imports::Events{std::vector<Event>{StaffDefined{person}}};
        const Response shown = answer_to(program, sheet_of("staff"));
        CHECK(shown.body.find("471") == std::string::npos);
        CHECK(json_of(shown)["changed"].empty());
        CHECK(json_of(shown)["badges"] == 1);
    }
    GIVEN("another badge, given since") {
        program.state.nodes["ward-1"].staff["N012"].badge = "badge-4713";
        const Json then = json_of(answer_to(program, asks_for("/api/v1/setup/staff")));
        THEN("the version does not tell it either: nobody can try numbers out") {
            CHECK(then["staff"][0]["version"] == all["staff"][0]["version"]);
        }
    }
    GIVEN("no badge any more") {
        program.state.nodes["ward-1"].staff["N012"].badge = "";
        const Json then = json_of(answer_to(program, asks_for("/api/v1/setup/staff")));
        CHECK(then["staff"][0]["version"] != all["staff"][0]["version"]);
    }
    GIVEN("an edit that leaves it out") {
        Json definition;
        definition["kind"] = "staff.defined";
        definition["version"] = all["staff"][0]["version"];
        definition["body"] = all["staff"][0]["body"];
        CHECK(answer_to(program, edit_of(definition, "77")).status == 200);
        CHECK(std::get<StaffDefined>(submitted(program).events.front()).staff.badge.empty());
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
