// Time that passes only from one event to the next, and chance that follows from a seed.
#pragma once

#include "daemon/link/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <utility>

namespace cartwatch::simulation {

using link::Ticks;
using namespace std::chrono_literals;

class Chance {
public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] std::size_t below(std::size_t end) {
        return random_() % end;
    }

    [[nodiscard]] bool one_in(std::size_t count) {
        return below(count) == 0;
    }

    [[nodiscard]] Ticks up_to(Ticks longest) {
        return Ticks{static_cast<Ticks::rep>(below(static_cast<std::size_t>(longest.count()) + 1))};
    }

    // 0 up to 1.
    [[nodiscard]] double part() {
        return static_cast<double>(below(1'000)) / 1'000;
    }

private:
    std::mt19937_64 random_;
};

class Agenda {
public:
    [[nodiscard]] Ticks now() const {
        return now_;
    }

    void at(Ticks when, std::function<void()> act) {
        events_.emplace(std::max(when, now_), std::move(act));
    }

    void after(Ticks delay, std::function<void()> act) {
        at(now_ + delay, std::move(act));
    }

    // Goes on to the next event, those of one time in the order in which they were put down.
    void step() {
        auto next = events_.extract(events_.begin());
        now_ = next.key();
        next.mapped()();
    }

    void run_until(Ticks end) {
        while (!events_.empty() && events_.begin()->first <= end) {
            step();
        }
        now_ = std::max(now_, end);
    }

private:
    Ticks now_{0};
    std::multimap<Ticks, std::function<void()>> events_;
};

} // namespace cartwatch::simulation
