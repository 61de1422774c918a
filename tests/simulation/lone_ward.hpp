// A ward whose work is done at once, and whose books say what somebody was told.
#pragma once

#include "tests/simulation/machine.hpp"
#include "tests/simulation/ward_words.hpp"

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace cartwatch::simulation {

// A ward whose work is done at once.
class LoneWard {
public:
    explicit LoneWard(std::uint64_t seed) : machine_(options(), seed) {}

    Machine& machine() {
        return machine_;
    }

    // True where it was told that it is done.
    bool run(readiness::Command command) {
        bool done = false;
        machine_.ledger().submit(
            "", std::move(command), [&](const Result<readiness::Reply>& reply) {
                done = reply.has_value() && reply->kind == readiness::ReplyKind::accept
                       && machine_.is_up();
                if (done) {
                    machine_.promise("ward-1");
                }
            });
        turn();
        return done;
    }

    bool take_stock(int quantity, const std::string& mark) {
        const bool done = run(simulation::take_stock(1, quantity, mark));
        (done ? marks_told_ : marks_refused_).insert(mark);
        return done;
    }

    bool receive(std::vector<journal::Entry> entries) {
        bool done = false;
        machine_.ledger().receive(std::move(entries), [&](const Result<void>& taken) {
            done = taken.has_value() && machine_.is_up();
            if (done) {
                machine_.promise("pharmacy");
            }
        });
        turn();
        return done;
    }

    // As the daemon does it on a timer: what fails stops the recording.
    void checkpoint() {
        if (machine_.is_up() && machine_.ledger().recording()) {
            machine_.ledger().checkpoint();
        }
    }

    // Of the marks that nobody was told about, those that are there; throws where one that somebody
    // was told about is not there once.
    int refused_and_there() {
        std::multiset<std::string> held;
        for (const auto& entry :
             machine_.ledger().store()->entries_after("ward-1", 0, 1'000, 1'000'000)) {
            for (const auto* marks : {&marks_told_, &marks_refused_}) {
                for (const std::string& mark : *marks) {
                    if (entry.body.find('"' + mark + '"') != std::string::npos) {
                        held.insert(mark);
                    }
                }
            }
        }
        for (const std::string& mark : marks_told_) {
            must(held.count(mark) == 1, mark + " is there once");
        }
        int there = 0;
        for (const std::string& mark : marks_refused_) {
            must(held.count(mark) <= 1, mark + " is there at most once");
            there += static_cast<int>(held.count(mark));
        }
        return there;
    }

    [[nodiscard]] bool is_furnished() {
        return !readiness::node_of(machine_.ledger().state(), "ward-1").carts.empty();
    }

    [[nodiscard]] std::size_t refused() const {
        return marks_refused_.size();
    }

private:
    MachineOptions options() {
        MachineOptions made;
        made.node = "ward-1";
        made.pharmacy = "pharmacy";
        made.post = [this](std::function<void()> work) { work_.push_back(std::move(work)); };
        made.moment = [this] {
            readiness::Context context;
            context.today = support::day("2026-11-22");
            context.working_day = context.today;
            context.now =
                support::instant("2026-11-22T04:00:00.000Z") + std::chrono::seconds{++seconds_};
            context.tag_block = 1;
            return context;
        };
        return made;
    }

    void turn() {
        while (!work_.empty()) {
            const auto work = std::move(work_.front());
            work_.pop_front();
            work();
        }
    }

    std::deque<std::function<void()>> work_;
    int seconds_ = 0;
    Machine machine_;
    std::set<std::string> marks_told_;
    std::set<std::string> marks_refused_;
};

} // namespace cartwatch::simulation
