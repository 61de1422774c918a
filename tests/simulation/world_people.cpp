// Nurses take stock, which raises and ends alerts; a pharmacist accepts and dispatches. Whoever got
// no answer, or a refusal of the machine, asks again, and again, under the same name.
#include "tests/simulation/ward_words.hpp"
#include "tests/simulation/world.hpp"

namespace cartwatch::simulation {

using namespace readiness;

void World::work(Node& node) {
    const Ticks pause = faults_ ? 500ms + chance_.up_to(options_.wards > 20 ? 15s : 4s) : 1s;
    agenda_.after(pause, [this, &node] { work(node); });
    if (!node.request && faults_) {
        if (auto command = next_command(node)) {
            ++figures_.requests;
            node.request.emplace(Request{});
            node.request->id = "mark-" + std::to_string(++node.requests);
            node.request->command = std::move(*command);
        }
    }
    if (node.request && !node.request->waits && node.machine->is_up()) {
        ask(node);
    }
}

std::optional<Command> World::next_command(Node& node) {
    if (&node == &pharmacy_) {
        return node.machine->is_up() ? answer_to_alert() : std::nullopt;
    }
    const std::string mark = "mark-" + std::to_string(node.requests + 1);
    const int line = 1 + static_cast<int>(chance_.below(lines_of_cart));
    return take_stock(line, static_cast<int>(chance_.below(11)), mark);
}

// Of any ward's alerts one that nobody has answered, or that was only accepted.
std::optional<Command> World::answer_to_alert() {
    const State& state = pharmacy_.machine->ledger().state();
    const Ward& ward = any_ward();
    for (const auto& [key, alert] : node_of(state, ward.name).alerts) {
        if (alert.state == AlertState::raised) {
            return AcceptAlert{ward.name, key, alert.episode, pharmacist_badge(), std::nullopt};
        }
        if (alert.state == AlertState::accepted) {
            DispatchedUnits units;
            units.lot = "D" + std::to_string(pharmacy_.requests);
            units.last_usable_day = support::day("2029-06-30");
            units.quantity = 1;
            return DispatchAlert{
                ward.name, key, alert.episode, pharmacist_badge(), {units}, "stock is short"};
        }
    }
    return std::nullopt;
}

void World::ask(Node& node) {
    Request& request = *node.request;
    figures_.repeated += request.asked_before ? 1 : 0;
    request.asked_before = true;
    request.waits = true;
    node.machine->guard([&] {
        node.machine->ledger().submit(
            "",
            request.command,
            [this, &node, run = node.machine->run()](const Result<Reply>& reply) {
                if (node.machine->is_up() && node.machine->run() == run) {
                    answered(node, reply);
                }
            },
            {request.id, request.id});
    });
}

void World::answered(Node& node, const Result<Reply>& reply) {
    node.request->waits = false;
    if (!reply) {
        return; // nothing is recorded now: asked again later
    }
    node.machine->promise(node.name);
    ++figures_.told;
    if (&node == &pharmacy_) {
        figures_.alerts_answered += reply->kind == ReplyKind::accept ? 1 : 0;
    } else {
        must(reply->message == "defined", node.name + " takes stock: " + reply->message);
        node.told.push_back(node.request->id);
        // The cart is judged anew, as after every stocktaking: this raises, changes or ends alerts.
        node.machine->ledger().submit("", JudgeDay{}, [](const Result<Reply>& /*reply*/) {});
    }
    node.request.reset();
}

} // namespace cartwatch::simulation
