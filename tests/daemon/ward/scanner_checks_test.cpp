// Goal: a ward knows its scanners by identity, reads each by what its check showed, and gives the
// scans of a station to its check page only while that page asks.
#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/ward/scanner_checks.hpp"
#include "scanner/devices/test_answer.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::scanner_checks_test {

using namespace cartwatch::ward;
using std::chrono_literals::operator""ms;

namespace {

const std::string identity = "usb:05e0:1200:S1";
const Day today = *parse_day("2026-11-22");

struct Ward {
    support::TemporaryFolder folder;
    std::chrono::steady_clock::time_point ticks{};
    std::vector<wire::LayoutLine> told;
    readiness::State state = a_state();
    bool at_work = false;

    static readiness::State a_state() {
        readiness::State state;
        state.self = "ward";
        state.pharmacy = "pharmacy";
        const auto know = [&](const std::string& node, const std::string& id, const char* badge) {
            readiness::Staff person;
            person.id = id;
            person.badge = badge;
            readiness::apply(
                state, {node, 1, Instant{}, "system", readiness::StaffDefined{person}});
        };
        know("ward", "N1", "N3F-yz07");
        know("ward", "N2", "48151623");
        know("pharmacy", "P1", "9900000004");
        return state;
    }

    ScannerChecks checks() {
        config::WardConfig config;
        config.state = folder / "";
        config::ScannerConfig gun;
        gun.name = "gun";
        gun.station = "OR";
        gun.kind = "keyboard";
        config::ScannerConfig cradle;
        cradle.name = "cradle";
        cradle.station = "N3";
        cradle.kind = "serial";
        config::ScannerConfig portal;
        portal.name = "portal";
        portal.station = "OR";
        portal.kind = "network_listen";
        config.scanners = {gun, cradle, portal};
        return {
            config,
            {[this] { return ticks; },
             [] { return *parse_instant("2026-11-22T02:00:00.000Z"); },
             [](std::string_view station) { return station == "OR" || station == "N3"; },
             [this]() -> const readiness::State& { return state; },
             [] { return today; },
             [this](std::string_view) { return at_work; },
             [this](const wire::LayoutLine& line) { told.push_back(line); }}};
    }
};

wire::DeviceLine gun_is(bool present) {
    wire::DeviceLine line;
    line.device = "gun";
    line.present = present;
    line.identity = present ? identity : "";
    line.absence = present ? wire::Absence::none : wire::Absence::gone;
    return line;
}

wire::ScanLine a_scan(const std::string& station, const std::string& text) {
    wire::ScanLine line;
    line.number = 1;
    line.device = "gun";
    line.station = station;
    line.text = text;
    return line;
}

wire::ScanLine scan_of_cradle(const std::string& text) {
    wire::ScanLine line = a_scan("N3", text);
    line.device = "cradle";
    return line;
}

devices::ScannerProfile with_prefix() {
    devices::ScannerProfile profile;
    profile.prefix = "S1:";
    profile.layout = devices::Layout::de;
    profile.separator = "|";
    return profile;
}

} // namespace

TEST_CASE("scans go to the check page while it asks, and to carts when it does not") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    const web::ScannerChecks service = checks.service();
    checks.take(gun_is(true));
    CHECK(checks.take(a_scan("OR", "1")) == ScanTaker::cart);
    CHECK(service.listen({"OR", "tab"}, std::nullopt).last == 0);
    CHECK(checks.take(a_scan("OR", "2")) == ScanTaker::page);
    CHECK(checks.take(a_scan("N3", "3")) == ScanTaker::cart);
    const auto heard = service.listen({"OR", "tab"}, 0);
    REQUIRE(heard.scans.size() == 1);
    CHECK(heard.scans[0].text == "2");
    CHECK(heard.scans[0].identity == identity);
    CHECK(service.listen({"OR", "tab"}, heard.last).scans.empty());
    CHECK(service.listen({"N3", "tab"}, 0).scans.empty()); // another station's scans are not told
    service.stop({"N3", "tab"});

    ward.ticks += std::chrono::milliseconds(web::listening_ms) - 1ms;
    CHECK(checks.take(a_scan("OR", "4")) == ScanTaker::page);
    ward.ticks += 1ms;
    CHECK(checks.take(a_scan("OR", "5")) == ScanTaker::cart);
    static_cast<void>(service.listen({"OR", "tab"}, std::nullopt));
    service.stop({"OR", "tab"});
    CHECK(checks.take(a_scan("OR", "6")) == ScanTaker::cart);
    static_cast<void>(service.listen({"nowhere", "tab"}, std::nullopt));
    CHECK(checks.take(a_scan("nowhere", "7")) == ScanTaker::cart);
}

TEST_CASE("a badge is handed to no page: it gets a ticket that stands for it at this station") {
    struct Row {
        const char* name;
        std::string scan;
        std::string badge;
    };

    const auto row = GENERATE_COPY(values<Row>({
        {"as it is known", "N3F-yz07", "N3F-yz07"},
        {"with what its kind of code puts before it", "]C048151623", "48151623"},
        {"the pharmacy's", "9900000004", "9900000004"},
        {"of nobody here, but a tag of staff",
         codes::own_tag(codes::TagType::staff, 990'001),
         codes::own_tag(codes::TagType::staff, 990'001)},
        {"a number of GS1 for a person", "]C18018690123456789012346", "690123456789012346"},
        {"Caps Lock turned it", "n3f-YZ07", "n3f-YZ07"},
        {"something stands around it", "S1:48151623/", "S1:48151623/"},
        {"typed on a German layout",
         devices::retyped("N3F-yz07", devices::Layout::de, devices::Layout::us),
         ""},
        {"typed on a French layout",
         devices::retyped("48151623", devices::Layout::fr, devices::Layout::us),
         ""},
    }));
    DYNAMIC_SECTION(row.name) {
        Ward ward;
        ScannerChecks checks = ward.checks();
        const web::ScannerChecks service = checks.service();
        static_cast<void>(service.listen({"OR", "tab"}, std::nullopt));
        REQUIRE(checks.take(a_scan("OR", row.scan)) == ScanTaker::page);

        const auto heard = service.listen({"OR", "tab"}, 0);

        REQUIRE(heard.scans.size() == 1);
        CHECK(heard.scans[0].text == readiness::masked_badge(row.scan));
        const std::string ticket = heard.scans[0].badge;
        CHECK(ticket.starts_with(web::ticket_prefix));
        CHECK(ticket.find(row.scan) == std::string::npos);
        const auto badge_of = [&](const char* station, const char* page, const std::string& name) {
            return service.badge_of({station, page}, name, web::BadgeUse::given);
        };
        const auto badge = badge_of("OR", "tab", ticket);
        REQUIRE(badge.has_value());
        CHECK((row.badge.empty() || *badge == row.badge));
        CHECK_FALSE(badge_of("N3", "tab", ticket).has_value());
        CHECK_FALSE(badge_of("OR", "other", ticket).has_value());
        CHECK_FALSE(badge_of("OR", "tab", ticket + "0").has_value());
        ward.ticks += ticket_lasts - 1ms;
        CHECK(badge_of("OR", "tab", ticket).has_value());
        ward.ticks += 1ms;
        CHECK_FALSE(badge_of("OR", "tab", ticket).has_value());
    }
}

TEST_CASE("a ticket signs one change, and not long after its badge was scanned") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    const web::ScannerChecks service = checks.service();
    static_cast<void>(service.listen({"OR", "tab"}, std::nullopt));
    REQUIRE(checks.take(a_scan("OR", "48151623")) == ScanTaker::page);
    const std::string ticket = service.listen({"OR", "tab"}, 0).scans.at(0).badge;
    const auto signs = [&] {
        return service.badge_of({"OR", "tab"}, ticket, web::BadgeUse::signs).has_value();
    };
    const auto is_given = [&] {
        return service.badge_of({"OR", "tab"}, ticket, web::BadgeUse::given).has_value();
    };
    CHECK(signs());

    SECTION("not twice") {
        service.hold({ticket});
        CHECK_FALSE(signs()); // another request, while the first is being decided
        CHECK_FALSE(is_given());
        service.settle({ticket}, true);
        CHECK_FALSE(signs());
        CHECK_FALSE(is_given());
    }
    SECTION("again, where the first was refused") {
        service.hold({ticket});
        service.settle({ticket}, false);
        CHECK(signs());
    }
    SECTION("for a minute; a new badge may be given for longer") {
        ward.ticks += ticket_signs - 1ms;
        CHECK(signs());
        ward.ticks += 1ms;
        CHECK_FALSE(signs());
        CHECK(is_given());
    }
}

TEST_CASE("what tells no badge is handed to the check as it was heard") {
    const std::string scan = GENERATE(
        as<std::string>(),
        "]d2010952123454321310Zy-4a\x1d"
        "21Q7/m",
        "9900000011",
        "aQzWyM/-@#;",
        "4711");
    Ward ward;
    ScannerChecks checks = ward.checks();
    const web::ScannerChecks service = checks.service();
    static_cast<void>(service.listen({"OR", "tab"}, std::nullopt));
    REQUIRE(checks.take(a_scan("OR", scan)) == ScanTaker::page);
    const auto heard = service.listen({"OR", "tab"}, 0);
    REQUIRE(heard.scans.size() == 1);
    CHECK(heard.scans[0].text == scan);
    CHECK(heard.scans[0].badge.empty());
}

TEST_CASE(
    "while the place is at work a scan is neither the page's nor a cart's, and the page knows") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    const web::ScannerChecks service = checks.service();
    ward.at_work = true;
    CHECK(checks.take(a_scan("OR", "N3F-yz07")) == ScanTaker::cart); // no page listens
    static_cast<void>(service.listen({"OR", "tab"}, std::nullopt));

    const std::string scan = GENERATE(as<std::string>(), "N3F-yz07", "9900000004", "4711");
    CHECK(checks.take(a_scan("OR", scan)) == ScanTaker::nobody);
    const auto heard = service.listen({"OR", "tab"}, 0);
    REQUIRE(heard.scans.size() == 1);
    CHECK(heard.scans[0].refused);
    CHECK(heard.scans[0].text.empty());
    CHECK(heard.scans[0].badge.empty());

    CHECK(checks.take(a_scan("OR", "aQzWyM/-@#;")) == ScanTaker::page); // a test code
    CHECK_FALSE(service.listen({"OR", "tab"}, heard.last).scans.at(0).refused);
    ward.at_work = false;
    CHECK(checks.take(a_scan("OR", "4711")) == ScanTaker::page);
}

TEST_CASE("one page listens at a station; another is told nothing meanwhile, and ends nothing") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    const web::ScannerChecks service = checks.service();
    CHECK_FALSE(service.listen({"OR", "tab"}, std::nullopt).taken);
    CHECK(checks.take(a_scan("OR", "4711")) == ScanTaker::page);
    service.stop({"OR", "other"});
    const auto other = service.listen({"OR", "other"}, 0);
    CHECK(other.taken);
    CHECK(other.scans.empty());
    CHECK_FALSE(service.listen({"N3", "other"}, 0).taken);
    CHECK(service.listen({"OR", "tab"}, 0).scans.size() == 1);
    ward.ticks += std::chrono::milliseconds(web::listening_ms);
    const auto later = service.listen({"OR", "other"}, 0);
    CHECK_FALSE(later.taken);
    CHECK(later.scans.empty()); // what was heard for the page before is not this one's
}

TEST_CASE("what nobody fetches is bounded, the oldest goes first") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    const web::ScannerChecks service = checks.service();
    static_cast<void>(service.listen({"OR", "tab"}, std::nullopt));
    for (std::size_t i = 1; i <= heard_max + 3; ++i) {
        CHECK(checks.take(a_scan("OR", std::to_string(i))) == ScanTaker::page);
    }
    const auto heard = service.listen({"OR", "tab"}, 0);
    CHECK(heard.scans.size() == heard_max);
    CHECK(heard.scans.front().text == "4");
}

TEST_CASE("a station's scanners are listed with their state, and the page's own keys") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    const web::ScannerChecks service = checks.service();
    const auto before = service.scanners("OR");
    REQUIRE(before.size() == 3);
    CHECK(before[0].kind == web::page_kind);
    CHECK(before[1].reason == "not_plugged_in");
    checks.take(gun_is(true));
    CHECK(service.scanners("OR")[1].present);
    checks.take(gun_is(false));
    const auto gone = service.scanners("OR")[1];
    CHECK(gone.reason == "gone");
    CHECK(gone.identity == identity); // it is still the one that was here
    CHECK(service.scanners("nowhere").empty());
    CHECK(service.symbols()->size() == 3);
}

TEST_CASE("later scans of a scanner are read by its profile, also after a start; others are not") {
    Ward ward;
    {
        ScannerChecks checks = ward.checks();
        checks.take(gun_is(true));
        REQUIRE(checks.service().keep(identity, with_prefix()).has_value());
        REQUIRE(ward.told.size() == 1);
        CHECK(ward.told[0] == wire::LayoutLine{"gun", "de"});
    }
    ScannerChecks checks = ward.checks();
    const std::string scan = "S1:]d2010952123454321310A1|21X9";
    checks.take(gun_is(true));
    CHECK(ward.told.size() == 2);
    const auto reading = checks.read_of_device(a_scan("OR", scan), today);
    REQUIRE(reading.has_value());
    CHECK(reading->gtin == "09521234543213");
    CHECK(reading->lot == "A1");
    CHECK(reading->serial == "X9");
    // Reads the same without a profile.
    CHECK(
        reading->raw
        == "]d2010952123454321310A1\x1d"
           "21X9");
    const auto other = checks.read_of_device(scan_of_cradle(scan), today);
    CHECK((!other || other->gtin.empty()));
    const auto page = checks.read_of_page("OR", scan, today);
    CHECK((!page || page->gtin.empty()));
    CHECK(checks.service().scanners("OR")[1].layout == devices::Layout::de);
}

TEST_CASE("the page's own keys have a profile by their station") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    devices::ScannerProfile profile;
    profile.letters = devices::Letters::inverted;
    REQUIRE(checks.service().keep("page:OR", profile).has_value());
    CHECK(ward.told.empty());
    const std::string scan = "010952123454321310a1";
    const auto reading = checks.read_of_page("OR", scan, today);
    REQUIRE(reading.has_value());
    CHECK(reading->lot == "A1");
    CHECK(reading->warnings == std::vector<std::string>{"caps_lock_inverted"});
    CHECK(reading->raw == "010952123454321310A1"); // what a pair's second code is read beside
    const auto elsewhere = checks.read_of_page("N3", scan, today);
    REQUIRE(elsewhere.has_value());
    CHECK(elsewhere->lot == "a1");
}

TEST_CASE("what a check showed of separators and line ends is held to") {
    struct Row {
        const char* name;
        std::string separator;
        bool line_end;
        std::string scan;
        bool by_pause;
        std::string result; // the lot, or the rule that refuses
        std::size_t candidates;
    };

    const std::string item = "]d20109521234543213";
    const auto row = GENERATE_COPY(values<Row>({
        {"it sends GS: nothing is hidden", "\x1d", true, item + "10121L", false, "121L", 0},
        {"it sends another sign", "|", true, item + "10B2103", false, "B2103", 0},
        {"it sends none", "", true, item + "10121L", false, "121L", 1},
        {"it sends one that may be data", "/", true, item + "10121L", false, "121L", 1},
        {"a date proves itself", "\x1d", true, item + "10A117271231", false, "A117271231", 1},
        {"its end is missing", "\x1d", true, item + "10121", true, "cut_short", 0},
        {"it ends by silence", "\x1d", false, item + "10121", true, "121", 0},
    }));
    DYNAMIC_SECTION(row.name) {
        Ward ward;
        ScannerChecks checks = ward.checks();
        checks.take(gun_is(true));
        devices::ScannerProfile profile;
        profile.separator = row.separator;
        profile.line_end = row.line_end;
        profile.identifiers = devices::Identifiers::aim;
        REQUIRE(checks.service().keep(identity, profile).has_value());
        wire::ScanLine scan = a_scan("OR", row.scan);
        scan.by_pause = row.by_pause;

        const auto reading = checks.read_of_device(scan, today);

        CHECK((reading ? reading->lot : reading.error().rule) == row.result);
        CHECK((reading ? reading->candidates.size() : 0) == row.candidates);
    }
}

TEST_CASE("a scan with a letter for its kind is kept as any reader understands it") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    checks.take(gun_is(true));
    devices::ScannerProfile profile;
    profile.identifiers = devices::Identifiers::letter;
    REQUIRE(checks.service().keep(identity, profile).has_value());
    const auto pack = checks.read_of_device(a_scan("OR", "K010952123454321310A1"), today);
    REQUIRE(pack.has_value());
    CHECK(pack->raw == "]C1010952123454321310A1");
    const auto part = checks.read_of_device(a_scan("OR", "P0G1727123110A1"), today);
    REQUIRE_FALSE(part.has_value());
    CHECK(part.error().raw == "]d21727123110A1"); // to be read again beside its product
}

TEST_CASE("half a scan of a scanner that nobody has checked is refused once its habit shows") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    checks.take(gun_is(true));
    const std::string whole = "]d2010952123454321310A12345";
    wire::ScanLine half = a_scan("OR", whole.substr(0, whole.size() - 3));
    half.by_pause = true;
    CHECK(checks.read_of_device(half, today).has_value()); // nobody knows yet how it ends a scan
    for (int i = 0; i < devices::LineEndHabit::scans_in_a_row; ++i) {
        REQUIRE(checks.read_of_device(a_scan("OR", whole), today)->lot == "A12345");
    }
    const auto refused = checks.read_of_device(half, today);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().rule == "cut_short");
    CHECK(refused.error().raw == half.text);

    // Of one that was unplugged nothing is known any more: it may come back set anew.
    checks.take(gun_is(false));
    checks.take(gun_is(true));
    CHECK(checks.read_of_device(half, today).has_value());
}

TEST_CASE("a network scanner that connects for each scan anew shows its habit all the same") {
    Ward ward;
    ScannerChecks checks = ward.checks();
    wire::DeviceLine here;
    here.device = "portal";
    here.present = true;
    here.identity = "network:10.0.0.5:7430";
    wire::DeviceLine away = here;
    away.present = false;
    away.absence = wire::Absence::not_plugged_in;
    wire::ScanLine whole = a_scan("OR", "]d2010952123454321310A12345");
    whole.device = "portal";
    wire::ScanLine half = whole;
    half.text.resize(half.text.size() - 3);
    half.by_pause = true;
    for (int i = 0; i < devices::LineEndHabit::scans_in_a_row; ++i) {
        checks.take(here);
        REQUIRE(checks.read_of_device(whole, today).has_value());
        checks.take(away);
    }
    checks.take(here);
    const auto refused = checks.read_of_device(half, today);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().rule == "cut_short");

    here.identity = "network:10.0.0.6:7430"; // another place: nothing is known of it
    checks.take(here);
    CHECK(checks.read_of_device(half, today).has_value());
}

} // namespace cartwatch::scanner_checks_test
