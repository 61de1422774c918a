#include "daemon/ledger/ledger.hpp"

#include "daemon/readiness/faults.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/store/standings.hpp"
#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <numeric>
#include <utility>

namespace cartwatch::ledger {

using namespace readiness;

namespace {

Error not_recording() {
    return Error{
        ErrorCode::unavailable,
        "nothing can be recorded now: the disk or the store failed; work on paper and call "
        "support"};
}

Error awaiting_past() {
    return Error{
        ErrorCode::unavailable,
        "nothing is recorded here until what this node wrote before is back from its peers; where "
        "nothing can come back (a new hospital, a peer that is gone) end the wait on the page, or "
        "with the daemon stopped by: cartwatch ward resume, cartwatch pharmacy resume"};
}

} // namespace

Ledger::Ledger(Options options) : options_(std::move(options)) {
    load();
}

void Ledger::load() {
    auto store = options_.open_store();
    state_ = store->load();
    heads_ = store->heads();
    answered_ = Answered(store->answered());
    awaited_past_ = store->awaited_past();
    store_ = std::move(store);
}

bool Ledger::try_to_recover() {
    if (recording()) {
        return true;
    }
    try {
        load();
    } catch (const std::exception& error) {
        options_.broken(error.what());
        return false;
    }
    tell({});
    return true;
}

void Ledger::checkpoint() {
    if (!recording()) {
        return;
    }
    try {
        store_->checkpoint();
    } catch (const store::StoreFailure& failure) {
        // The disk is not sound: the log still takes commits where only the database cannot grow.
        const bool full = failure.kind() == store::FailureKind::full;
        full ? options_.broken(failure.what()) : fail({}, failure.what());
    }
}

void Ledger::await_past(store::PastReason reason) {
    if (!writing()) {
        return;
    }
    try {
        store_->await_past(reason, options_.moment({}).now);
        awaited_past_ = store_->awaited_past();
    } catch (const std::exception& error) {
        fail({}, error.what());
        return;
    }
    tell({});
}

void Ledger::end_awaited_past() {
    if (!recording() || !awaited_past_) {
        return;
    }
    try {
        store_->end_awaited_past();
        state_ = store_->load();
        awaited_past_.reset();
    } catch (const std::exception& error) {
        fail({}, error.what());
        return;
    }
    tell({});
}

Context Ledger::moment() const {
    return options_.moment(policy_for(state_, options_.node));
}

Session Ledger::session_of(std::string_view station) const {
    const auto found = desks_.find(station);
    return found != desks_.end() ? found->second.session : resumed_session(station);
}

// What a station's place remembers is not journalled: after a power cut it goes on with the check
// that is open there, if it is the only one.
Session Ledger::resumed_session(std::string_view station) const {
    Session session;
    session.station = station;
    const NodeState& node = node_of(state_, options_.node);
    int open = 0;
    for (const auto& [id, check] : node.open_checks) {
        const auto cart = node.carts.find(check.cart);
        if (cart != node.carts.end() && cart->second.station == station) {
            session.check = id;
            ++open;
        }
    }
    if (open != 1) {
        session.check.clear();
    }
    return session;
}

std::optional<std::chrono::milliseconds> Ledger::next_rest() const {
    const std::chrono::milliseconds uptime = moment().uptime;
    std::optional<std::chrono::milliseconds> next;
    for (const auto& [station, desk] : desks_) {
        const auto& used_at = desk.session.used_at;
        if (used_at && !has_rested(desk.session, uptime)) {
            const auto wait =
                *used_at + session_rests_after - uptime + std::chrono::milliseconds{1};
            next = next ? std::min(*next, wait) : wait;
        }
    }
    return next;
}

std::optional<Reply> Ledger::last_reply_of(std::string_view station) const {
    const auto found = desks_.find(station);
    return found == desks_.end() ? std::nullopt : found->second.last;
}

journal::Head Ledger::head(std::string_view node) const {
    const auto found = heads_.find(std::string(node));
    return found == heads_.end() ? journal::Head{} : found->second;
}

void Ledger::observe(std::function<void(std::span<const store::Item>)> observer) {
    observers_.push_back(std::move(observer));
}

void Ledger::tell(std::span<const store::Item> items) {
    for (const auto& observer : observers_) {
        observer(items);
    }
}

void Ledger::submit(std::string station, Command command, ReplyDone done, RequestName name) {
    Waiting waiting;
    waiting.station = std::move(station);
    waiting.command = std::move(command);
    waiting.name = std::move(name);
    waiting.replied = std::move(done);
    enqueue(std::move(waiting));
}

void Ledger::receive(std::vector<journal::Entry> entries, ReceivedDone done) {
    Waiting waiting;
    waiting.entries = std::move(entries);
    waiting.received = std::move(done);
    enqueue(std::move(waiting));
}

void Ledger::enqueue(Waiting waiting) {
    const bool full = waiting.command && commands_.size() >= commands_waiting_max;
    if (!recording() || full) {
        options_.post([waiting = std::move(waiting)] {
            waiting.command ? waiting.replied(tl::make_unexpected(not_recording()))
                            : waiting.received(tl::make_unexpected(not_recording()));
        });
        return;
    }
    (waiting.command ? commands_ : received_).push_back(std::move(waiting));
    post_work();
}

void Ledger::post_work() {
    if (!work_posted_) {
        work_posted_ = true;
        options_.post([this] { work(); });
    }
}

// Commands, for a person stands before them; then whoever waits longest, so that everybody's time
// comes; then the others, the shortest first, as far as the turn goes.
std::vector<Ledger::Waiting> Ledger::next_turn() {
    std::vector<Waiting> turn = std::exchange(commands_, {});
    std::vector<std::size_t> order(received_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!order.empty()) {
        std::stable_sort(order.begin() + 1, order.end(), [this](std::size_t a, std::size_t b) {
            return received_[a].entries.size() < received_[b].entries.size();
        });
    }
    std::size_t taken = 0;
    std::vector<bool> is_taken(received_.size());
    for (const std::size_t each : order) {
        if (taken >= turn_entries) {
            break;
        }
        taken += received_[each].entries.size();
        is_taken[each] = true;
    }
    std::vector<Waiting> rest;
    for (std::size_t i = 0; i < received_.size(); ++i) {
        (is_taken[i] ? turn : rest).push_back(std::move(received_[i]));
    }
    received_ = std::move(rest);
    return turn;
}

void Ledger::work() {
    work_posted_ = false;
    std::vector<Waiting> turn = next_turn();
    if (turn.empty()) {
        return; // a failure has refused it already
    }
    Batch batch;
    std::vector<std::function<void()>> answers;
    // Answers are copies: where the commit fails, each command is refused by its own.
    const auto desks_before = desks_;
    try {
        ensure(store_ != nullptr, "work is queued only while recording");
        for (Waiting& waiting : turn) {
            answers.push_back(
                waiting.command ? decide_one(waiting, batch) : take_in(waiting, batch));
        }
        if (!batch.items.empty()) {
            store_->commit(batch.items, state_, batch.answered);
            counters_.commits += 1;
        }
    } catch (const std::exception& error) {
        desks_ = desks_before;
        for (auto& [node, end] : batch.heads_before) {
            heads_[node] = std::move(end);
        }
        answered_.forget_newest(batch.answered.size());
        fail(std::move(turn), error.what());
        return;
    }
    keep_rest(std::move(turn));
    if (!received_.empty()) {
        post_work();
    }
    // Who asked goes on while the others are told.
    for (const auto& answer : answers) {
        if (answer) {
            answer();
        }
    }
    tell(batch.items);
    if (recording() && store_->is_checkpoint_due()) {
        checkpoint();
    }
}

// What the memory says now is ahead of the disk, and a failed flush may have marked its pages
// clean: the store is closed and nothing of this turn counts. What the pages show is read again on
// recovery.
void Ledger::fail(std::vector<Waiting> refused_work, std::string_view what) {
    options_.broken(what);
    store_.reset();
    for (std::vector<Waiting>* waiting : {&commands_, &received_}) {
        std::move(waiting->begin(), waiting->end(), std::back_inserter(refused_work));
        waiting->clear();
    }
    tell({});
    for (const Waiting& waiting : refused_work) {
        waiting.command ? waiting.replied(tl::make_unexpected(not_recording()))
                        : waiting.received(tl::make_unexpected(not_recording()));
    }
}

std::optional<Result<Reply>> Ledger::answered(const RequestName& name) const {
    const store::AnsweredRequest* known = answered_.find(name.id);
    if (known == nullptr) {
        return std::nullopt;
    }
    if (known->fingerprint != name.fingerprint) {
        return refused(
            ErrorCode::conflict, "another request was made under this id: a new one needs its own");
    }
    return known->reply;
}

// What the decision records, as entries; refused, and nothing of it is recorded, where one cannot
// be an entry: a cart's list that is too large is its author's to mend, and nobody else's work
// stops.
Result<std::vector<store::Item>> Ledger::items_of(Decision& decision, Instant now) const {
    std::vector<store::Item> items;
    journal::Head end = head(options_.node);
    for (Event& event : decision.events) {
        Recorded recorded;
        recorded.node = options_.node;
        recorded.seq = end.seq + 1;
        recorded.at = now;
        recorded.actor = decision.actor;
        recorded.event = std::move(event);
        auto entry = journal::next_entry(end, recorded, options_.digest);
        if (!entry) {
            return tl::make_unexpected(entry.error());
        }
        end = {entry->seq, entry->hash};
        items.push_back({std::move(*entry), std::move(recorded)});
    }
    return items;
}

std::function<void()> Ledger::decide_one(Waiting& waiting, Batch& batch) {
    if (auto answer = answered(waiting.name)) {
        return [done = waiting.replied, answer = *std::move(answer)] { done(answer); };
    }
    if (awaited_past_) {
        return [done = waiting.replied] { done(tl::make_unexpected(awaiting_past())); };
    }
    const Context context = moment();
    Desk& desk =
        desks_.try_emplace(waiting.station, Desk{session_of(waiting.station), std::nullopt, 0})
            .first->second;
    Decision decision = decide(state_, desk.session, *waiting.command, context);
    auto items = items_of(decision, context.now);
    if (!items) {
        return [done = waiting.replied, why = items.error()] { done(tl::make_unexpected(why)); };
    }
    decision.reply.number = ++desk.replies;
    if (!items->empty()) {
        remember(std::move(waiting.name), decision.reply, batch);
    }
    for (store::Item& item : *items) {
        record(std::move(item), batch);
    }
    desk.session = std::move(decision.session);
    desk.last = decision.reply;
    if (decision.reply.verdict) {
        counters_.scans_by_verdict[std::string(to_text(*decision.reply.verdict))] += 1;
    }
    return [done = waiting.replied, reply = std::move(decision.reply)] { done(reply); };
}

// What changed nothing is not remembered: decided anew it says what holds now.
void Ledger::remember(RequestName name, const Reply& reply, Batch& batch) {
    if (!name.id.empty()) {
        batch.answered.push_back({std::move(name.id), std::move(name.fingerprint), reply});
        answered_.add(batch.answered.back());
    }
}

// No answer where the turn's time is over before the batch is: its rest stays in `waiting`.
std::function<void()> Ledger::take_in(Waiting& waiting, Batch& batch) {
    std::size_t taken = 0;
    for (journal::Entry& entry : waiting.entries) {
        if (batch.judged >= turn_judged) {
            break;
        }
        ++taken;
        const journal::Head end = head(entry.node);
        const bool held = entry.seq <= end.seq;
        const Result<void> same = held ? is_held(entry, batch) : Result<void>();
        if (held && same) {
            continue;
        }
        auto recorded = same ? read(entry, end) : tl::make_unexpected(same.error());
        if (!recorded) {
            waiting.entries.clear();
            return [done = waiting.received, error = recorded.error()] {
                done(tl::make_unexpected(error));
            };
        }
        batch.judged += store::carts_judged(state_, *recorded);
        record({std::move(entry), std::move(*recorded)}, batch);
    }
    waiting.begun = waiting.begun || taken > 0;
    waiting.entries.erase(
        waiting.entries.begin(), waiting.entries.begin() + static_cast<std::ptrdiff_t>(taken));
    if (!waiting.entries.empty()) {
        return nullptr;
    }
    return [done = waiting.received] { done({}); };
}

Result<Recorded> Ledger::read(const journal::Entry& entry, const journal::Head& end) const {
    if (const auto next = journal::follows(end, entry, options_.digest); !next) {
        return tl::make_unexpected(next.error());
    }
    auto recorded = journal::to_recorded(entry);
    const NodeState& node = node_of(state_, entry.node);
    if (recorded && is_cart_too_many(node, recorded->event, options_.carts_max)) {
        return refused(
            ErrorCode::too_large,
            "entry " + std::to_string(entry.seq) + " of " + entry.node + ": it has "
                + std::to_string(node.carts.size()) + " carts already, no more are kept of a node");
    }
    return recorded;
}

// Whoever was not begun keeps its place; the rest of a batch stands behind all others.
void Ledger::keep_rest(std::vector<Waiting> turn) {
    std::vector<Waiting> untouched;
    for (Waiting& waiting : turn) {
        if (!waiting.command && !waiting.entries.empty()) {
            auto& line = waiting.begun ? received_ : untouched;
            line.push_back(std::move(waiting));
        }
    }
    std::move(received_.begin(), received_.end(), std::back_inserter(untouched));
    received_ = std::move(untouched);
}

// Of a peer's journal its session has seen that it is the same; the own one may come from several.
Result<void> Ledger::is_held(const journal::Entry& entry, const Batch& batch) const {
    if (entry.node != options_.node) {
        return {};
    }
    const auto of_this_turn =
        std::find_if(batch.items.begin(), batch.items.end(), [&](const store::Item& item) {
            return item.entry.node == entry.node && item.entry.seq == entry.seq;
        });
    std::string hash;
    if (of_this_turn != batch.items.end()) {
        hash = of_this_turn->entry.hash;
    } else if (const auto held = store_->entries_after(entry.node, entry.seq - 1, 1, 1);
               !held.empty()) {
        hash = held.front().hash;
    }
    if (hash != entry.hash) {
        return refused(
            ErrorCode::conflict,
            "fork: entry " + std::to_string(entry.seq) + " of " + entry.node + " as it came back "
                + "is not the one written here");
    }
    return {};
}

void Ledger::record(store::Item item, Batch& batch) {
    apply(state_, item.recorded);
    batch.heads_before.try_emplace(item.entry.node, head(item.entry.node));
    heads_[item.entry.node] = {item.entry.seq, item.entry.hash};
    batch.items.push_back(std::move(item));
}

} // namespace cartwatch::ledger
