// A clock that moves only when a test says so.
#pragma once

#include "daemon/loop/clock.hpp"

#include <map>
#include <memory>
#include <utility>

namespace cartwatch::support {

class ManualClock final : public loop::Clock {
public:
    explicit ManualClock(Instant start = Instant{std::chrono::sys_days{std::chrono::days{20'779}}})
        : x_now(start) {}

    [[nodiscard]] Instant now() const override {
        return x_now;
    }

    [[nodiscard]] loop::Ticks ticks() const override {
        return x_ticks;
    }

    [[nodiscard]] loop::Alarm
    after(std::chrono::milliseconds delay, std::function<void()> act) override {
        const Key key{x_ticks + delay, x_next_number++};
        x_calls->emplace(key, std::move(act));
        return loop::Alarm([calls = std::weak_ptr<Calls>(x_calls), key] {
            if (const auto found = calls.lock()) {
                found->erase(key);
            }
        });
    }

    // Moves on and makes every call that falls due, in order of time.
    void advance(std::chrono::milliseconds step) {
        const loop::Ticks end = x_ticks + step;
        while (!x_calls->empty() && x_calls->begin()->first.first <= end) {
            auto call = x_calls->extract(x_calls->begin());
            move_to(call.key().first);
            call.mapped()();
        }
        move_to(end);
    }

    // The time of day jumps; lengths of time do not notice.
    void set(Instant now) {
        x_now = now;
    }

    // How many calls are waited for.
    [[nodiscard]] std::size_t waiting() const {
        return x_calls->size();
    }

private:
    using Key = std::pair<loop::Ticks, std::uint64_t>; // number: calls of one time keep their order
    using Calls = std::map<Key, std::function<void()>>;

    void move_to(loop::Ticks to) {
        if (to > x_ticks) {
            x_now += to - x_ticks;
            x_ticks = to;
        }
    }

    Instant x_now;
    loop::Ticks x_ticks{0};
    std::uint64_t x_next_number = 0;
    std::shared_ptr<Calls> x_calls = std::make_shared<Calls>();
};

} // namespace cartwatch::support
