#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"
#include "daemon/loop/wakeup.hpp"
#include "tests/support/manual_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <stdexcept>
#include <vector>

namespace cartwatch::loop_test {

namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

asio::awaitable<void> ends(std::vector<std::string>* told) {
    told->push_back("ran");
    co_return;
}

asio::awaitable<void> fails() {
    throw std::runtime_error("the disk is gone");
    co_return;
}

asio::awaitable<void> fails_with_a_number() {
    throw 7; // NOLINT(hicpp-exception-baseclass): what a library might do
    co_return;
}

asio::awaitable<void> waits_twice(loop::Wakeup* wakeup, std::vector<std::string>* told) {
    co_await wakeup->wait();
    told->push_back("first");
    co_await wakeup->wait();
    told->push_back("second");
}

loop::OnFailure tells(std::vector<std::string>* told) {
    return [told](std::string_view name, const std::exception_ptr& failure) {
        told->push_back(std::string(name) + ": " + loop::text_of(failure));
    };
}

} // namespace

TEST_CASE("a task runs on its loop and not before, and its end is told", "[loop]") {
    asio::io_context context;
    std::vector<std::string> told;

    loop::start_task(
        context.get_executor(), "calm", ends(&told), tells(&told), [&] { told.push_back("end"); });
    CHECK(told.empty());
    context.run();

    CHECK(told == std::vector<std::string>{"ran", "end"});
}

TEST_CASE("what a task throws reaches the one who started it", "[loop]") {
    asio::io_context context;
    std::vector<std::string> told;

    loop::start_task(
        context.get_executor(), "disk", fails(), tells(&told), [&] { told.push_back("end"); });
    loop::start_task(context.get_executor(), "odd", fails_with_a_number(), tells(&told));
    context.run();

    CHECK(
        told
        == std::vector<std::string>{
            "disk: the disk is gone", "end", "odd: an exception without a text"});
}

TEST_CASE("a task without anybody to tell of its failure is not started", "[loop]") {
    asio::io_context context;
    std::vector<std::string> told;

    CHECK_THROWS(loop::start_task(context.get_executor(), "mute", ends(&told), nullptr));
    context.run();

    CHECK(told.empty());
}

TEST_CASE("a notification before the wait is not lost, and two of them count as one", "[loop]") {
    asio::io_context context;
    std::vector<std::string> told;
    loop::Wakeup wakeup(context.get_executor());

    wakeup.notify();
    wakeup.notify();
    loop::start_task(context.get_executor(), "waiter", waits_twice(&wakeup, &told), tells(&told));
    context.poll();
    CHECK(told == std::vector<std::string>{"first"});

    wakeup.notify();
    context.restart();
    context.poll();
    CHECK(told == std::vector<std::string>{"first", "second"});
}

TEST_CASE(
    "the machine's clock calls once the time has passed, and a dropped alarm never", "[loop]") {
    asio::io_context context;
    loop::SystemClock clock(context.get_executor());
    std::vector<std::string> told;
    const loop::Ticks begin = clock.ticks();

    const loop::Alarm kept = clock.after(20ms, [&] { told.push_back("kept"); });
    {
        const loop::Alarm dropped = clock.after(1ms, [&] { told.push_back("dropped"); });
    }
    loop::Alarm replaced = clock.after(1ms, [&] { told.push_back("replaced"); });
    replaced = clock.after(0ms, [&] { told.push_back("in its place"); });
    CHECK(told.empty());
    context.run();

    CHECK(told == std::vector<std::string>{"in its place", "kept"});
    CHECK(clock.ticks() - begin >= 20ms);
}

TEST_CASE("an alarm that is due already can still be taken back", "[loop]") {
    asio::io_context context;
    loop::SystemClock clock(context.get_executor());
    bool called = false;
    loop::Alarm second;

    const loop::Alarm first = clock.after(0ms, [&] { second.cancel(); });
    second = clock.after(0ms, [&] { called = true; });
    context.run();

    CHECK_FALSE(called);
}

TEST_CASE("a call that is thousands of years away is not made now", "[loop]") {
    asio::io_context context;
    loop::SystemClock clock(context.get_executor());
    bool called = false;

    const loop::Alarm far = clock.after(std::chrono::years{7'973}, [&] { called = true; });
    const loop::Alarm farthest =
        clock.after(std::chrono::milliseconds::max(), [&] { called = true; });
    const loop::Alarm end = clock.after(20ms, [&] { context.stop(); });
    context.run();

    CHECK_FALSE(called);
}

TEST_CASE("a call is made once all stretches of its wait have passed", "[loop]") {
    asio::io_context context;
    loop::SystemClock clock(context.get_executor(), 3ms);
    int called = 0;
    const loop::Ticks begin = clock.ticks();

    const loop::Alarm kept = clock.after(20ms, [&] { ++called; });
    loop::Alarm taken_back = clock.after(20ms, [&] { called += 100; });
    const loop::Alarm between = clock.after(8ms, [&] { taken_back.cancel(); });
    context.run();

    CHECK(called == 1);
    CHECK(clock.ticks() - begin >= 20ms);
}

TEST_CASE("a test's clock moves when told and calls in order of time", "[loop]") {
    support::ManualClock clock;
    const Instant begin = clock.now();
    std::vector<int> called;
    loop::Alarm again;

    const loop::Alarm late = clock.after(30ms, [&] { called.push_back(30); });
    const loop::Alarm early = clock.after(10ms, [&] {
        called.push_back(10);
        again = clock.after(5ms, [&] { called.push_back(15); });
    });
    loop::Alarm taken_back = clock.after(12ms, [&] { called.push_back(12); });
    taken_back.cancel();
    clock.advance(29ms);
    CHECK(called == std::vector<int>{10, 15});
    clock.advance(1ms);

    CHECK(called == std::vector<int>{10, 15, 30});
    CHECK(clock.waiting() == 0);
    CHECK(clock.now() - begin == 30ms);
}

} // namespace cartwatch::loop_test
