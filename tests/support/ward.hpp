// A ward without a store: drives decide and apply as the daemon does, keeps the journal, and holds
// every decision against what decisions promise (listed messages, no change by deciding).
#pragma once

#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/messages.hpp"
#include "tests/support/builders.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace cartwatch::support {

class Ward {
public:
    explicit Ward(std::string self = "ward-3f") {
        state.self = std::move(self);
        state.pharmacy = "pharmacy";
        context.now = instant("2026-11-22T02:00:00.000Z");
        context.today = day("2026-11-22");
        context.working_day = context.today;
        context.tag_block = 1;
    }

    readiness::State state;
    readiness::Session session;
    readiness::Context context;
    std::vector<readiness::Recorded> journal;
    readiness::Decision last;

    // Time passes; the clock agrees.
    void let_pass(std::chrono::milliseconds time) {
        context.now += time;
        context.uptime += time;
    }

    // Decides and records; the events of the decision are in `last`.
    readiness::Reply run(const readiness::Command& command) {
        let_pass(std::chrono::seconds(1));
        last = readiness::decide(state, session, command, context);
        check_message(last.reply);
        for (const readiness::Event& event : last.events) {
            record(event, last.actor);
        }
        session = last.session;
        return last.reply;
    }

    void record(const readiness::Event& event, const std::string& actor = "system") {
        receive(state.self, event, actor);
    }

    // An entry of another node's journal, or of this one.
    void receive(const std::string& node, const readiness::Event& event, std::string actor = "x") {
        readiness::Recorded entry;
        entry.node = node;
        entry.seq = static_cast<std::int64_t>(journal.size()) + 1;
        entry.at = context.now;
        entry.actor = std::move(actor);
        entry.event = event;
        readiness::apply(state, entry);
        journal.push_back(std::move(entry));
    }

    readiness::Reply define(std::vector<readiness::Event> events) {
        return run(readiness::Define{std::move(events), "A1"});
    }

    void stock(const std::string& cart, const std::string& line, readiness::Holding holding) {
        REQUIRE(
            define({readiness::StockRecorded{cart, line, {std::move(holding)}}}).message
            == "defined");
    }

    [[nodiscard]] const readiness::NodeState& node() const {
        return readiness::node_of(state, state.self);
    }

    [[nodiscard]] const readiness::Cart& cart(const std::string& id) const {
        return node().carts.at(id);
    }

    [[nodiscard]] const readiness::Line&
    line(const std::string& cart, const std::string& id) const {
        const readiness::Line* found = readiness::find_line(node().carts.at(cart), id);
        REQUIRE(found != nullptr);
        return *found;
    }

    [[nodiscard]] const readiness::Check& check() const {
        REQUIRE(node().open_checks.contains(session.check));
        return node().open_checks.at(session.check);
    }

    // What the open check has counted on the line.
    [[nodiscard]] std::vector<readiness::Holding> counted(const std::string& line) const {
        const readiness::LineProgress* found = check().progress.lines.find(line);
        return found == nullptr ? std::vector<readiness::Holding>{} : found->holdings;
    }

    readiness::Reply badge(const std::string& staff) {
        const readiness::Staff* person = readiness::find_staff(state, state.self, staff);
        REQUIRE(person != nullptr);
        return run(a_scan(person->badge));
    }

    readiness::Reply scan_cart(const std::string& id) {
        return run(a_scan(cart(id).tag));
    }

    readiness::Reply open(const std::string& cart = "OR-1", const std::string& staff = "N1") {
        badge(staff);
        return scan_cart(cart);
    }

    // Signs, past the question about what is missing or critical.
    readiness::Reply sign(const std::string& staff = "N1") {
        const readiness::Reply reply = badge(staff);
        const bool asked = reply.message == "review_missing" || reply.message == "review_critical";
        return asked ? badge(staff) : reply;
    }

    // How many events of this kind the last decision brought.
    template <typename What>
    [[nodiscard]] int brought() const {
        return static_cast<int>(
            std::count_if(last.events.begin(), last.events.end(), [](const auto& event) {
                return std::holds_alternative<What>(event);
            }));
    }

    template <typename What>
    [[nodiscard]] const What& first() const {
        for (const readiness::Event& event : last.events) {
            if (const What* found = std::get_if<What>(&event)) {
                return *found;
            }
        }
        throw std::logic_error("the last decision brought no such event");
    }

private:
    // A catalogue fills every message in from the values that are listed for it, no more, no less.
    static void check_message(const readiness::Reply& reply) {
        const readiness::MessageSpec* spec = readiness::find_message(reply.message);
        INFO("message " << reply.message);
        REQUIRE(spec != nullptr);
        std::vector<std::string> named;
        for (const auto& [key, value] : reply.values) {
            named.push_back(key);
        }
        REQUIRE(named == std::vector<std::string>(spec->values.begin(), spec->values.end()));
    }
};

// The GTINs of the example products.
inline const std::string epi = gtin_of(1);
inline const std::string norepi = gtin_of(2);
inline const std::string atropine = gtin_of(3);
inline const std::string ketamine = gtin_of(4);
inline const std::string blade = gtin_of(5);
inline const std::string dopamine = gtin_of(6);

// A ward with two carts. OR-1: epi (critical, 10, by line; lot A1 to 2027-12-31 on file), atropine
// (5, nothing on file), ketamine (3, by unit), blade (4, does not expire), a critical defibrillator
// and a suction pump. OR-2: dopamine and a pump. People: nurses N1 and N2, head nurse H1, nurse R1
// retired; pharmacist P1 in the pharmacy's journal.
inline Ward a_ward() {
    using namespace readiness;
    Ward ward;
    ward.receive(
        "pharmacy",
        StaffDefined{a_person("P1", Role::pharmacist, codes::own_tag(codes::TagType::staff, 1))});
    Product trace = a_product("ketamine").gtin(ketamine);
    trace.identifiers.push_back({IdentifierKind::drug_trace_prefix, "8385793"});
    Product epi_product = a_product("epi").named("肾上腺素", "Epinephrine").gtin(epi);
    epi_product.lasa_group = "epi";
    epi_product.identifiers.push_back({IdentifierKind::drug_trace_prefix, "8111111"});
    const Cart first = a_cart("OR-1")
                           .with(a_line("epi").critical())
                           .with(a_line("atropine").par(5))
                           .with(a_line("ketamine").par(3).by_unit())
                           .with(a_line("blade").par(4))
                           .with(a_device("defib").critical().code("ASSET-77"))
                           .with(a_device("suction"));
    const Cart second = a_cart("OR-2").with(a_line("dopamine").par(2)).with(a_device("pump"));
    const Reply reply = ward.define({
        ProductDefined{epi_product},
        ProductDefined{
            a_product("norepi").named("去甲肾上腺素", "Norepinephrine").gtin(norepi).lasa("epi")},
        ProductDefined{a_product("atropine").gtin(atropine)},
        ProductDefined{trace},
        ProductDefined{a_product("blade").gtin(blade).not_expiring()},
        ProductDefined{a_product("dopamine").gtin(dopamine)},
        StaffDefined{a_person("N1", Role::nurse)},
        StaffDefined{a_person("N2", Role::nurse)},
        StaffDefined{a_person("H1", Role::head_nurse)},
        StaffDefined{a_person("R1", Role::nurse, "", true)},
        CartDefined{first},
        CartDefined{second},
        StockRecorded{"OR-1", "epi", {a_lot("A1", "2027-12-31", 10)}},
    });
    REQUIRE(reply.message == "defined");
    return ward;
}

} // namespace cartwatch::support
