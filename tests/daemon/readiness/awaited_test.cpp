// Goal: a camera that sees several codes takes the one that the check waits for, and asks where a
// person would have to guess.
#include "daemon/readiness/awaited.hpp"
#include "daemon/readiness/limits.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::awaited_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

using Place = std::optional<std::size_t>;

codes::Reading seen(const Command& scan) {
    return std::get<Scan>(scan).reading;
}

Place chosen(const Ward& ward, const std::vector<Command>& scans) {
    std::vector<codes::Reading> readings;
    for (const Command& scan : scans) {
        readings.push_back(seen(scan));
    }
    return choose_awaited(ward.state, ward.session, readings).chosen;
}

Command badge_of(const Ward& ward, const std::string& staff) {
    return a_scan(find_staff(ward.state, ward.state.self, staff)->badge);
}

Command tag_of(const Ward& ward, const std::string& cart) {
    return a_scan(ward.cart(cart).tag);
}

const Command stranger = a_scan("https://example.org/leaflet");

} // namespace

TEST_CASE("a single code is always meant, no code never") {
    const Ward ward = a_ward();
    CHECK(chosen(ward, {stranger}) == Place(0));
    CHECK_FALSE(chosen(ward, {}).has_value());
}

TEST_CASE("before a check badges and carts are awaited, each until it is known") {
    Ward ward = a_ward();
    const Command badge = badge_of(ward, "N1");
    const Command cart = tag_of(ward, "OR-1");

    CHECK(chosen(ward, {stranger, badge}) == Place(1));
    CHECK(chosen(ward, {cart, stranger}) == Place(0));
    CHECK_FALSE(chosen(ward, {badge, cart}).has_value());
    CHECK_FALSE(chosen(ward, {cart, tag_of(ward, "OR-2")}).has_value());
    CHECK_FALSE(chosen(ward, {stranger, badge_of(ward, "R1")}).has_value()); // retired
    CHECK_FALSE(chosen(ward, {stranger, a_gs1_scan(epi)}).has_value());

    ward.badge("N1");
    CHECK(chosen(ward, {badge, cart}) == Place(1));
    CHECK_FALSE(chosen(ward, {badge, stranger}).has_value());
}

TEST_CASE("in a check what is on the cart's list is awaited") {
    Ward ward = a_ward();
    ward.open();
    const Command device = a_scan("ASSET-77");

    CHECK(chosen(ward, {stranger, a_gs1_scan(epi)}) == Place(1));
    CHECK(chosen(ward, {a_gs1_scan(dopamine), a_gs1_scan(epi)}) == Place(1)); // not on this cart
    CHECK(chosen(ward, {stranger, device}) == Place(1));
    CHECK_FALSE(chosen(ward, {a_gs1_scan(epi), a_gs1_scan(atropine)}).has_value());
    CHECK_FALSE(chosen(ward, {a_gs1_scan(epi), device}).has_value());
    CHECK_FALSE(chosen(ward, {stranger, a_gs1_scan(dopamine)}).has_value());
    CHECK_FALSE(chosen(ward, {stranger, tag_of(ward, "OR-1")}).has_value());
    CHECK_FALSE(chosen(ward, {stranger, badge_of(ward, "N1")}).has_value());
}

TEST_CASE("a pack says more than the label beside it, and a label more than nothing") {
    Ward ward = a_ward();
    ward.open();
    const Command label = a_scan(ward.line("OR-1", "epi").tag);
    CHECK(chosen(ward, {label, a_gs1_scan(epi)}) == Place(1));
    CHECK(chosen(ward, {label, stranger}) == Place(0));
    CHECK_FALSE(chosen(ward, {label, a_scan(ward.line("OR-1", "atropine").tag)}).has_value());
}

TEST_CASE("of two codes for one product the one with lot and date is meant") {
    Ward ward = a_ward();
    ward.open();
    const Command bare = a_gs1_scan(epi);
    const Command full = a_gs1_scan(epi).lot("A1").expiry("2027-12-31");
    const Command serial = a_gs1_scan(epi).lot("A1").expiry("2027-12-31").serial("7");

    CHECK(chosen(ward, {bare, full}) == Place(1));
    CHECK(chosen(ward, {full, bare}) == Place(0));
    CHECK(chosen(ward, {full, serial, bare}) == Place(1));
    CHECK(chosen(ward, {full, full}) == Place(0)); // one code, seen twice
}

TEST_CASE("two packs of one product are a question") {
    Ward ward = a_ward();
    ward.open();
    const auto pack = [](const char* lot, const char* day, const char* serial) -> Command {
        return a_gs1_scan(epi).lot(lot).expiry(day).serial(serial);
    };
    const Command one = pack("A1", "2027-12-31", "7");
    CHECK_FALSE(chosen(ward, {one, pack("A2", "2027-12-31", "7")}).has_value());
    CHECK_FALSE(chosen(ward, {one, pack("A1", "2028-12-31", "7")}).has_value());
    CHECK_FALSE(chosen(ward, {one, pack("A1", "2027-12-31", "8")}).has_value());
}

TEST_CASE("after the label of a place its product is awaited first") {
    Ward ward = a_ward();
    ward.open();
    ward.run(a_scan(ward.line("OR-1", "atropine").tag));
    CHECK(chosen(ward, {a_gs1_scan(epi), a_gs1_scan(atropine)}) == Place(1));
}

TEST_CASE("commands, numbers and seals are never taken from among several") {
    Ward ward = a_ward();
    ward.open();
    CHECK_FALSE(chosen(ward, {a_control(ControlCode::undo), stranger}).has_value());
    CHECK_FALSE(chosen(ward, {a_quantity(5), stranger}).has_value());
    CHECK(chosen(ward, {a_control(ControlCode::cancel), a_gs1_scan(epi)}) == Place(1));
}

TEST_CASE("a place is at work while a cart or a signature waits for a badge, and in its check") {
    Ward ward = a_ward();
    const auto at_work = [&] { return is_at_work(ward.session, ward.context.uptime); };
    CHECK_FALSE(at_work());

    SECTION("its cart was scanned and left: for as long as a badge would open or sign its check") {
        ward.run(tag_of(ward, "OR-1"));
        CHECK(at_work());
        ward.let_pass(session_rests_after + std::chrono::seconds(1));
        CHECK_FALSE(at_work());
    }
    SECTION("its check is open, and somebody was there a moment ago") {
        ward.open();
        CHECK(at_work());
        ward.let_pass(session_rests_after);
        CHECK(at_work());
        ward.let_pass(std::chrono::seconds(1));
        CHECK_FALSE(at_work());
    }
    SECTION("a badge alone waits for a cart, and signs nothing") {
        ward.badge("N1");
        CHECK_FALSE(at_work());
    }
}

TEST_CASE("each code has the name of what it stands for here") {
    Ward ward = a_ward();
    ward.open();
    const Choice choice = choose_awaited(
        ward.state,
        ward.session,
        {seen(a_gs1_scan(epi)), seen(stranger), seen(tag_of(ward, "OR-2"))});
    REQUIRE(choice.codes.size() == 3);
    CHECK(choice.codes[0].awaited);
    CHECK(choice.codes[0].name == find_product(ward.state, ward.state.self, "epi")->name);
    CHECK_FALSE(choice.codes[1].name.has_value());
    CHECK_FALSE(choice.codes[2].awaited);
    CHECK(choice.codes[2].name == ward.cart("OR-2").name);
}

} // namespace cartwatch::awaited_test
