#include "tests/support/ward.hpp"

#include <array>
#include <random>

using namespace cartwatch;
using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// Commands as a hurried ward gives them: any of them at any time.
class Hurry {
public:
    explicit Hurry(unsigned seed) : random_(seed) {}

    Command next(const Ward& ward) {
        switch (number(0, 19)) {
        case 0:
        case 1:
            return a_scan(badge(ward));
        case 2:
            return a_scan(ward.cart(pick({"OR-1", "OR-2"})).tag);
        case 3:
            return EnterQuantity{number(-1, 15), pick({"", "", "epi", "blade", "nowhere"})};
        case 4:
            return control();
        case 5:
            return EnterExpiry{date(), pick({"", "A1", "B2"}), pick({"", "", "atropine"})};
        case 6:
            return ReportTest{number(0, 3) > 0, pick({"", "defib", "suction", "pump"})};
        case 7:
            return Undo{};
        case 8:
            return a_trace_scan(
                pick({"8385793", "8111111", "8999999"}) + std::string(12, '0')
                + std::to_string(number(0, 9)));
        case 9:
            return pick_other(ward);
        case 10:
            return a_scan(slot(ward));
        default:
            return product_scan();
        }
    }

private:
    int number(int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random_);
    }

    std::string pick(std::vector<std::string> choices) {
        return choices[static_cast<std::size_t>(number(0, static_cast<int>(choices.size()) - 1))];
    }

    Day date() {
        return day("2026-11-22") + std::chrono::days(number(-5, 400));
    }

    std::string badge(const Ward& ward) {
        const std::string id = pick({"N1", "N1", "N1", "N2", "H1", "R1"});
        return find_staff(ward.state, ward.state.self, id)->badge;
    }

    std::string slot(const Ward& ward) {
        const Cart& cart = ward.cart(pick({"OR-1", "OR-1", "OR-2"}));
        return cart
            .lines[static_cast<std::size_t>(number(0, static_cast<int>(cart.lines.size()) - 1))]
            .tag;
    }

    Command control() {
        // Not too often: a cancelled check tests little.
        const int code = number(1, 27);
        return a_control(static_cast<ControlCode>(code > 9 ? code % 8 + 1 : code));
    }

    Command pick_other(const Ward& ward) {
        switch (number(0, 7)) {
        case 0:
            return an_unreadable_scan("01");
        case 1:
            return a_gs1_scan(gtin_of(number(900, 903)));
        case 2:
            return EnterSeal{std::to_string(number(1, 9))};
        case 3:
            return MarkMissing{pick({"", "epi", "ketamine"})};
        case 4:
            return IssueRecall{
                {pick({"epi", "atropine"}), pick({"A1", "B2", "C3"})}, "", badge_of(ward, "P1")};
        case 5:
            return MarkDamaged{number(0, 3), ""};
        case 6:
            return ConfirmDay{ward.context.today};
        default:
            return JudgeDay{};
        }
    }

    static std::string badge_of(const Ward& ward, const std::string& id) {
        return find_staff(ward.state, ward.state.self, id)->badge;
    }

    Command product_scan() {
        ScanBuilder scan = a_gs1_scan(pick({epi, atropine, ketamine, blade, dopamine, norepi}));
        if (number(0, 3) > 0) {
            scan.lot(pick({"A1", "B2", "C3"}));
        }
        if (number(0, 3) > 0) {
            scan.expiry(cartwatch::to_text(date()));
        }
        if (number(0, 3) == 0) {
            scan.serial(std::to_string(number(1, 9)));
        }
        return scan;
    }

    std::mt19937 random_;
};

// What must hold after every command.
void hold(const Ward& ward) {
    for (const auto& [id, check] : ward.node().open_checks) {
        REQUIRE(check.progress == progress_of(check.steps));
    }
    for (const auto& [id, cart] : ward.node().carts) {
        for (const Line& line : cart.lines) {
            const Product* product = find_product(ward.state, ward.state.self, line.product);
            std::set<std::string> lots;
            for (const Holding& holding : line.holdings) {
                REQUIRE(holding.damaged >= 0);
                REQUIRE(holding.damaged <= holding.quantity);
                REQUIRE(holding.quantity > 0);
                REQUIRE(lots.insert(holding.lot).second);
                // Without a date it would count as usable for ever.
                REQUIRE((holding.last_usable_day || !product->expires));
            }
        }
    }
    REQUIRE(ward.last.reply.step >= 0);
}

// What a closed check said of its cart is what the state says of it.
void hold_closing(const Ward& ward) {
    for (const Event& event : ward.last.events) {
        const auto* closed = std::get_if<CheckClosed>(&event);
        if (closed == nullptr) {
            continue;
        }
        const Cart& cart = ward.cart(closed->cart);
        const Judgement judged = evaluate(
            cart,
            policy_for(ward.state, ward.state.self),
            recalls_for(ward.state, ward.state.self),
            latest_day(ward.node(), ward.context.today));
        REQUIRE(judged.readiness == closed->readiness);
        REQUIRE(judged.findings == closed->findings);
        REQUIRE(judged.ready_until == closed->ready_until);
        std::map<AlertKey, AlertNeed> open;
        for (const auto& [key, alert] : ward.node().alerts) {
            if (alert.open() && key.cart == cart.id) {
                open[key] = alert.need;
            }
        }
        const std::vector<AlertNeed> needs = needs_of(cart, judged);
        const bool clock_back = ward.context.today < latest_day(ward.node(), ward.context.today);
        // With the clock set back nothing ends and nothing is eased.
        REQUIRE((clock_back ? open.size() >= needs.size() : open.size() == needs.size()));
        for (const AlertNeed& need : needs) {
            const auto found = open.find({cart.id, need.line.empty() ? need.device : need.line});
            REQUIRE(found != open.end());
            REQUIRE((clock_back || found->second == need));
        }
    }
}

State fold(const Ward& ward) {
    State state;
    state.self = ward.state.self;
    state.pharmacy = ward.state.pharmacy;
    for (const Recorded& entry : ward.journal) {
        apply(state, entry);
    }
    return state;
}

} // namespace

TEST_CASE("whatever is commanded, the state is the fold of what was recorded", "[property]") {
    constexpr unsigned sequences = 300;
    constexpr int commands = 200;
    int closed = 0;
    const Ward fresh = a_ward();
    for (unsigned seed = 1; seed <= sequences; ++seed) {
        INFO("seed " << seed);
        Ward ward = fresh;
        Hurry hurry(seed);
        for (int i = 0; i < commands; ++i) {
            const Decision dry = decide(ward.state, ward.session, hurry.next(ward), ward.context);
            REQUIRE(find_message(dry.reply.message) != nullptr);
            ward.last = dry;
            ward.session = dry.session;
            ward.context.now += std::chrono::seconds(1);
            for (const Event& event : dry.events) {
                ward.record(event, dry.actor);
            }
            hold(ward);
            hold_closing(ward);
            closed += ward.brought<CheckClosed>();
            if (i % 50 == 49) {
                // Forward as a rule, now and then far ahead or back.
                const std::array<int, 8> jumps = {1, 1, 1, 1, 1, 400, -400, -3};
                ward.context.today +=
                    std::chrono::days(jumps.at((seed + static_cast<unsigned>(i)) % 8));
                ward.context.working_day = ward.context.today;
            }
        }
        REQUIRE(fold(ward) == ward.state);
    }
    CHECK(closed > 300); // the run is about something
}
