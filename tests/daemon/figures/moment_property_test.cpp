// Figures of a moment, of lines and of alerts against a second computation: everything read again
// from the first entry on, by the second books, with the second judgement, unit by unit.
#include "daemon/figures/alert_figures.hpp"
#include "daemon/figures/check_figures.hpp"
#include "daemon/figures/readiness_figures.hpp"
#include "tests/daemon/figures/random_diary.hpp"
#include "tests/support/random_moves.hpp"
#include "tests/support/second_books.hpp"
#include "tests/support/second_judgement.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>
#include <vector>

namespace cartwatch::moment_property_test {

using namespace cartwatch::figures;

namespace {

SecondBooks books_at(const Diary& diary, Instant at) {
    SecondBooks books;
    for (const Recorded& entry : diary.entries) {
        if (entry.at <= at) {
            books.read(entry);
        }
    }
    return books;
}

std::vector<Cart> carts_in(const SecondBooks& books, const Scope& scope) {
    std::vector<Cart> carts;
    for (const std::string& id : books.carts()) {
        const Cart cart = books.present(id);
        if (!cart.retired && (scope.station.empty() || scope.station == cart.station)) {
            carts.push_back(cart);
        }
    }
    return carts;
}

Rate plain_rate(const SecondBooks& books, const std::vector<Cart>& carts, Day today) {
    Rate rate;
    for (const Cart& cart : carts) {
        const Judgement judged =
            second_judgement(cart, books.policy(), books.recalls(), today, books.substitutions());
        rate.in_order += judged.in_order;
        rate.required += judged.required;
    }
    return rate;
}

ProvedShare plain_share(const std::vector<Cart>& carts) {
    ProvedShare share;
    for (const Cart& cart : carts) {
        for (const Line& line : cart.lines) {
            std::set<Evidence> known;
            for (const Holding& holding : line.holdings) {
                for (int unit = 0; unit < holding.quantity; ++unit) {
                    known.insert(holding.evidence);
                }
            }
            int* grade = &share.empty;
            const std::map<Evidence, int*> best_first = {
                {Evidence::scanned, &share.scanned},
                {Evidence::slot, &share.slot},
                {Evidence::typed, &share.typed}};
            for (const auto& [evidence, count] : best_first) {
                grade = known.contains(evidence) ? count : grade;
            }
            ++*grade;
        }
    }
    return share;
}

bool may_lie_there(
    const SecondBooks& books, const Cart& cart, const Line& line, const Holding& lot, Day today) {
    for (const Recall& recall : books.recalls()) {
        const std::string& product = lot.product.empty() ? line.product : lot.product;
        if (recall.product == product && (recall.lot.empty() || recall.lot == lot.lot)) {
            return false;
        }
    }
    if (lot.product.empty()) {
        return true;
    }
    for (const Substitution& word : books.substitutions()) {
        if (word.product == line.product && word.substitute == lot.product
            && (word.cart.empty() || word.cart == cart.id) && today <= word.until) {
            return true;
        }
    }
    return false;
}

// Usable units by the day on which they may be used last, that day being at most so far off.
std::map<Day, int>
plain_forecast(const SecondBooks& books, const std::vector<Cart>& carts, Day today, int within) {
    std::map<Day, int> units;
    for (int ahead = 0; ahead <= within; ++ahead) {
        for (const Cart& cart : carts) {
            for (const Line& line : cart.lines) {
                for (const Holding& lot : line.holdings) {
                    const int sound = lot.quantity - lot.damaged;
                    if (lot.last_usable_day == today + days(ahead) && sound > 0
                        && may_lie_there(books, cart, line, lot, today)) {
                        units[today + days(ahead)] += sound;
                    }
                }
            }
        }
    }
    return units;
}

// Goes over every entry with a pencil.
Overrides plain_overrides(const Diary& diary, const Scope& scope, const Period& period) {
    Overrides sum;
    std::map<std::string, Cart> lists;
    std::map<std::string, std::map<std::string, Evidence>> counts; // by check, by line
    for (const Recorded& entry : diary.entries) {
        if (const auto* listed = std::get_if<CartDefined>(&entry.event)) {
            lists[listed->cart.id] = listed->cart;
        } else if (const auto* stepped = std::get_if<CheckStepped>(&entry.event)) {
            const auto* counted = std::get_if<LineCounted>(&stepped->action);
            if (counted != nullptr && counted->holding.quantity > 0) {
                counts[stepped->check][counted->line] = counted->holding.evidence;
            }
        } else if (const auto* closed = std::get_if<CheckClosed>(&entry.event)) {
            const Cart& cart = lists.at(closed->cart);
            if (closed->kind != CheckKind::full || cart.retired || closed->working_day < period.from
                || closed->working_day >= period.to
                || (!scope.station.empty() && scope.station != cart.station)
                || (!scope.cart.empty() && scope.cart != cart.id)) {
                continue;
            }
            for (const Line& line : cart.lines) {
                const std::set<std::string> missing(
                    closed->not_scanned.begin(), closed->not_scanned.end());
                const auto& known = counts[closed->check];
                sum.lines += 1;
                sum.skipped += missing.contains(line.id) ? 1 : 0;
                sum.typed +=
                    known.contains(line.id) && known.at(line.id) == Evidence::typed ? 1 : 0;
            }
        }
    }
    return sum;
}

// One alert on paper.
struct Slip {
    AlertNeed need;
    Severity severity = Severity::notice;
    Instant raised;
    std::int64_t worse = 0;
    std::optional<Instant> accepted;
    std::optional<Instant> over;
    bool withdrawn = false;
};

// The slips of a hospital in which every clock is right.
std::vector<Slip> slips_of(const std::vector<Recorded>& entries) {
    std::vector<Slip> slips;
    std::map<std::pair<AlertKey, int>, std::size_t> places;
    const auto accept = [&](const auto& answer, Instant at) {
        Slip& slip = slips.at(places.at({answer.key, answer.episode}));
        const bool saw = answer.seen_seq == 0 || answer.seen_seq >= slip.worse;
        if (saw && !slip.over && !slip.accepted) {
            slip.accepted = at;
        }
    };
    for (const Recorded& entry : entries) {
        if (const auto* raised = std::get_if<AlertRaised>(&entry.event)) {
            places[{raised->key, raised->episode}] = slips.size();
            slips.push_back(
                {raised->need, raised->need.severity, entry.at, entry.seq, {}, {}, false});
        } else if (const auto* changed = std::get_if<AlertChanged>(&entry.event)) {
            Slip& slip = slips.at(places.at({changed->key, changed->episode}));
            const bool more = changed->need.quantity > slip.need.quantity;
            if (more || changed->need.severity < slip.need.severity) {
                slip.worse = entry.seq;
            }
            slip.need = changed->need;
        } else if (const auto* closed = std::get_if<AlertClosed>(&entry.event)) {
            Slip& slip = slips.at(places.at({closed->key, closed->episode}));
            slip.over = entry.at;
            slip.withdrawn = !closed->resolved;
        } else if (const auto* accepted = std::get_if<AlertAccepted>(&entry.event)) {
            accept(*accepted, entry.at);
        } else if (const auto* sent = std::get_if<AlertDispatched>(&entry.event)) {
            accept(*sent, entry.at);
        }
    }
    return slips;
}

struct PlainWaiting {
    std::multiset<std::chrono::milliseconds> over;
    int still = 0;
};

// Whether the middle of them is where the figure says, and nine in ten do not exceed the other.
void hold(const std::map<Severity, Waiting>& figures, const std::map<Severity, PlainWaiting>& all) {
    for (const auto& [severity, plain] : all) {
        const auto found = figures.find(severity);
        REQUIRE((found != figures.end()) == (!plain.over.empty() || plain.still > 0));
        if (found == figures.end()) {
            continue;
        }
        const Waiting& figure = found->second;
        REQUIRE(figure.over == static_cast<int>(plain.over.size()));
        REQUIRE(figure.still == plain.still);
        REQUIRE(figure.median.has_value() == !plain.over.empty());
        if (plain.over.empty()) {
            continue;
        }
        const std::vector<std::chrono::milliseconds> sorted(plain.over.begin(), plain.over.end());
        const std::size_t count = sorted.size();
        REQUIRE(*figure.median == (sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
        std::size_t ninth = 1;
        while (ninth * 10 < count * 9) {
            ++ninth;
        }
        REQUIRE(*figure.ninetieth == sorted[ninth - 1]);
    }
}

} // namespace

TEST_CASE("figures of a moment are what a second reading of the journal finds", "[property]") {
    const int diaries = sequences_asked(40);
    std::mt19937 random(seed_asked());
    int substitutes = 0;
    for (int i = 0; i < diaries; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        const Diary diary = RandomDiary(seed).diary;
        for (const char* station : {"", "OR", "nowhere"}) {
            const Scope scope{"", station, ""};
            const Instant at = Instant(begin) + hours(random() % (days_long * 24));
            const Day today = diary.past().day_of(at);
            const SecondBooks books = books_at(diary, at);
            const std::vector<Cart> carts = carts_in(books, scope);
            REQUIRE(readiness_rate(diary.past(), scope, at) == plain_rate(books, carts, today));
            REQUIRE(proved_share(diary.past(), scope, at) == plain_share(carts));
            const std::vector<ExpiryAhead> forecast = expiry_forecast(diary.past(), scope, at);
            for (const int within : forecast_days) {
                std::map<Day, int> units;
                for (const ExpiryAhead& ahead : forecast) {
                    if (ahead.within_days <= within) {
                        units[ahead.last_usable_day] += ahead.quantity;
                    }
                    substitutes += ahead.product == "nor" ? 1 : 0;
                }
                REQUIRE(units == plain_forecast(books, carts, today, within));
            }
        }
    }
    CHECK(substitutes > 0);
}

TEST_CASE("overrides are what a pencil counts", "[property]") {
    const int diaries = sequences_asked(60);
    std::mt19937 random(seed_asked());
    Overrides all;
    for (int i = 0; i < diaries; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        const Diary diary = RandomDiary(seed).diary;
        const Day from = begin + days(random() % days_long);
        const Period period{from, from + days(random() % days_long)};
        const Scope scope{"", i % 2 == 0 ? "" : "ED", ""};
        const Overrides figure = overrides(diary.past(), scope, period);
        REQUIRE(figure == plain_overrides(diary, scope, period));
        for (const auto& [cart, of_cart] : overrides_by_cart(diary.past(), scope, period)) {
            const Scope alone{cart.first, scope.station, cart.second};
            REQUIRE(of_cart == plain_overrides(diary, alone, period));
        }
        all.typed += figure.typed;
        all.skipped += figure.skipped;
    }
    CHECK(all.typed > 0);
    CHECK(all.skipped > 0);
}

TEST_CASE("waits for the pharmacy are what slips of paper say", "[property]") {
    const int hospitals = sequences_asked(40);
    const Hospital fresh;
    int accepted = 0;
    int restocked = 0;
    for (int i = 0; i < hospitals; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        Hospital hospital = fresh;
        RandomMoves moves(seed);
        for (int move = 0; move < 200; ++move) {
            const Move next = moves.next(hospital);
            if (next.mover != Mover::clock) { // the slips trust every clock
                hospital.take(next);
            }
        }
        const std::vector<Recorded>& entries = hospital.pharmacy().arrivals;
        std::map<Severity, PlainWaiting> to_accept;
        std::map<Severity, PlainWaiting> to_restock;
        for (const Slip& slip : slips_of(entries)) {
            PlainWaiting& accepting = to_accept[slip.severity];
            PlainWaiting& restocking = to_restock[slip.severity];
            if (slip.accepted) {
                accepting.over.insert(*slip.accepted - slip.raised);
                ++accepted;
            }
            accepting.still += !slip.accepted && !slip.over ? 1 : 0;
            restocking.still += slip.over ? 0 : 1;
            if (slip.over && !slip.withdrawn) {
                restocking.over.insert(*slip.over - slip.raised);
                ++restocked;
            }
        }
        const Past past = past_of(entries, "pharmacy", china_day_begins);
        const Period ever{day("2000-01-01"), day("2100-01-01")};
        const AlertTimes figure = alert_times(past, {}, ever);
        hold(figure.to_accept, to_accept);
        hold(figure.to_restock, to_restock);
    }
    if (hospitals >= 40) {
        CHECK(accepted > 0);
        CHECK(restocked > 0);
    }
}

} // namespace cartwatch::moment_property_test
