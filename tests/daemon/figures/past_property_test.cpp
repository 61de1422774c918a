// Figures of periods against the slowest way to come by them: hour by hour, day by day, with the
// second books and the second judgement.
#include "daemon/figures/check_figures.hpp"
#include "daemon/figures/readiness_figures.hpp"
#include "tests/daemon/figures/random_diary.hpp"
#include "tests/support/second_books.hpp"
#include "tests/support/second_judgement.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>

namespace cartwatch::past_property_test {

using namespace cartwatch::figures;

namespace {

TimeReady hour_by_hour(const Diary& diary, const Scope& scope, const Period& period) {
    SecondBooks books;
    std::size_t next = 0;
    TimeReady sum;
    const Past past = diary.past();
    for (Instant hour = past.day_begins(period.from); hour < past.day_begins(period.to);
         hour += hours(1)) {
        for (; next < diary.entries.size() && diary.entries[next].at <= hour; ++next) {
            books.read(diary.entries[next]);
        }
        for (const std::string& id : books.carts()) {
            const Cart cart = books.present(id);
            if (cart.retired || (!scope.station.empty() && scope.station != cart.station)) {
                continue;
            }
            sum.total += hours(1);
            const bool ready =
                second_readiness(
                    cart, books.policy(), books.recalls(), past.day_of(hour), books.substitutions())
                == Readiness::ready;
            sum.ready += hours(ready ? 1 : 0);
        }
    }
    return sum;
}

// One cart's due dates, walked over day by day.
class DayWalker {
public:
    explicit DayWalker(Day listed) : due_(listed) {}

    void live(Day today, bool checked, int interval, const Period& period, OnTime& sum) {
        const auto count = [&](int& which) { which += period.holds(due_) ? 1 : 0; };
        intervals_[today] = interval;
        if (checked && today <= due_) {
            last_ = today;
            done_ = true;
        } else if (checked) {
            count(sum.late);
            due_ = today + days(interval);
        }
        if (done_ && today == due_) {
            count(sum.on_time);
            due_ = last_ + days(intervals_.at(last_));
            done_ = false;
        } else if (!done_ && today > due_ && today == due_ + days(intervals_.at(due_))) {
            count(sum.missed);
            due_ = today;
        }
    }

    void end(Day today, const Period& period, OnTime& sum) const {
        sum.open += !done_ && due_ < today && period.holds(due_) ? 1 : 0;
    }

private:
    Day due_;
    Day last_;
    bool done_ = false; // checked since the due date before
    std::map<Day, int> intervals_;
};

} // namespace

TEST_CASE("time ready is what every hour was asked for", "[property]") {
    const int diaries = sequences_asked(40);
    int ready = 0;
    for (int i = 0; i < diaries; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        const Diary diary = RandomDiary(seed).diary;
        const Period period{begin + days(i % 30), begin + days(i % 30 + 35)};
        for (const char* station : {"", "OR"}) {
            const Scope scope{"", station, ""};
            const TimeReady figure = time_ready(diary.past(), scope, period, much_later);
            const TimeReady slow = hour_by_hour(diary, scope, period);
            REQUIRE(figure.total == slow.total);
            REQUIRE(figure.ready == slow.ready);
            const auto carts = time_ready_by_cart(diary.past(), scope, period, much_later);
            for (const auto& [cart, of_cart] : carts) {
                const Scope alone{cart.first, station, cart.second};
                REQUIRE(of_cart == time_ready(diary.past(), alone, period, much_later));
            }
            ready += figure.ready.count() > 0 && figure.ready < figure.total ? 1 : 0;
        }
    }
    CHECK(ready > diaries / 4); // neither never nor always
}

TEST_CASE("due dates are kept, late and missed as a walk day by day finds them", "[property]") {
    const int diaries = sequences_asked(200);
    std::mt19937 random(seed_asked());
    OnTime all;
    for (int i = 0; i < diaries; ++i) {
        Diary diary;
        diary.on("2027-12-25").write(a_listed_cart("OR-1"));
        const int interval = 2 + static_cast<int>(random() % 6);
        Policy policy;
        policy.check_interval_days = interval;
        diary.write(PolicyChanged{policy});
        std::set<Day> checked;
        const Day listed = day("2027-12-25");
        const Day today = listed + days(70);
        for (Day when = listed; when < today; when += days(random() % 12)) {
            if (checked.insert(when).second) {
                diary.on(cartwatch::to_text(when), 9)
                    .check("OR-1", {counted("epi", "A", "2029-01-01", 5)});
            }
        }
        const Period period{listed + days(random() % 20), listed + days(20 + random() % 60)};
        OnTime slow;
        DayWalker walker(listed);
        for (Day when = listed; when < today; when += days(1)) {
            walker.live(when, checked.contains(when), interval, period, slow);
        }
        walker.end(today, period, slow);
        const OnTime figure = on_time_checks(diary.past(), {}, period, today);
        REQUIRE(figure.on_time == slow.on_time);
        REQUIRE(figure.late == slow.late);
        REQUIRE(figure.missed == slow.missed);
        REQUIRE(figure.open == slow.open);
        all.on_time += figure.on_time;
        all.late += figure.late;
        all.missed += figure.missed;
    }
    CHECK(all.on_time > 0);
    CHECK(all.late > 0);
    CHECK(all.missed > 0);
}

} // namespace cartwatch::past_property_test
