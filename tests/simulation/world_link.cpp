// Who calls whom, and whom the pharmacy keeps: as daemon/link/client.cpp and server.cpp do it.
#include "daemon/crypto/hmac.hpp"
#include "daemon/link/backoff.hpp"
#include "tests/simulation/world.hpp"

namespace cartwatch::simulation {

using Phase = link::Session::Phase;

link::SessionOptions World::session_options(const Node& node, std::string called) {
    link::SessionOptions options;
    options.node = node.name;
    options.peer = std::move(called);
    options.limits = limits_;
    if (&node == &pharmacy_) {
        options.marks.of = mark_of;
        options.marks.demanded = [](std::int64_t /*seq*/) { return true; };
    }
    return options;
}

std::string World::mark_of(const std::string& node, const journal::Head& end) {
    static const crypto::Hmac key("the pharmacy's");
    return key.of(node + std::to_string(end.seq) + end.hash).substr(0, journal::mark_digits);
}

// --- a ward ---

// Whatever was on the agenda before is not any more.
void World::call_in(Ward& ward, Ticks wait) {
    agenda_.after(wait, [this, &ward, number = ++ward.call] {
        if (number == ward.call) {
            call(ward);
        }
    });
}

void World::call_later(Ward& ward) {
    call_in(ward, link::retry_delay(link::Backoff{}, ward.failures, chance_.part()));
}

void World::call(Ward& ward) {
    if (ward.conversation || !ward.machine->is_up()) {
        return; // it calls when it has started
    }
    if (agenda_.now() < ward.cut_off_until || !pharmacy_.machine->is_up()) {
        ++figures_.refused_calls;
        ++ward.failures;
        call_later(ward);
        return;
    }
    const auto cable = std::make_shared<Cable>(agenda_, chance_, figures_.cables);
    ward.began = agenda_.now();
    ward.conversation = std::make_shared<Conversation>(
        *ward.machine, agenda_, session_options(ward, "pharmacy"), events_of(ward));
    receive(cable);
    ward.machine->guard([&] { ward.conversation->begin(cable, Side::ward); });
}

ConversationEvents World::events_of(Ward& ward) {
    ConversationEvents events;
    events.introduced = [] {};
    events.said = [&ward] { ward.machine->promise("pharmacy"); };
    events.acknowledged = [this, &ward](std::int64_t seq) {
        must(
            seq <= pharmacy_.machine->promised(ward.name),
            "the pharmacy said that it has what it acknowledges of " + ward.name);
        if (ward.machine->ledger().recording()) {
            ward.machine->ledger().store()->set_acknowledged("pharmacy", seq, moment_of(ward).now);
        }
    };
    events.ended = [this, &ward, run = ward.machine->run()] {
        if (run == ward.machine->run() && ward.conversation) {
            conversation_ended(ward);
        }
    };
    return events;
}

void World::conversation_ended(Ward& ward) {
    const link::Session& session = ward.conversation->session();
    const link::Closing closing = *session.closing();
    must(!link::needs_a_person(closing), ward.name + ": " + closing.code + ": " + closing.text);
    const bool lasted = agenda_.now() - ward.began >= limits_.ping_interval;
    const bool broke = closing.code == "closed" || closing.code == "going_away";
    ward.failures = session.on_disk() >= 0 && (broke || lasted) ? 1 : ward.failures + 1;
    ward.conversation.reset();
    call_later(ward);
}

// --- the pharmacy ---

void World::receive(const std::shared_ptr<Cable>& cable) {
    if (!pharmacy_.machine->is_up()) {
        cable->leave(Side::pharmacy, true);
        return;
    }
    const auto caller = std::make_shared<Caller>();
    caller->conversation = std::make_shared<Conversation>(
        *pharmacy_.machine, agenda_, session_options(pharmacy_, ""), events_of(caller));
    pharmacy_.callers.push_back(caller);
    pharmacy_.machine->guard([&] { caller->conversation->begin(cable, Side::pharmacy); });
}

ConversationEvents World::events_of(const std::shared_ptr<Caller>& caller) {
    const std::weak_ptr<Caller> weak = caller;
    ConversationEvents events;
    events.introduced = [this, weak] { introduced(weak.lock()); };
    events.said = [this, weak] {
        const std::string ward = weak.lock()->conversation->session().peer();
        if (!ward.empty()) {
            pharmacy_.machine->promise(ward);
        }
    };
    events.acknowledged = [this, weak](std::int64_t seq) {
        const std::string name = weak.lock()->conversation->session().peer();
        const auto ward = std::find_if(
            wards_.begin(), wards_.end(), [&](const Ward& one) { return one.name == name; });
        must(
            seq <= ward->machine->promised("pharmacy"),
            name + " said that it has what it acknowledges of the pharmacy");
    };
    events.ended = [this, weak] {
        if (const auto ended_one = weak.lock()) {
            ended(ended_one);
        }
    };
    return events;
}

void World::introduced(const std::shared_ptr<Caller>& caller) {
    const std::string node = caller->conversation->session().peer();
    const auto callers = pharmacy_.callers;
    for (const auto& other : callers) {
        const bool waits = other->conversation->session().phase() == Phase::introduced;
        if (other != caller && !other->admitted && waits
            && other->conversation->session().peer() == node) {
            other->conversation->close("replaced", node + " has called again");
        }
    }
    for (const auto& other : callers) {
        if (other->admitted && other->node == node) {
            ++figures_.replaced;
            other->conversation->close("replaced", node + " has called again");
            return; // it is admitted when the old one has ended
        }
    }
    caller->admitted = true;
    caller->node = node;
    caller->conversation->admit();
}

void World::ended(const std::shared_ptr<Caller>& caller) {
    const link::Closing closing = *caller->conversation->session().closing();
    must(!link::needs_a_person(closing), "pharmacy: " + closing.code + ": " + closing.text);
    std::erase(pharmacy_.callers, caller);
    if (!caller->admitted || !pharmacy_.machine->is_up()) {
        return;
    }
    const auto callers = pharmacy_.callers;
    for (const auto& other : callers) {
        if (!other->admitted && other->conversation->session().peer() == caller->node
            && other->conversation->session().phase() == Phase::introduced) {
            other->admitted = true;
            other->node = caller->node;
            pharmacy_.machine->guard([&] { other->conversation->admit(); });
            return;
        }
    }
}

} // namespace cartwatch::simulation
