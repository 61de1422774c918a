// One end of a connection: what daemon/link/connection.hpp is to a socket this is to a cable. The
// session is the real one, and what it receives goes into the real ledger.
#pragma once

#include "daemon/link/lines.hpp"
#include "daemon/link/session.hpp"
#include "tests/simulation/cable.hpp"
#include "tests/simulation/machine.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cartwatch::simulation {

struct ConversationEvents {
    std::function<void()> introduced;                   // admit or close
    std::function<void()> said;                         // something went out
    std::function<void(std::int64_t seq)> acknowledged; // of the own entries
    std::function<void()> ended;                        // last
};

class Conversation : public std::enable_shared_from_this<Conversation> {
public:
    Conversation(
        Machine& machine, Agenda& agenda, link::SessionOptions options, ConversationEvents events);

    // Begins to speak.
    void begin(std::shared_ptr<Cable> cable, Side side);

    // Its machine is gone: nothing is said any more, and where it lost its power nobody hears of
    // it.
    void drop(bool says_so);

    void admit();
    void own_journal_grew();
    void close(std::string code, std::string text);

    [[nodiscard]] const link::Session& session() const {
        return session_;
    }

    [[nodiscard]] Cable& cable() {
        return *cable_;
    }

private:
    [[nodiscard]] link::Journal journal_of(Machine& machine);
    [[nodiscard]] bool is_closed() const;
    void guarded(const std::function<void()>& act);
    void hear(std::string_view bytes);
    void hear_lines();
    void settle();
    void hand_over();
    void speak();
    void set_alarm();
    void end_if_over();

    Machine& machine_;
    Agenda& agenda_;
    int run_; // of the machine
    link::Journal journal_;
    link::Session session_;
    link::Lines lines_{link::hello_bytes_max};
    ConversationEvents events_;
    std::shared_ptr<Cable> cable_;
    Side side_ = Side::ward;
    std::optional<Ticks> alarm_at_;
    std::int64_t told_acknowledged_ = 0;
    bool introduced_ = false;
    bool cable_ended_ = false;
    bool over_ = false;
};

} // namespace cartwatch::simulation
