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
        : now_(start) {}

    [[nodiscard]] Instant now() const override {
        return now_;
    }

    [[nodiscard]] loop::Ticks ticks() const override {
        return ticks_;
    }

    [[nodiscard]] loop::Alarm
    after(std::chrono::milliseconds delay, std::function<void()> act) override {
        const Key key{ticks_ + delay, next_number_++};
        calls_->emplace(key, std::move(act));
        return loop::Alarm([calls = std::weak_ptr<Calls>(calls_), key] {
            if (const auto found = calls.lock()) {
                found->erase(key);
            }
        });
    }

    // Moves on and makes every call that falls due, in order of time.
    void advance(std::chrono::milliseconds step) {
        const loop::Ticks end = ticks_ + step;
        while (!calls_->empty() && calls_->begin()->first.first <= end) {
            auto call = calls_->extract(calls_->begin());
            move_to(call.key().first);
            call.mapped()();
        }
        move_to(end);
    }

    // The time of day jumps; lengths of time do not notice.
    void set(Instant now) {
        now_ = now;
    }

    // How many calls are waited for.
    [[nodiscard]] std::size_t waiting() const {
        return calls_->size();
    }

private:
    using Key = std::pair<loop::Ticks, std::uint64_t>; // number: calls of one time keep their order
    using Calls = std::map<Key, std::function<void()>>;

    void move_to(loop::Ticks to) {
        if (to > ticks_) {
            now_ += to - ticks_;
            ticks_ = to;
        }
    }

    Instant now_;
    loop::Ticks ticks_{0};
    std::uint64_t next_number_ = 0;
    std::shared_ptr<Calls> calls_ = std::make_shared<Calls>();
};

} // namespace cartwatch::support
