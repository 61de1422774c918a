// Goal: what runs out is said when it does, all of it, and nothing that cannot be said fills the
// loop.
#include "daemon/node/alert_watch.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace cartwatch::alert_watch_test {

namespace {

using namespace std::chrono_literals;

// Books of which the test says what runs out; a judgement waits until the loop has its turn.
class Watched {
public:
    Watched() {
        node::AlertDuties duties;
        duties.next = [this](Instant) { return next; };
        duties.judge = [this](std::function<void(bool)> done) { asked.push_back(std::move(done)); };
        watch.emplace(clock, std::move(duties));
    }

    // The judgement that waits is made.
    void answer(bool said) {
        REQUIRE(asked.size() == 1);
        const auto done = std::move(asked.front());
        asked.clear();
        ++judged;
        done(said);
    }

    support::ManualClock clock;
    std::optional<Instant> next;
    std::vector<std::function<void(bool)>> asked;
    int judged = 0;
    std::optional<node::AlertWatch> watch;
};

} // namespace

SCENARIO("what runs out is judged when it does", "[node]") {
    Watched books;
    GIVEN("an alert that runs out in ten minutes") {
        books.next = books.clock.now() + 10min;
        books.watch->look();

        THEN("it is judged then, not before, and not twice at a time") {
            books.clock.advance(10min - 1ms);
            CHECK(books.asked.empty());
            books.clock.advance(1ms);
            CHECK(books.asked.size() == 1);
            books.watch->look(); // somebody scanned meanwhile
            CHECK(books.asked.size() == 1);
        }
        THEN("it is not, where it was resolved meanwhile") {
            books.next.reset();
            books.watch->look();
            books.clock.advance(24h);
            CHECK(books.asked.empty());
        }
        THEN("it is not, once the watch stopped") {
            books.watch->stop();
            books.clock.advance(24h);
            CHECK(books.asked.empty());
        }
    }
    GIVEN("more than is judged at a time") {
        books.next = books.clock.now() - 1h;
        books.watch->look();

        THEN("the next judgement follows at once, until nothing is left") {
            books.answer(true);
            books.answer(true);
            books.next.reset();
            books.answer(true);
            CHECK(books.asked.empty());
            CHECK(books.judged == 3);
        }
    }
    GIVEN("what runs out when nobody will live") {
        books.next = Instant{std::chrono::sys_days{std::chrono::year{9999} / 12 / 30}};
        books.watch->look();

        THEN("it is waited for") {
            books.clock.advance(24h * 365);
            CHECK(books.asked.empty());
        }
    }
}

SCENARIO("what has run out and cannot be said does not fill the loop", "[node]") {
    GIVEN("a judgement that brought nothing") {
        Watched books;
        books.next = books.clock.now() - 1h;
        books.watch->look();
        books.answer(false);

        THEN("it is made again after a while, however often somebody looks") {
            for (int i = 0; i < 100; ++i) {
                books.watch->look();
            }
            CHECK(books.asked.empty());
            books.clock.advance(node::alert_rest);
            books.answer(true);
            books.answer(true);
            CHECK(books.judged == 3);
        }
        THEN("what can be said again is waited for as before") {
            books.next = books.clock.now() + 5min;
            books.watch->look();
            books.clock.advance(5min);
            CHECK(books.asked.size() == 1);
        }
    }
}

} // namespace cartwatch::alert_watch_test
