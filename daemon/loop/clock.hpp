// Time as the adapters see it: what the clock says, how long it has been, and being called later.
// One Clock a program, handed down; a test hands in one that it moves itself. Pure rooms never see
// it: they are told the time.
#pragma once

#include "scanner/values/day.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>

namespace cartwatch::loop {

// Milliseconds of a clock that never goes back, since an origin that has no meaning.
using Ticks = std::chrono::milliseconds;

// A call that will be made. Dropping it, cancelling it or assigning another to it takes it back:
// after that the call is not made any more, not even when it was due already.
class Alarm {
public:
    Alarm() = default;
    explicit Alarm(std::function<void()> take_back);
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;
    Alarm(Alarm&& other) noexcept;
    Alarm& operator=(Alarm&& other) noexcept;
    ~Alarm();

    void cancel();

private:
    std::function<void()> take_back_;
};

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    Clock(Clock&&) = delete;
    Clock& operator=(Clock&&) = delete;
    virtual ~Clock() = default;

    // The time of day in UTC: for what is written down. It may jump, in both directions.
    [[nodiscard]] virtual Instant now() const = 0;

    // For lengths of time. Never goes back.
    [[nodiscard]] virtual Ticks ticks() const = 0;

    // Calls `act` on the loop once `delay` (0 or more) has passed; never from within this call.
    [[nodiscard]] virtual Alarm
    after(std::chrono::milliseconds delay, std::function<void()> act) = 0;
};

// The machine's clocks; calls are made by the executor.
class SystemClock final : public Clock {
public:
    // Its timers count no longer than `stretch` at a time: one of Asio's holds 292 years, and an
    // entry's hour may be eight thousand away. What is further is looked at again.
    explicit SystemClock(
        boost::asio::any_io_executor executor,
        std::chrono::milliseconds stretch = std::chrono::hours{24});

    [[nodiscard]] Instant now() const override;
    [[nodiscard]] Ticks ticks() const override;
    [[nodiscard]] Alarm after(std::chrono::milliseconds delay, std::function<void()> act) override;

private:
    boost::asio::any_io_executor executor_;
    std::chrono::milliseconds stretch_;
};

} // namespace cartwatch::loop
