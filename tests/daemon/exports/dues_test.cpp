// Goal: due dates told from tables that are kept as entries come are those that going through the
// journal tells, by day, week, month, quarter and any range, for a cart, a station and the
// hospital; over the turn of a year, a leap February and clocks that go forward.
#include "daemon/crypto/sha256.hpp"
#include "daemon/exports/due_rows.hpp"
#include "daemon/figures/check_figures.hpp"
#include "tests/daemon/figures/random_diary.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::dues_rows_test {

using namespace cartwatch::figures;
using namespace cartwatch::store_kit;
using exports::DueRow;

namespace {

// A pharmacy's store that took in all of it.
class Books {
public:
    explicit Books(const std::vector<Recorded>& entries) {
        State state;
        state.self = state.pharmacy = "pharmacy";
        auto store = store::Store::open(folder_.path(), {"pharmacy", "pharmacy"});
        std::map<std::string, journal::Head> heads;
        for (const Recorded& told : entries) {
            store::Item item;
            item.recorded = told;
            journal::Head& head = heads[told.node];
            item.recorded.seq = head.seq + 1;
            item.entry = *journal::next_entry(head, item.recorded, crypto::sha256);
            head = {item.entry.seq, item.entry.hash};
            apply(state, item.recorded);
            const std::vector<store::Item> items{item};
            store.commit(items, state);
        }
        opened_.emplace(std::move(store));
    }

    [[nodiscard]] std::vector<DueRow> dues(const Past& past, Day today) const {
        std::vector<DueRow> rows;
        store::Reader reader(folder_.path());
        exports::for_each_due(
            reader,
            today,
            [&past](Instant at) { return past.day_of(at); },
            [&](const DueRow& row) { rows.push_back(row); });
        return rows;
    }

private:
    Folder folder_{Place::memory};
    std::optional<store::Store> opened_;
};

OnTime counted(const std::vector<DueRow>& rows, const Scope& scope, const Period& period) {
    OnTime sum;
    for (const DueRow& row : rows) {
        const bool wanted = (scope.cart.empty() || scope.cart == row.cart)
                            && (scope.station.empty() || scope.station == row.station);
        if (wanted && period.holds(row.date.due)) {
            sum.on_time += row.date.fate == Fate::on_time ? 1 : 0;
            sum.late += row.date.fate == Fate::late ? 1 : 0;
            sum.missed += row.date.fate == Fate::missed ? 1 : 0;
            sum.open += row.date.fate == Fate::open ? 1 : 0;
        }
    }
    return sum;
}

// No two entries at one instant: which of two came first, tables do not keep.
std::vector<Recorded> apart(std::vector<Recorded> entries) {
    int number = 0;
    for (Recorded& entry : entries) {
        entry.at += std::chrono::milliseconds(number++);
    }
    return entries;
}

} // namespace

TEST_CASE("due dates from tables are those of the journal", "[exports][dues][property]") {
    const int diaries = sequences_asked(20);
    OnTime all;
    for (int i = 0; i < diaries; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        Diary diary = RandomDiary(seed).diary;
        diary.entries = apart(diary.entries);
        const Past past = diary.past();
        const Day today = begin + days(20 + (i * 7) % days_long);
        const Books books(diary.entries);
        const auto rows = books.dues(past, today);
        const std::vector<Period> periods{
            {begin, begin + days(days_long)},        // any range
            {begin + days(i), begin + days(i + 1)},  // a day
            {day("2027-12-27"), day("2028-01-03")},  // the ISO week over the turn of the year
            {day("2028-02-28"), day("2028-03-06")},  // the one with a leap day
            {day("2028-02-01"), day("2028-03-01")},  // a month
            {day("2028-01-01"), day("2028-04-01")}}; // a quarter
        for (const Period& period : periods) {
            for (const Scope& scope :
                 {Scope{}, Scope{"", "OR", ""}, Scope{"", "ED", ""}, Scope{"", "", "OR-2"}}) {
                INFO(to_text(period.from) << " to " << to_text(period.to) << " " << scope.station);
                INFO(scope.cart << " as of " << to_text(today));
                REQUIRE(counted(rows, scope, period) == on_time_checks(past, scope, period, today));
            }
        }
        const OnTime sum = counted(rows, {}, periods.front());
        all = {
            all.on_time + sum.on_time,
            all.late + sum.late,
            all.missed + sum.missed,
            all.open + sum.open};
    }
    CHECK(all.on_time > 0);
    CHECK(all.late > 0);
    CHECK(all.missed > 0);
    CHECK(all.open > 0);
}

SCENARIO("the export of due dates says the week, month and quarter of each", "[exports][dues]") {
    GIVEN("a cart listed before the turn of a year and checked late") {
        Diary diary;
        diary.on("2026-12-28").write(a_listed_cart("OR-1", "OR"));
        diary.on("2026-12-28", 9).check("OR-1", {figures::counted("epi", "A", "2029-01-01", 5)});
        diary.on("2027-01-06", 9).check("OR-1", {figures::counted("epi", "A", "2029-01-01", 5)});
        const Past past = diary.past();
        const Books books(diary.entries);

        THEN("each is told with what became of it, and today's is none yet") {
            const auto rows = books.dues(past, day("2027-01-13"));
            REQUIRE(rows.size() == 2);
            CHECK(rows[0].date == DueDate{day("2026-12-28"), Fate::on_time, day("2026-12-28")});
            CHECK(rows[1].date == DueDate{day("2027-01-04"), Fate::late, day("2027-01-06")});
            CHECK(rows[1].station == "OR");
        }
    }
}

} // namespace cartwatch::dues_rows_test
