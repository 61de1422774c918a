// A hospital: wards and a pharmacy, the cables between them, the people who work there, and what
// goes wrong, all from one seed and in time that passes only as events do.
//
// Safety, at every moment: what a ward, or the pharmacy, told a user or a peer to be on its disk is
// there whenever it starts; what a peer acknowledges is. Convergence: once nothing goes wrong any
// more, every journal is everywhere where it belongs, whole, in order, each request in it once.
#pragma once

#include "tests/simulation/agenda.hpp"
#include "tests/simulation/cable.hpp"
#include "tests/simulation/conversation.hpp"
#include "tests/simulation/machine.hpp"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cartwatch::simulation {

// What really happened, in one world or in many.
struct WorldFigures {
    DiskFigures disks;
    CableFigures cables;
    std::int64_t worlds = 0;
    std::int64_t machines = 0;
    std::int64_t kills = 0;
    std::int64_t ends = 0; // of programs, as they should
    std::int64_t power_cuts_at_rest = 0;
    std::int64_t failed_starts = 0;
    std::int64_t recoveries = 0; // of a ledger whose store had failed
    std::int64_t clock_jumps = 0;
    std::int64_t refused_calls = 0; // nobody answered
    std::int64_t replaced = 0;      // connections by a newer one of the same ward
    std::int64_t requests = 0;      // of people
    std::int64_t repeated = 0;      // asked again, for the answer was lost or a refusal
    std::int64_t told = 0;          // answered: it is done
    std::int64_t entries = 0;       // of all journals, at the end
    std::int64_t alerts_answered = 0;
    Ticks slowest{0}; // from the last fault to everything being everywhere

    void add(const WorldFigures& other);
};

struct WorldOptions {
    std::uint64_t seed = 1;
    int wards = 3;
    Ticks faults_for{60'000};
    Ticks settles_within{180'000};
};

class World {
public:
    explicit World(const WorldOptions& options);
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    World(World&&) = delete;
    World& operator=(World&&) = delete;
    ~World() = default;

    // Throws Broken where a rule is broken.
    WorldFigures run();

private:
    // What somebody asks for until it is answered.
    struct Request {
        std::string id;
        readiness::Command command;
        bool asked_before = false;
        bool waits = false;
    };

    struct Node {
        std::string name;
        std::unique_ptr<Machine> machine;
        std::chrono::milliseconds clock_offset{0};
        bool comes_back = false; // a start is on the agenda
        std::optional<Request> request;
        int requests = 0;
        std::vector<std::string> told; // requests that were answered
    };

    struct Ward : Node {
        std::shared_ptr<Conversation> conversation;
        int failures = 0;
        int call = 0; // the number of the one that is on the agenda, or was last
        Ticks began{0};
        Ticks cut_off_until{0};
    };

    struct Caller {
        std::shared_ptr<Conversation> conversation;
        bool admitted = false;
        std::string node; // once admitted
    };

    struct Pharmacy : Node {
        std::vector<std::shared_ptr<Caller>> callers;
    };

    // machines
    void make(Node& node, const readiness::Command& furnishing);
    [[nodiscard]] readiness::Context moment_of(const Node& node) const;
    [[nodiscard]] Node& any_node();
    [[nodiscard]] Ward& any_ward();
    void start(Node& node);
    void come_back(Node& node, Ticks longest);
    void drop_conversations(Node& node, bool says_so);
    void power_fails(Node& node);
    void ends(Node& node, bool killed);
    void keep_house(Node& node);
    void journal_grew(Node& node);

    // the link
    void call(Ward& ward);
    void call_in(Ward& ward, Ticks wait);
    void call_later(Ward& ward);
    void conversation_ended(Ward& ward);
    [[nodiscard]] link::SessionOptions session_options(const Node& node, std::string called);
    // What the pharmacy gives its entries, with a key that outlives every fault.
    [[nodiscard]] static std::string mark_of(const std::string& node, const journal::Head& end);
    void receive(const std::shared_ptr<Cable>& cable);
    void introduced(const std::shared_ptr<Caller>& caller);
    void ended(const std::shared_ptr<Caller>& caller);
    [[nodiscard]] ConversationEvents events_of(Ward& ward);
    [[nodiscard]] ConversationEvents events_of(const std::shared_ptr<Caller>& caller);

    // people
    void work(Node& node);
    [[nodiscard]] std::optional<readiness::Command> next_command(Node& node);
    [[nodiscard]] std::optional<readiness::Command> answer_to_alert();
    void ask(Node& node);
    void answered(Node& node, const Result<readiness::Reply>& reply);

    // faults
    void something_goes_wrong();
    void cut_a_cable();
    void disk_goes_wrong(Node& node);
    void clock_jumps(Node& node);
    void nothing_goes_wrong_any_more();

    // the end
    [[nodiscard]] bool agreed();
    void check_end();
    void check_requests(Node& node, const std::vector<journal::Entry>& entries) const;

    WorldOptions options_;
    Chance chance_;
    Agenda agenda_;
    WorldFigures figures_;
    link::SessionLimits limits_;
    Pharmacy pharmacy_;
    std::deque<Ward> wards_; // machines know them by their address
    bool faults_ = true;
};

} // namespace cartwatch::simulation
