// A ward and its pharmacy without stores, sockets or clocks, driven move by move as daemons would
// drive them, and held against the second books and the second judgement. A move is a value, so
// that a sequence of them can be run again, shortened, and printed.
#pragma once

#include "daemon/readiness/decide.hpp"
#include "tests/support/second_books.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace cartwatch::support {

// Who does something: one of two stations of the ward, the pharmacy's board, the link that carries
// entries both ways (at most `amount` each), the calendar that goes on by `amount` days, or the
// clock that is set by `amount` seconds within a day.
enum class Mover { station_a, station_b, board, link, calendar, clock };

struct Move {
    Mover mover = Mover::station_a;
    readiness::Command command; // of a station or the board
    int amount = 0;
};

// "station_a scans 9012345678"
[[nodiscard]] std::string to_text(const Move& move);

// What two ways of knowing do not agree on.
struct Difference : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// One of the two programs.
struct Side {
    readiness::State state;
    std::vector<readiness::Recorded> journal;  // its own
    std::vector<readiness::Recorded> arrivals; // every entry that it applied, in order
    std::size_t sent = 0;                      // how far the other has its journal
    readiness::Context context;
};

class Hospital {
public:
    // Two carts, seven products, people of every role; see the source.
    Hospital();

    // One move, and what must hold after each. Throws Difference.
    void take(const Move& move);

    // What must hold whenever nobody is in the middle of a move; slower. Throws Difference.
    void audit();

    // Everything on its way arrives, every open step is undone, everything is judged, and all of it
    // is held against all of it. Nothing can be taken afterwards. Throws Difference.
    void conclude();

    [[nodiscard]] const Side& ward() const {
        return ward_;
    }

    [[nodiscard]] const Side& pharmacy() const {
        return pharmacy_;
    }

    [[nodiscard]] const readiness::NodeState& ward_node() const;

    // Of station_a, station_b, board.
    [[nodiscard]] const readiness::Session& session(Mover mover) const {
        return sessions_.at(static_cast<std::size_t>(mover));
    }

    // For tests that a run is about something.
    [[nodiscard]] int checks_closed() const {
        return checks_closed_;
    }

    [[nodiscard]] int closed_ready() const {
        return closed_ready_;
    }

private:
    void define_at_ward(std::vector<readiness::Event> events);
    readiness::Decision decide_at(Side& side, Mover mover, const readiness::Command& command);
    void record(Side& side, readiness::Event event, const std::string& actor);
    void receive(Side& side, const readiness::Recorded& entry);
    void exchange(std::size_t most);
    void judge_days();
    void hold_reply(const readiness::Reply& reply) const;
    [[nodiscard]] readiness::AsOf known() const;
    void hold_closing(const readiness::CheckClosed& closed) const;
    void hold_scan(const readiness::Command& command, const readiness::Decision& decision) const;
    void hold_carts() const;
    void hold_alerts(const std::string& id) const;
    void hold_one_check_a_cart() const;
    void hold_progress() const;
    void hold_lookup() const;
    void hold_packs(const readiness::Cart& cart) const;
    void hold_folds() const;
    void hold_twins() const;
    void undo_everything();

    Side ward_;
    Side pharmacy_;
    SecondBooks books_;
    std::array<readiness::Session, 3> sessions_;
    int checks_closed_ = 0;
    int closed_ready_ = 0;
};

} // namespace cartwatch::support
