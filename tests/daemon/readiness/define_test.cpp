#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/limits.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::define_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Holding damaged_lot(int quantity, int damaged) {
    Holding holding = a_lot("A", "2028-01-31", quantity);
    holding.damaged = damaged;
    return holding;
}

Event stock_of(std::vector<Holding> holdings) {
    return StockRecorded{"OR-1", "epi", std::move(holdings)};
}

Event policy_with(void (*change)(Policy&)) {
    Policy policy;
    change(policy);
    return PolicyChanged{policy};
}

Holding with_serial(std::string serial) {
    Holding holding = a_lot("A", "2028-01-31", 1);
    holding.serials = {std::move(serial)};
    return holding;
}

Device device_with(std::string accessory) {
    Device device = a_device("d");
    device.accessories.push_back({std::move(accessory), {"x", "x"}, std::nullopt});
    return device;
}

} // namespace

TEST_CASE("a definition that is not in order is refused whole, with what is wrong") {
    struct Example {
        const char* what;
        Event event;
    };

    Cart many = a_cart("C");
    for (std::size_t i = 0; i <= lines_max; ++i) {
        many.lines.push_back(a_line("epi", "l" + std::to_string(i)));
    }
    Product wordy = a_product("p");
    wordy.identifiers.assign(parts_max + 1, {IdentifierKind::hospital, "x"});
    Device crowded = a_device("d");
    for (std::size_t i = 0; i <= parts_max; ++i) {
        crowded.accessories.push_back({"a" + std::to_string(i), {"x", "x"}, std::nullopt});
    }
    Cart placed = a_cart("C");
    placed.station = "nowhere";
    Cart long_tag = a_cart("C");
    long_tag.tag = std::string(65, '7');
    Line long_line_tag = a_line("epi");
    long_line_tag.tag = std::string(65, '7');
    Line long_position = a_line("epi");
    long_position.position = std::string(257, 'x');
    Cart twin_tag = a_cart("C");
    twin_tag.tag = "ASSET-77"; // the defibrillator's
    Device long_code = a_device("d");
    long_code.code = std::string(65, 'x');
    Device nameless = a_device("d");
    nameless.name = {};
    Device nameless_part = device_with("a");
    nameless_part.accessories.front().name = {};
    Station station{"S", {"站", ""}, "1"};
    Station bad_phone = station;
    bad_phone.phone = "\xFF";
    const std::string id_65(65, 'a');
    const std::vector<Example> examples = {
        {"id_malformed", StationDefined{{"", {"站", ""}, ""}}},
        {"name_missing", StationDefined{{"S", {}, ""}}},
        {"text_too_long_or_not_utf8", StationDefined{bad_phone}},
        {"id_malformed", ProductDefined{a_product("a b")}},
        {"id_malformed", ProductDefined{a_product(id_65)}},
        {"name_missing", ProductDefined{a_product("p").named("", "")}},
        {"text_too_long_or_not_utf8", ProductDefined{a_product("p").named("\xFF", "")}},
        {"text_too_long_or_not_utf8",
         ProductDefined{a_product("p").strength(std::string(257, 'x'))}},
        {"too_many", ProductDefined{wordy}},
        {"identifier_malformed", ProductDefined{a_product("p").gtin("06900000000017")}},
        {"identifier_malformed", ProductDefined{a_product("p").gtin("690000000")}},
        {"identifier_malformed", ProductDefined{a_product("p").gtin("")}},
        {"identifier_malformed",
         ProductDefined{a_product("p").with(IdentifierKind::drug_trace_prefix, "838579")}},
        {"identifier_malformed",
         ProductDefined{a_product("p").with(IdentifierKind::drug_code, "86904879001209")}},
        {"identifier_malformed", ProductDefined{a_product("p").with(IdentifierKind::hospital, "")}},
        {"identifier_malformed",
         ProductDefined{a_product("p").with(IdentifierKind::udi_di, id_65)}},
        {"identifier_twice", ProductDefined{a_product("p").gtin(epi)}},
        {"identifier_twice", ProductDefined{a_product("p").gtin(epi.substr(1))}},
        {"id_malformed", StaffDefined{a_person("", Role::nurse)}},
        {"code_malformed", StaffDefined{a_person("N5", Role::nurse, id_65)}},
        {"badge_twice",
         StaffDefined{a_person("N5", Role::nurse, codes::own_tag(codes::TagType::staff, 10'001))}},
        {"badge_twice",
         StaffDefined{a_person("N5", Role::nurse, codes::own_tag(codes::TagType::staff, 1))}},
        {"id_malformed", CartDefined{a_cart("no/slash")}},
        {"too_many", CartDefined{many}},
        {"too_many", CartDefined{a_cart("C").with(crowded)}},
        {"unknown_station", CartDefined{placed}},
        {"code_malformed", CartDefined{long_tag}},
        {"code_malformed", CartDefined{a_cart("C").with(long_line_tag)}},
        {"code_malformed", CartDefined{a_cart("C").with(long_code)}},
        {"text_too_long_or_not_utf8", CartDefined{a_cart("C").with(long_position)}},
        {"name_missing", CartDefined{a_cart("C").with(nameless)}},
        {"name_missing", CartDefined{a_cart("C").with(nameless_part)}},
        {"tag_twice", CartDefined{twin_tag}},
        {"id_twice", CartDefined{a_cart("C").with(a_line("epi")).with(a_device("epi"))}},
        {"id_twice", CartDefined{a_cart("C").with(device_with("d"))}},
        {"id_malformed", CartDefined{a_cart("C").with(a_line("epi", "a b"))}},
        {"unknown_product", CartDefined{a_cart("C").with(a_line("nothing"))}},
        {"unknown_product", CartDefined{a_cart("C").with(a_line("", "line"))}},
        {"par_out_of_range", CartDefined{a_cart("C").with(a_line("epi").par(-1))}},
        {"par_out_of_range", CartDefined{a_cart("C").with(a_line("epi").par(10'000))}},
        {"unknown_cart", StockRecorded{"nowhere", "epi", {}}},
        {"unknown_line", StockRecorded{"OR-1", "nothing", {}}},
        {"quantity_out_of_range", stock_of({a_lot("A", "2028-01-31", -1)})},
        {"quantity_out_of_range", stock_of({a_lot("A", "2028-01-31", 10'000)})},
        {"damaged_out_of_range", stock_of({damaged_lot(3, 4)})},
        {"damaged_out_of_range", stock_of({damaged_lot(3, -1)})},
        {"lot_twice", stock_of({a_lot("A", "2028-01-31", 1), a_lot("A", "2028-02-28", 1)})},
        {"lot_malformed", stock_of({a_lot(id_65, "2028-01-31", 1)})},
        {"serial_malformed", stock_of({with_serial("")})},
        {"too_many", stock_of(std::vector<Holding>(parts_max + 1))},
        {"expiry_missing", stock_of({a_lot("A", "", 1)})},
        {"policy_out_of_range", policy_with([](Policy& p) { p.check_interval_days = 0; })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.check_interval_days = 367; })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.delivery_days = -1; })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.delivery_days = 61; })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.near_expiry_days = {-1}; })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.near_expiry_days.assign(11, 30); })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.working_day_begins_hour = 24; })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.shift_hours = {8}; })},
        {"policy_out_of_range", policy_with([](Policy& p) {
             p.shift_hours = {8, 8};
         })},
        {"policy_out_of_range", policy_with([](Policy& p) {
             p.shift_hours = {8, 24};
         })},
        {"policy_out_of_range", policy_with([](Policy& p) {
             p.shift_hours = {-1, 8};
         })},
        {"policy_out_of_range", policy_with([](Policy& p) {
             p.shift_hours = {0, 4, 8, 12, 16, 20, 22};
         })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.sealed_each_shift = true; })},
        {"policy_out_of_range", policy_with([](Policy& p) { p.handover_each_shift = true; })},
        {"not_a_definition", DayJudged{day("2026-11-22")}},
        {"not_a_definition", CheckCancelled{"ward-3f/1", "OR-1", "N1"}},
    };
    for (std::size_t i = 0; i < examples.size(); ++i) {
        DYNAMIC_SECTION(i << " " << examples[i].what) {
            Ward ward = a_ward();
            const State before = ward.state;

            const Reply reply = ward.define({ProductDefined{a_product("good")}, examples[i].event});

            CHECK(reply.message == "definition_refused");
            CHECK(reply.values.at("what") == examples[i].what);
            CHECK(ward.last.events.empty());
            CHECK(ward.state == before); // nor the good one before it
        }
    }
}

SCENARIO("a machine keeps so many carts and no more", "[define]") {
    GIVEN("one that has all but one of them") {
        Ward ward = a_ward();
        auto& carts = ward.state.nodes["ward-3f"].carts;
        while (carts.size() < carts_max - 1) {
            Cart cart = a_cart("C-" + std::to_string(carts.size()));
            carts.emplace(cart.id, std::move(cart));
        }
        const Cart last = a_cart("last");
        const Cart more = a_cart("more");

        WHEN("the last is defined, and one more") {
            const Reply good = ward.define({CartDefined{last}});
            const Reply refused = ward.define({CartDefined{more}});

            THEN("the one is taken, the other refused, and those there can be changed") {
                CHECK(good.message == "defined");
                CHECK(refused.message == "definition_refused");
                CHECK(refused.values.at("what") == "too_many_carts");
                CHECK(refused.values.at("id") == "more");
                CHECK(ward.define({CartDefined{last}}).message == "defined");
            }
        }
        WHEN("both are defined at once") {
            THEN("neither is taken") {
                const Reply reply = ward.define({CartDefined{last}, CartDefined{more}});
                CHECK(reply.message == "definition_refused");
                CHECK(ward.last.events.empty());
            }
        }
    }
}

SCENARIO("what lies in a cart without a date cannot become something that expires", "[define]") {
    GIVEN("blades, which do not expire") {
        Ward ward = a_ward();
        Product expiring = ward.node().products.at("blade");
        expiring.expires = true;

        WHEN("none lies anywhere") {
            THEN("they may be called expiring") {
                CHECK(ward.define({ProductDefined{expiring}}).message == "defined");
            }
        }
        WHEN("some lie in a cart") {
            ward.stock("OR-1", "blade", a_lot("", "", 4));
            THEN("the definition is refused: they would be usable for ever") {
                const Reply reply = ward.define({ProductDefined{expiring}});
                CHECK(reply.message == "definition_refused");
                CHECK(reply.values.at("what") == "expiry_missing");
            }
        }
        WHEN("some were counted in a check that is open") {
            ward.open();
            REQUIRE(ward.run(a_gs1_scan(blade)).kind != ReplyKind::reject);
            ward.run(EnterQuantity{4, "blade"});
            REQUIRE(ward.counted("blade").size() == 1);
            THEN("it is refused as well") {
                CHECK(ward.define({ProductDefined{expiring}}).message == "definition_refused");
            }
        }
    }
    GIVEN("a pharmacy whose ward holds blades") {
        Ward ward = a_ward();
        ward.state.nodes["pharmacy"].products["blade"] = ward.node().products.at("blade");
        ward.stock("OR-1", "blade", a_lot("", "", 4));
        Ward pharmacy("pharmacy");
        pharmacy.state.nodes = ward.state.nodes;
        Product expiring = ward.node().products.at("blade");
        expiring.expires = true;

        THEN("the pharmacy cannot call them expiring either") {
            CHECK(pharmacy.define({ProductDefined{expiring}}).message == "definition_refused");
        }
    }
}

TEST_CASE("limits of a definition hold at their edge") {
    Ward ward = a_ward();
    const std::string id_64(64, 'a');
    Station station{id_64, {"站", ""}, std::string(256, '1')};
    Cart cart = a_cart("C-1._x").with(a_line("epi").par(0)).with(a_line("blade").par(9999));
    cart.station = id_64;
    CHECK(
        ward.define({
                        CartDefined{cart}, // before its station: the file's order is free
                        StationDefined{station},
                        ProductDefined{a_product("p")
                                           .gtin("06901234567892")
                                           .with(IdentifierKind::drug_code, "86904879001208")
                                           .with(IdentifierKind::udi_di, id_64)},
                        ProductDefined{a_product("q").gtin("96385074")}, // eight digits
                        StockRecorded{"C-1._x", "blade", {damaged_lot(9999, 9999)}},
                        policy_with([](Policy& p) {
                            p.check_interval_days = 366;
                            p.near_expiry_days.clear();
                        }),
                    })
            .message
        == "defined");
    CHECK(policy_for(ward.state, "ward-3f").check_interval_days == 366);
}

TEST_CASE("tags are given once and stay") {
    Ward ward = a_ward();
    const Cart before = ward.cart("OR-1");
    CHECK(before.tag == codes::own_tag(codes::TagType::cart, 10'001));
    CHECK(ward.cart("OR-2").tag == codes::own_tag(codes::TagType::cart, 10'002));
    CHECK(before.lines.front().tag == codes::own_tag(codes::TagType::line, 10'001));
    CHECK(before.devices.back().tag == codes::own_tag(codes::TagType::device, 10'002));
    CHECK(
        find_staff(ward.state, "ward-3f", "N2")->badge
        == codes::own_tag(codes::TagType::staff, 10'002));

    AND_WHEN("the list is defined again without them") {
        Cart again = a_cart("OR-1").with(a_line("blade")).with(a_line("epi"));
        ward.define({CartDefined{again}, StaffDefined{a_person("N2", Role::head_nurse)}});
        CHECK(ward.cart("OR-1").tag == before.tag);
        CHECK(ward.line("OR-1", "epi").tag == before.lines[0].tag);
        CHECK(ward.line("OR-1", "blade").tag == before.lines[3].tag);
        CHECK(
            find_staff(ward.state, "ward-3f", "N2")->badge
            == codes::own_tag(codes::TagType::staff, 10'002));

        AND_WHEN("a line comes anew, no number of a vanished one is given again") {
            again.lines.push_back(a_line("norepi"));
            ward.define({CartDefined{again}});
            CHECK(ward.line("OR-1", "norepi").tag == codes::own_tag(codes::TagType::line, 10'006));
        }
    }
    AND_WHEN("a tag is stated that would have been the next") {
        Cart stated = a_cart("OR-3").with(a_line("epi")).with(a_line("blade"));
        stated.lines.back().tag = codes::own_tag(codes::TagType::line, 10'006);
        ward.define({CartDefined{stated}});
        CHECK(ward.line("OR-3", "epi").tag == codes::own_tag(codes::TagType::line, 10'007));
    }
}

TEST_CASE("a block of tags that is used up refuses") {
    Ward ward = a_ward();
    Staff last = a_person("N8", Role::nurse, codes::own_tag(codes::TagType::staff, 19'999));
    REQUIRE(ward.define({StaffDefined{last}}).message == "defined");
    CHECK(
        ward.define({StaffDefined{a_person("N9", Role::nurse)}}).values.at("what")
        == "tags_used_up");
    Cart full = a_cart("OR-9").with(a_line("epi"));
    full.lines.front().tag = codes::own_tag(codes::TagType::line, 19'999);
    full.lines.push_back(a_line("blade"));
    CHECK(ward.define({CartDefined{full}}).values.at("what") == "tags_used_up");
    ward.context.tag_block = 1000;
    CHECK(ward.define({}).values.at("what") == "tags_used_up");
    ward.context.tag_block = 999;
    CHECK(ward.define({StaffDefined{a_person("N9", Role::nurse)}}).message == "defined");
}

TEST_CASE("too much at once is refused") {
    Ward ward = a_ward();
    CHECK(
        ward.define(std::vector<Event>(definitions_max + 1, PolicyChanged{})).values.at("what")
        == "too_many");
}

TEST_CASE("a new list keeps what was found, and takes nothing from the definition") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_gs1_scan(epi).lot("A1"));
    ward.run(ReportTest{true, "defib"});
    ward.run(EnterSeal{"77"});
    ward.sign();
    const Cart before = ward.cart("OR-1");
    REQUIRE(before.lines.front().holdings.size() == 1);

    Cart list = a_cart("OR-1")
                    .with(a_line("epi").par(20).with(a_lot("FALSE", "2099-01-01", 99)))
                    .with(a_line("norepi").with(a_lot("FALSE", "2099-01-01", 99)))
                    .with(a_device("defib"))
                    .with(a_device("new one").tested("2026-11-22", true))
                    .checked_on("2026-11-22");
    list.devices.back().id = "new-one";
    list.seal = Seal{"FALSE", true};
    REQUIRE(ward.define({CartDefined{list}}).message == "defined");

    const Cart& after = ward.cart("OR-1");
    CHECK(after.lines[0].par == 20);
    CHECK(after.lines[0].holdings == before.lines[0].holdings);
    CHECK(after.lines[1].holdings.empty());
    CHECK(after.devices[0].last_test == before.devices[0].last_test);
    CHECK_FALSE(after.devices[1].last_test);
    CHECK(after.seal == before.seal);
    CHECK(after.last_full_check == before.last_full_check);

    list.id = "OR-7";
    REQUIRE(ward.define({CartDefined{list}}).message == "defined");
    CHECK_FALSE(ward.cart("OR-7").last_full_check);
    CHECK_FALSE(ward.cart("OR-7").seal);
}

TEST_CASE("who may say what a code means") {
    Ward ward = a_ward();
    const LinkCode link{"HOSP-1", {IdentifierKind::hospital, "HOSP-1"}, "epi"};
    CHECK(ward.run(link).message == "scan_badge_first");
    ward.badge("N1");
    CHECK(ward.run(link).message == "not_allowed");
    ward.badge("H1");
    CHECK(ward.run(link).message == "code_linked");
    CHECK(ward.last.actor == "H1");
    CHECK(ward.run(link).message == "code_linked_already");
    CHECK(ward.run(LinkCode{"HOSP-1", link.identifier, "blade"}).message == "code_taken");
    CHECK(ward.run(LinkCode{"x", {IdentifierKind::gtin, "1"}, "epi"}).message == "code_refused");
    CHECK(ward.run(LinkCode{"x", link.identifier, "nothing"}).message == "unknown_product");
    const Identifier broken{IdentifierKind::hospital, "6901234567893"};
    const Reply refused = ward.run(LinkCode{"6901234567893", broken, "epi", "bad_check_digit"});
    CHECK(refused.message == "code_broken");
    CHECK(refused.values.at("rule") == "bad_check_digit");
    CHECK(product_with(ward.state, ward.state.self, broken) == nullptr);
    const std::string own = codes::own_tag(codes::TagType::cart, 1);
    CHECK(
        ward.run(LinkCode{own, {IdentifierKind::hospital, own}, "epi"}).message == "code_refused");

    AND_WHEN("it is scanned, also after the product is defined anew") {
        ward.define({ProductDefined{a_product("epi").gtin(epi)}});
        ward.record(ward.journal.back().event);
        ward.open("OR-1", "H1");
        CHECK(ward.run(a_scan("HOSP-1")).line == "epi");
        CHECK(
            ward.run(LinkCode{"H2", {IdentifierKind::hospital, "H2"}, "epi"}).message
            == "code_linked");
    }
    AND_WHEN("the same link comes twice, it is kept once") {
        ward.receive("pharmacy", CodeLinked{"epi", link.identifier});
        ward.receive("pharmacy", CodeLinked{"epi", link.identifier});
        CHECK(ward.state.nodes.at("pharmacy").links.size() == 1);
    }
}

TEST_CASE("who may issue a recall") {
    Ward ward = a_ward();
    const std::string pharmacist = find_staff(ward.state, "ward-3f", "P1")->badge;
    const std::string nurse = find_staff(ward.state, "ward-3f", "N1")->badge;
    const auto recall = [&](const std::string& badge, std::string product, std::string lot) {
        return ward.run(IssueRecall{{std::move(product), std::move(lot)}, "glass", badge}).message;
    };
    CHECK(recall(nurse, "epi", "A1") == "not_allowed");
    CHECK(recall("", "epi", "A1") == "unknown_badge");
    CHECK(recall(pharmacist, "nothing", "A1") == "unknown_product");
    CHECK(recall(pharmacist, "epi", std::string(65, 'x')) == "recall_refused");
    CHECK(recall(pharmacist, "epi", "A1") == "recall_issued");
    CHECK(ward.last.actor == "P1");
    CHECK(recall(pharmacist, "epi", "A1") == "recall_known");
    ward.record(RecallIssued{{"epi", "A1"}, "again"});
    CHECK(ward.node().recalls.size() == 1);
    CHECK(
        ward.run(IssueRecall{{"epi", ""}, std::string(513, 'x'), pharmacist}).message
        == "recall_refused");
}

} // namespace cartwatch::define_test
