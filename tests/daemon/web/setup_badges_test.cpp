// Goal: a change is signed once by the badge that was scanned for it, also where its answer was
// lost, and nothing that the setup answers tells a badge.
#include "tests/daemon/web/setup_kit.hpp"

namespace cartwatch::setup_badges_test {

using namespace cartwatch::setup_kit;
using namespace cartwatch::web;
using namespace cartwatch::readiness;

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

} // namespace cartwatch::setup_badges_test
