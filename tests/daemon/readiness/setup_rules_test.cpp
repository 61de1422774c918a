// Goal: what a ward defines neither stands in for what the pharmacy keeps, nor loosens it, nor
// signs for anybody; and what is wrong with other definitions stops nobody.
#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/readiness/turn.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::setup_rules_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

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

SCENARIO("what is wrong with others stops nobody from mending what is his") {
    Ward ward = a_ward();
    const std::string head = badge_of(ward, "H1");
    GIVEN("a GTIN that the pharmacy gave to another product later") {
        ward.receive("pharmacy", ProductDefined{a_product("other").gtin(epi)});
        THEN("everything else is changed as before") {
            CHECK(change(ward, {station("手术室")}, head).message == "setup_changed");
            const Event nurse = StaffDefined{a_person("N9", Role::nurse, "4711")};
            CHECK(change(ward, {nurse}, head).message == "setup_changed");
            const Event other = ProductDefined{a_product("blade").gtin(blade).not_expiring()};
            CHECK(change(ward, {other}, head).message == "setup_changed");
        }
        THEN("who defines the product itself is told that its code is another's") {
            const Reply reply = change(ward, {ProductDefined{a_product("epi").gtin(epi)}}, head);
            CHECK(reply.values.at("what") == "identifier_twice");
            CHECK(reply.values.at("id") == "epi");
        }
        THEN("the code is taken off it") {
            CHECK(
                change(ward, {ProductDefined{a_product("epi")}}, head).message == "setup_changed");
        }
    }
    GIVEN("a badge that the pharmacy gave to somebody of its own later") {
        const std::string badge = badge_of(ward, "N1");
        ward.receive("pharmacy", StaffDefined{a_person("P9", Role::pharmacist, badge)});
        THEN("others are changed, and the one who has it is told") {
            CHECK(change(ward, {station("手术室")}, head).message == "setup_changed");
            const Event same = StaffDefined{a_person("N1", Role::nurse, badge)};
            CHECK(change(ward, {same}, head).values.at("what") == "badge_twice");
        }
    }
}

SCENARIO("only the pharmacy makes what it keeps less strict") {
    Ward ward = a_ward();
    const std::string head = badge_of(ward, "H1");
    Product kept = a_product("morphine").lasa("opioids");
    kept.high_alert = true;
    kept.controlled = true;
    ward.record(ProductDefined{kept}); // the ward's own, from before
    ward.receive("pharmacy", ProductDefined{kept});

    struct Example {
        const char* what;
        void (*loosen)(Product&);
    };

    const auto example = GENERATE(values<Example>({
        {"high_alert", [](Product& product) { product.high_alert = false; }},
        {"controlled", [](Product& product) { product.controlled = false; }},
        {"expires", [](Product& product) { product.expires = false; }},
        {"lasa_group", [](Product& product) { product.lasa_group.clear(); }},
        {"lasa_group", [](Product& product) { product.lasa_group = "others"; }},
    }));
    Product mine = kept;
    example.loosen(mine);
    INFO(example.what);
    THEN("a ward is refused, in the page and in the program") {
        for (const Reply& reply :
             {change(ward, {ProductDefined{mine}}, head), ward.define({ProductDefined{mine}})}) {
            CHECK(reply.message == "definition_refused");
            CHECK(reply.values.at("what") == "looser_than_pharmacy");
            CHECK(reply.values.at("value") == example.what);
        }
        CHECK(ward.last.events.empty());
    }
    THEN("a ward may be stricter, and name it as it likes") {
        kept.name.zh = "吗啡（本科）";
        CHECK(change(ward, {ProductDefined{kept}}, head).message == "setup_changed");
    }
    THEN("what the pharmacy holds less strictly is the ward's to hold as it is") {
        ward.receive("pharmacy", ProductDefined{mine});
        CHECK(change(ward, {ProductDefined{mine}}, head).message == "setup_changed");
    }
    THEN("the pharmacy does as it says") {
        Ward pharmacy("pharmacy");
        pharmacy.record(StaffDefined{a_person("P7", Role::pharmacist, "71")});
        pharmacy.record(ProductDefined{kept});
        CHECK(change(pharmacy, {ProductDefined{mine}}, "71").message == "setup_changed");
    }
}

SCENARIO("a ward's own definition from before the pharmacy's loosens nothing") {
    Ward ward = a_ward();
    Product mine = a_product("morphine").lasa("mine");
    mine.name.zh = "吗啡（本科）";
    mine.expires = false;
    Product kept = a_product("morphine").lasa("opioids");
    kept.high_alert = true;
    kept.controlled = true;
    ward.record(ProductDefined{mine});
    ward.receive("pharmacy", ProductDefined{kept});
    const auto held = [&] { return *find_strictly(ward.state, ward.state.self, "morphine"); };

    THEN("it has the ward's words, and the stricter of both in all else") {
        Product both = mine;
        both.high_alert = true;
        both.controlled = true;
        both.expires = true;
        both.lasa_group = "opioids";
        CHECK(held() == both);
        CHECK(product_named(ward.state, "morphine") == both);
    }
    THEN("what the ward holds more strictly stays so") {
        mine.high_alert = true;
        Product loose = a_product("morphine");
        ward.record(ProductDefined{mine});
        ward.receive("pharmacy", ProductDefined{loose});
        CHECK(held().high_alert);
        CHECK(held().lasa_group == "mine");
        CHECK(held().expires);
    }
    THEN("what only one of the two knows is as it says") {
        ward.record(ProductDefined{a_product("saline")});
        CHECK(find_strictly(ward.state, ward.state.self, "saline") == a_product("saline"));
        CHECK_FALSE(find_strictly(ward.state, ward.state.self, "nothing").has_value());
    }
}

SCENARIO("no code of a thing is somebody's badge, whichever came first") {
    Ward ward = a_ward();
    const std::string head = badge_of(ward, "H1");
    ward.record(StaffDefined{a_person("N9", Role::nurse, "6901234567892")}); // before the rule
    ward.record(StaffDefined{a_person("N8", Role::nurse, "48151623")});
    ward.record(StaffDefined{a_person("N7", Role::nurse, "12345670")});
    Cart cart = list_of(ward.cart("OR-2"));
    const auto product = [](IdentifierKind kind, const std::string& value) {
        Product defined = a_product("fresh");
        defined.identifiers = {{kind, value}};
        return Event{ProductDefined{defined}};
    };
    GIVEN("a code defined after the badge") {
        cart.devices.front().code = "48151623";
        Cart tagged = list_of(ward.cart("OR-2"));
        tagged.tag = "48151623";
        const Event event = GENERATE_COPY(
            Event{CartDefined{cart}},
            Event{CartDefined{tagged}},
            product(IdentifierKind::hospital, "48151623"),
            product(IdentifierKind::gtin, "06901234567892"),
            product(IdentifierKind::gtin, "12345670"));
        const Reply reply = change(ward, {event}, head);
        THEN("it is refused, and the badge is not told whole") {
            CHECK(reply.message == "definition_refused");
            CHECK(reply.values.at("what") == "code_of_badge");
            CHECK(reply.values.at("value").starts_with("…"));
        }
    }
    GIVEN("both in one change, the person first") {
        cart.devices.front().code = "4711";
        const Event person = StaffDefined{a_person("N6", Role::nurse, "4711")};
        CHECK(change(ward, {person, CartDefined{cart}}, head).values.at("what") == "code_of_badge");
    }
    GIVEN("a badge of somebody who is retired") {
        ward.record(StaffDefined{a_person("N8", Role::nurse, "48151623", true)});
        CHECK(
            change(ward, {product(IdentifierKind::hospital, "48151623")}, head).message
            == "setup_changed");
    }
    GIVEN("seals whose numbers hold a badge") {
        ward.record(station("手术室"));
        CHECK(
            ward.run(IssueSeals{"OR", "48151620", "48151629", head}).message
            == "seal_number_is_badge");
        CHECK(ward.last.events.empty());
    }
}

SCENARIO("the ward's own person stands in for the pharmacy's also where he is retired") {
    Ward ward = a_ward();
    ward.receive("pharmacy", StaffDefined{a_person("A7", Role::administrator, "72")});
    ward.record(StaffDefined{a_person("A7", Role::administrator, "73", true)});
    THEN("neither badge signs, and nobody is known by the pharmacy's") {
        CHECK(find_badge(ward.state, ward.state.self, "72") == nullptr);
        CHECK(find_badge(ward.state, ward.state.self, "73") == nullptr);
        CHECK(change(ward, {station("手术室")}, "72").message == "unknown_badge");
        CHECK(std::holds_alternative<MeansNothing>(meaning_of(ward.state, codes::read("72", {}))));
    }
    THEN("he is no keeper who is left") {
        CHECK(has_keeper(ward.state)); // H1
        ward.record(StaffDefined{a_person("H1", Role::head_nurse, "", true)});
        CHECK_FALSE(has_keeper(ward.state));
    }
    THEN("the pharmacy's badge is free") {
        const Event nurse = StaffDefined{a_person("N9", Role::nurse, "72")};
        CHECK(change(ward, {nurse}, badge_of(ward, "H1")).message == "setup_changed");
    }
}

} // namespace cartwatch::setup_rules_test
