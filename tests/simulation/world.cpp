#include "tests/simulation/world.hpp"

#include "tests/simulation/ward_words.hpp"

namespace cartwatch::simulation {

namespace {

const Instant start_of_time = support::instant("2026-11-22T04:00:00.000Z");

// As the daemon: between two checkpoints, and between two tries to record again.
constexpr Ticks house_interval = 10s;

// Made once for each name: to make a database takes thirty times as long as to open one.
const Disk::Image& furnished(
    const std::string& name,
    const readiness::Context& context,
    const readiness::Command& furnishing) {
    static std::map<std::string, Disk::Image> images;
    const auto known = images.find(name);
    if (known != images.end()) {
        return known->second;
    }
    std::deque<std::function<void()>> work;
    MachineOptions options;
    options.node = name;
    options.pharmacy = "pharmacy";
    options.post = [&work](std::function<void()> one) { work.push_back(std::move(one)); };
    options.moment = [&context] { return context; };
    Machine machine(std::move(options), 1);
    must(machine.start(), "a new machine starts");
    machine.ledger().submit("", furnishing, [](const Result<readiness::Reply>& reply) {
        must(reply && reply->message == "defined", "a ward is furnished");
    });
    for (; !work.empty(); work.pop_front()) {
        work.front()();
    }
    machine.stop();
    return images.emplace(name, machine.disk().image()).first->second;
}

} // namespace

void WorldFigures::add(const WorldFigures& other) {
    disks += other.disks;
    cables += other.cables;
    for (const auto member :
         {&WorldFigures::worlds,
          &WorldFigures::machines,
          &WorldFigures::kills,
          &WorldFigures::ends,
          &WorldFigures::power_cuts_at_rest,
          &WorldFigures::failed_starts,
          &WorldFigures::recoveries,
          &WorldFigures::clock_jumps,
          &WorldFigures::refused_calls,
          &WorldFigures::replaced,
          &WorldFigures::requests,
          &WorldFigures::repeated,
          &WorldFigures::told,
          &WorldFigures::entries,
          &WorldFigures::alerts_answered}) {
        this->*member += other.*member;
    }
    slowest = std::max(slowest, other.slowest);
}

World::World(const WorldOptions& options) : options_(options), chance_(options.seed) {
    seed_sqlite(options.seed);
    limits_.window_entries = 1 + chance_.below(40);
    limits_.window_bytes = 300 + chance_.below(20'000);
    limits_.unstored_bytes = 300 + chance_.below(20'000);
    pharmacy_.name = "pharmacy";
    make(pharmacy_, furnish_pharmacy());
    for (int number = 1; number <= options.wards; ++number) {
        wards_.emplace_back().name = "ward-" + std::to_string(number);
        make(wards_.back(), furnish_ward());
    }
    figures_.worlds = 1;
    figures_.machines = options.wards + 1;
}

// --- machines ---

void World::make(Node& node, const readiness::Command& furnishing) {
    MachineOptions options;
    options.node = node.name;
    options.pharmacy = "pharmacy";
    options.post = [this](std::function<void()> work) {
        agenda_.after(chance_.up_to(3ms), std::move(work));
    };
    options.moment = [this, &node] { return moment_of(node); };
    options.power_lost = [this, &node] {
        agenda_.after(0ms, [this, &node] { power_fails(node); });
    };
    node.machine = std::make_unique<Machine>(std::move(options), chance_.below(1'000'000));
    node.machine->disk().load(furnished(node.name, moment_of(node), furnishing));
    start(node);
    agenda_.after(chance_.up_to(house_interval), [this, &node] { keep_house(node); });
    agenda_.after(chance_.up_to(5s), [this, &node] { work(node); });
}

readiness::Context World::moment_of(const Node& node) const {
    readiness::Context context;
    context.now = start_of_time + agenda_.now() + node.clock_offset;
    context.today = std::chrono::floor<std::chrono::days>(context.now);
    context.working_day = context.today;
    context.tag_block = 1;
    context.uptime = agenda_.now();
    return context;
}

World::Ward& World::any_ward() {
    return wards_[chance_.below(wards_.size())];
}

// The pharmacy more often than one of many, but not so often that it is never up.
World::Node& World::any_node() {
    return chance_.one_in(3 + wards_.size() / 3) ? static_cast<Node&>(pharmacy_) : any_ward();
}

void World::start(Node& node) {
    Machine& machine = *node.machine;
    node.comes_back = false;
    if (!machine.start()) {
        ++figures_.failed_starts;
        if (!machine.disk().has_power()) {
            machine.cut_power();
        }
        come_back(node, 5s);
        return;
    }
    const int run = machine.run();
    machine.ledger().observe([this, &node, run](std::span<const store::Item> /*items*/) {
        agenda_.after(0ms, [this, &node, run] {
            if (node.machine->is_up() && node.machine->run() == run) {
                node.machine->guard([&] { journal_grew(node); });
            }
        });
    });
    if (node.request) {
        node.request->waits = false; // who waited asks again
    }
    if (&node != &pharmacy_) {
        static_cast<Ward&>(node).failures = 0;
        call_in(static_cast<Ward&>(node), chance_.up_to(1s));
    }
}

void World::come_back(Node& node, Ticks longest) {
    if (!node.comes_back) {
        node.comes_back = true;
        agenda_.after(50ms + chance_.up_to(longest), [this, &node] { start(node); });
    }
}

void World::drop_conversations(Node& node, bool says_so) {
    if (&node == &pharmacy_) {
        for (const auto& caller : pharmacy_.callers) {
            caller->conversation->drop(says_so);
        }
        pharmacy_.callers.clear();
        return;
    }
    auto& ward = static_cast<Ward&>(node);
    if (ward.conversation) {
        ward.conversation->drop(says_so);
        ward.conversation.reset();
    }
}

// Of itself, or because the disk met its fault.
void World::power_fails(Node& node) {
    if (!node.comes_back) {
        drop_conversations(node, false);
        node.machine->cut_power();
        come_back(node, 6s);
    }
}

void World::ends(Node& node, bool killed) {
    if (!node.machine->is_up()) {
        return;
    }
    drop_conversations(node, true);
    killed ? node.machine->kill() : node.machine->stop();
    ++(killed ? figures_.kills : figures_.ends);
    node.machine->disk().has_power() ? come_back(node, 3s) : power_fails(node);
}

void World::keep_house(Node& node) {
    agenda_.after(house_interval, [this, &node] { keep_house(node); });
    if (!node.machine->is_up()) {
        return;
    }
    node.machine->guard([&] {
        ledger::Ledger& ledger = node.machine->ledger();
        const bool recorded = ledger.recording();
        if (ledger.try_to_recover()) {
            figures_.recoveries += recorded ? 0 : 1;
            if (!recorded) {
                node.machine->check_promises();
            }
            ledger.checkpoint();
        }
    });
}

void World::journal_grew(Node& node) {
    if (&node == &pharmacy_) {
        const auto callers = pharmacy_.callers;
        for (const auto& caller : callers) {
            caller->conversation->own_journal_grew();
        }
        return;
    }
    if (const auto conversation = static_cast<Ward&>(node).conversation) {
        conversation->own_journal_grew();
    }
}

// --- from the beginning to the end ---

WorldFigures World::run() {
    something_goes_wrong();
    agenda_.run_until(options_.faults_for);
    nothing_goes_wrong_any_more();
    const Ticks quiet = agenda_.now();
    while (!agreed()) {
        must(
            agenda_.now() - quiet < options_.settles_within,
            "everything is everywhere some time after the last fault");
        agenda_.run_until(agenda_.now() + 500ms);
    }
    figures_.slowest = agenda_.now() - quiet;
    check_end();
    return figures_;
}

// Everybody has an answer, and every journal is where it belongs.
bool World::agreed() {
    Machine& pharmacy = *pharmacy_.machine;
    if (!pharmacy.is_up() || !pharmacy.ledger().recording() || pharmacy_.request) {
        return false;
    }
    return std::all_of(wards_.begin(), wards_.end(), [&](const Ward& ward) {
        Machine& machine = *ward.machine;
        if (ward.request || !machine.is_up() || !machine.ledger().recording()
            || !ward.conversation) {
            return false;
        }
        ledger::Ledger& own = machine.ledger();
        return own.head(ward.name) == pharmacy.ledger().head(ward.name)
               && own.head("pharmacy") == pharmacy.ledger().head("pharmacy")
               && ward.conversation->session().acknowledged() == own.head(ward.name).seq;
    });
}

void World::check_end() {
    constexpr std::size_t all = 1'000'000;
    constexpr std::size_t all_bytes = 1'000'000'000;
    store::Store& pharmacy = *pharmacy_.machine->ledger().store();
    auto of_pharmacy = pharmacy.entries_after("pharmacy", 0, all, all_bytes);
    for (journal::Entry& entry : of_pharmacy) { // as every ward should hold them
        entry.mark = mark_of(entry.node, {entry.seq, entry.hash});
    }
    check_requests(pharmacy_, of_pharmacy);
    figures_.entries += static_cast<std::int64_t>(of_pharmacy.size());
    for (Ward& ward : wards_) {
        store::Store& own = *ward.machine->ledger().store();
        const auto entries = own.entries_after(ward.name, 0, all, all_bytes);
        must(
            pharmacy.entries_after(ward.name, 0, all, all_bytes) == entries,
            "the pharmacy has the journal of " + ward.name);
        must(
            own.entries_after("pharmacy", 0, all, all_bytes) == of_pharmacy,
            ward.name + " has the pharmacy's journal");
        check_requests(ward, entries);
        figures_.entries += static_cast<std::int64_t>(entries.size());
    }
    // Each takes as long as all of the rest: of many wards some.
    for (std::size_t number = 0; number < wards_.size() + 1; ++number) {
        Node& node = number == 0 ? static_cast<Node&>(pharmacy_) : wards_[number - 1];
        node.machine->check_promises();
        if (number % (1 + wards_.size() / 10) == 0) {
            const std::string fault = node.machine->verify();
            must(fault.empty(), "verify of " + node.name + ": " + fault);
        }
        figures_.disks += node.machine->disk().figures();
    }
}

// What was told is there; what was asked is there once at most, however often it was asked.
void World::check_requests(Node& node, const std::vector<journal::Entry>& entries) const {
    std::map<std::string, int> found;
    for (const journal::Entry& entry : entries) {
        for (std::size_t at = entry.body.find("\"mark-"); at != std::string::npos;
             at = entry.body.find("\"mark-", at + 1)) {
            ++found[entry.body.substr(at + 1, entry.body.find('"', at + 1) - at - 1)];
        }
    }
    for (const std::string& mark : node.told) {
        must(found[mark] == 1, node.name + " has " + mark + " once");
    }
    for (const auto& [mark, times] : found) {
        must(times == 1, node.name + " has " + mark + " once");
    }
}

} // namespace cartwatch::simulation
