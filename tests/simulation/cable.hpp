// A connection between two ends: bytes arrive in order, in pieces, late; it may be cut at any byte,
// and either end may hear of it or not.
#pragma once

#include "tests/simulation/agenda.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cartwatch::simulation {

enum class Side : std::size_t { ward, pharmacy };

struct CableFigures {
    std::int64_t connections = 0;
    std::int64_t bytes = 0;
    std::int64_t cuts = 0;
    std::int64_t half_open = 0;      // ends that were not told of a cut
    std::int64_t bytes_lost = 0;     // under way at a cut, or sent after it
    std::int64_t late_after_cut = 0; // pieces that arrived seconds after the cut, all the same

    CableFigures& operator+=(const CableFigures& other);
};

class Cable : public std::enable_shared_from_this<Cable> {
public:
    struct End {
        std::function<void(std::string_view)> bytes;
        std::function<void()> ended; // nothing more comes
    };

    Cable(Agenda& agenda, Chance& chance, CableFigures& figures);

    void attach(Side side, End end);
    void send(Side from, std::string bytes);

    // Sent and not yet arrived, bytes.
    [[nodiscard]] std::size_t under_way(Side from) const;

    // This side has gone. Where it says so, the other hears the end after what is under way.
    void leave(Side side, bool says_so);

    // Of what is under way some may still arrive, at once or much later; nothing that is sent now.
    void cut();

private:
    struct Direction {
        Ticks last_due{0};
        std::deque<std::string> pieces; // in order; one arrives at each event put down for them
        std::size_t under_way = 0;
    };

    struct Receiver {
        End end;
        bool gone = false;
        std::size_t bytes_left = 0; // of what is under way: to arrive after the cut
        Ticks not_before{0};
    };

    [[nodiscard]] static std::size_t index(Side side) {
        return static_cast<std::size_t>(side);
    }

    void deliver(Side to);
    void end(Side to, Ticks when);

    Agenda& agenda_;
    Chance& chance_;
    CableFigures& figures_;
    Ticks delay_; // most, of what is not held up
    std::array<Direction, 2> from_;
    std::array<Receiver, 2> to_;
    bool cut_ = false;
};

} // namespace cartwatch::simulation
