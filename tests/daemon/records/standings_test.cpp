// Goal: figures from the tables that are kept as entries come are those that the journal tells
// itself, entry by entry, whatever came together in one commit; and what the two say where they
// may differ.
#include "daemon/crypto/sha256.hpp"
#include "daemon/figures/check_figures.hpp"
#include "daemon/figures/readiness_figures.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/verify.hpp"
#include "tests/daemon/figures/random_diary.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>

namespace cartwatch::standings_test {

using namespace cartwatch::figures;
using namespace cartwatch::store_kit;

namespace {

// A pharmacy's store that takes in what a diary tells, some entries at a time.
class Books {
public:
    explicit Books(unsigned seed) : random_(seed) {
        state_.self = "pharmacy";
        state_.pharmacy = "pharmacy";
    }

    void take(const std::vector<Recorded>& entries) {
        for (std::size_t next = 0; next < entries.size();) {
            std::vector<store::Item> items;
            for (auto left = 1 + random_() % 8; left > 0 && next < entries.size(); --left) {
                items.push_back(item_of(entries[next++]));
            }
            store_.commit(items, state_);
        }
    }

    [[nodiscard]] std::map<CartName, TimeReady>
    time_ready(const Diary& diary, const Period& period, Instant now = much_later) const {
        std::map<CartName, std::vector<Stood>> stood;
        store::Reader reader(folder_.path());
        reader.standings(
            "",
            "",
            {diary.day_begins(period.from), diary.day_begins(period.to)},
            [&](const store::StandingReport& report) {
                stood[{report.node, report.cart}].push_back({report.since, report.standing});
            });
        std::map<CartName, TimeReady> carts;
        for (const auto& [cart, rows] : stood) {
            const TimeReady sum =
                time_ready_of(rows, period, now, diary.day_begins, diary.shifts_at);
            if (sum.total.count() > 0) {
                carts[cart] = sum;
            }
        }
        return carts;
    }

    [[nodiscard]] std::map<CartName, Overrides> overrides(const Period& period) const {
        std::map<CartName, Overrides> carts;
        store::Reader reader(folder_.path());
        reader.overrides(
            {period.from, period.to - days(1)}, [&](const store::OverrideReport& report) {
                carts[{report.node, report.cart}] = {report.typed, report.skipped, report.lines};
            });
        return carts;
    }

    [[nodiscard]] store::VerifyReport verified() {
        return store::verify(folder_.path());
    }

private:
    store::Item item_of(const Recorded& told) {
        store::Item item;
        item.recorded = told;
        journal::Head& head = heads_[told.node];
        item.recorded.seq = head.seq + 1;
        item.entry = *journal::next_entry(head, item.recorded, crypto::sha256);
        head = {item.entry.seq, item.entry.hash};
        apply(state_, item.recorded);
        return item;
    }

    std::mt19937 random_;
    Folder folder_{Place::memory};
    store::Store store_ = store::Store::open(folder_.path(), {"pharmacy", "pharmacy"});
    State state_;
    std::map<std::string, journal::Head> heads_;
};

// The same, with the word of the ward that a day began before what it said first on each.
Diary with_days(const Diary& diary) {
    Diary told = diary;
    told.entries.clear();
    const Past past = diary.past();
    std::optional<Day> last;
    for (const Recorded& entry : diary.entries) {
        const Day today = past.day_of(entry.at);
        if (last != today) {
            last = today;
            told.at(entry.at).write(DayJudged{today});
        }
        told.at(entry.at).write(entry.event, entry.node);
    }
    return told;
}

// Those that were on a list in the period.
std::map<CartName, TimeReady>
from_journal(const Diary& diary, const Period& period, Instant now = much_later) {
    auto carts = time_ready_by_cart(diary.past(), {}, period, now);
    std::erase_if(carts, [](const auto& cart) { return cart.second.total.count() == 0; });
    return carts;
}

} // namespace

TEST_CASE("tables kept as entries came tell the figures of the journal", "[property]") {
    const int diaries = sequences_asked(test::sanitized ? 10 : 60);
    int ready = 0;
    int overridden = 0;
    for (int i = 0; i < diaries; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        const Diary diary = with_days(RandomDiary(seed).diary);
        Books books(seed);
        books.take(diary.entries);
        for (const int from : {0, i % 30, 60}) {
            const Period period{begin + days(from), begin + days(from + 1 + i % 40)};
            const Instant now = i % 3 == 0 ? Instant(begin) + hours(24 * 50 + i) : much_later;
            const auto told = books.time_ready(diary, period, now);
            REQUIRE(told == from_journal(diary, period, now));
            REQUIRE(books.overrides(period) == overrides_by_cart(diary.past(), {}, period));
            for (const auto& [cart, sum] : told) {
                ready += sum.ready.count() > 0 && sum.ready < sum.total ? 1 : 0;
            }
            overridden += books.overrides(period).empty() ? 0 : 1;
        }
        const auto report = books.verified();
        INFO((report.fault ? report.fault->text : ""));
        REQUIRE(report.holds());
    }
    CHECK(ready > diaries / 2); // neither never nor always
    CHECK(overridden > diaries);
}

SCENARIO("time ready from tables where shifts or a wrong clock come in", "[figures]") {
    const Period period{day("2028-01-01"), day("2028-01-11")};
    Diary diary;
    diary.on("2028-01-01").write(a_listed_cart("OR-1"));

    GIVEN("a handover in every shift, kept on the first day alone") {
        diary.shifts_at = china_shifts;
        Policy policy;
        policy.shift_hours = {0, 8, 16};
        policy.handover_each_shift = true;
        diary.write(PolicyChanged{policy}, "pharmacy");
        diary.on("2028-01-01", 9).check("OR-1", {counted("epi", "A", "2029-01-01", 5)});
        diary.on("2028-01-01", 18).check_seal("OR-1", "", CheckKind::handover);
        Books books(1);
        books.take(diary.entries);

        THEN("it was ready until the shift after the last one ended") {
            const auto told = books.time_ready(diary, period);
            CHECK(told == from_journal(diary, period));
            CHECK(told.at({"ward", "OR-1"}).ready == hours(23)); // from 9:00 to 8:00
        }
    }
    GIVEN("a clock that ran months ahead for a check, until somebody said what day it is") {
        diary.on("2028-01-02", 9).check("OR-1", {counted("epi", "A", "2029-01-01", 5)});
        diary.on("2028-06-01", 9).check("OR-1", {counted("epi", "B", "2029-01-01", 0)});
        diary.on("2028-01-03", 9).correct("2028-01-03");
        Books books(1);
        books.take(diary.entries);

        THEN("that check counts for nothing") {
            CHECK(books.time_ready(diary, period) == from_journal(diary, period));
            const Period year{day("2028-01-01"), day("2029-01-01")};
            CHECK(books.overrides(year) == overrides_by_cart(diary.past(), {}, year));
        }
    }
}

SCENARIO("the pharmacy's clock moves no past of a ward", "[figures]") {
    GIVEN("a cart that was not ready until it was checked on the fifth day") {
        const Period period{day("2028-01-01"), day("2028-01-11")};
        Diary diary;
        diary.on("2028-01-01", 8).write(PolicyChanged{}, "pharmacy");
        diary.on("2028-01-01", 8).write(a_listed_cart("OR-1"));
        diary.on("2028-01-05", 8).check("OR-1", {counted("epi", "A", "2029-01-01", 5)});
        const auto as_it_was = from_journal(diary, period);
        Books books(1);

        WHEN("a recall of something else comes from a pharmacy whose clock says 2020") {
            diary.on("2020-01-01").write(RecallIssued{{"nor", "Z"}, ""}, "pharmacy");
            books.take(diary.entries);

            THEN("it was ready from then on, and no day before") {
                CHECK(books.time_ready(diary, period) == as_it_was);
                CHECK(books.verified().holds());
            }
        }
        WHEN("somebody puts the pharmacy's clock back to the second day") {
            diary.on("2028-01-02").write(DayCorrected{day("2028-01-02"), "P1"}, "pharmacy");
            books.take(diary.entries);

            THEN("the ward's days are what they were") {
                CHECK(books.time_ready(diary, period) == as_it_was);
            }
        }
    }
}

SCENARIO("what a ward tells late is judged with what is known when it comes", "[figures]") {
    GIVEN("a recall that the pharmacy issued while a ward without a link checked its cart") {
        const Period period{day("2028-01-01"), day("2028-01-11")};
        Diary ward;
        ward.on("2028-01-01").write(a_listed_cart("OR-1"));
        Diary pharmacy;
        pharmacy.on("2028-01-05", 0).write(RecallIssued{{"epi", "A"}, ""}, "pharmacy");
        Diary late;
        late.on("2028-01-03", 0).check("OR-1", {counted("epi", "A", "2029-01-01", 5)});
        Books books(1);
        books.take(ward.entries);
        books.take(pharmacy.entries);

        WHEN("the check arrives") {
            books.take(late.entries);

            THEN("no day on which a recalled lot lay there counts as ready, known then or not") {
                const TimeReady told = books.time_ready(ward, period).at({"ward", "OR-1"});
                CHECK(told.ready.count() == 0);
                CHECK(told.total == hours(24 * 10 - 8));
                CHECK(books.verified().holds());
            }
        }
    }
}

} // namespace cartwatch::standings_test
