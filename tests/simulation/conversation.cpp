#include "tests/simulation/conversation.hpp"

#include "daemon/crypto/sha256.hpp"

namespace cartwatch::simulation {

namespace {

// What a socket takes before its reader is behind, bytes.
constexpr std::size_t cable_bytes_max = 20'000;

link::SessionOptions with_digest(link::SessionOptions options) {
    options.digest = crypto::sha256;
    return options;
}

} // namespace

Conversation::Conversation(
    Machine& machine, Agenda& agenda, link::SessionOptions options, ConversationEvents events)
    : machine_(machine),
      agenda_(agenda),
      run_(machine.run()),
      journal_(journal_of(machine)),
      session_(with_digest(std::move(options)), journal_, agenda.now()),
      events_(std::move(events)) {}

// As daemon/node/journal_access.cpp: without a store there is nothing to send for now.
link::Journal Conversation::journal_of(Machine& machine) {
    link::Journal journal;
    journal.head = [&machine](std::string_view node) { return machine.ledger().head(node); };
    journal.entries_after =
        [&machine](
            std::string_view node, std::int64_t after, std::size_t count, std::size_t bytes) {
            store::Store* store = machine.ledger().store();
            return store == nullptr ? std::vector<journal::Entry>{}
                                    : store->entries_after(node, after, count, bytes);
        };
    journal.store_received =
        [&machine](std::vector<journal::Entry> entries, std::function<void(Result<void>)> done) {
            machine.ledger().receive(std::move(entries), std::move(done));
        };
    journal.acknowledged = [](std::string_view /*peer*/, std::int64_t /*seq*/) {};
    return journal;
}

bool Conversation::is_closed() const {
    return session_.phase() == link::Session::Phase::closed;
}

// What comes from outside comes to a machine that runs, and to the run that this one is of.
void Conversation::guarded(const std::function<void()>& act) {
    if (!over_ && machine_.is_up() && machine_.run() == run_) {
        machine_.guard(act);
    }
}

void Conversation::begin(std::shared_ptr<Cable> cable, Side side) {
    cable_ = std::move(cable);
    side_ = side;
    const std::weak_ptr<Conversation> weak = weak_from_this();
    Cable::End end;
    end.bytes = [weak](std::string_view bytes) {
        if (const auto self = weak.lock()) {
            self->guarded([&] { self->hear(bytes); });
        }
    };
    end.ended = [weak] {
        if (const auto self = weak.lock()) {
            self->guarded([&] {
                self->cable_ended_ = true;
                self->settle();
            });
        }
    };
    cable_->attach(side, std::move(end));
    settle();
}

void Conversation::drop(bool says_so) {
    over_ = true;
    if (cable_) {
        cable_->leave(side_, says_so);
    }
}

void Conversation::hear(std::string_view bytes) {
    session_.bytes_received(agenda_.now(), lines_.waiting());
    if (!is_closed()) {
        lines_.feed(bytes);
    }
    hear_lines();
    settle();
}

void Conversation::hear_lines() {
    while (session_.wants_input()) {
        const std::optional<std::string_view> line = lines_.next();
        if (!line) {
            if (lines_.too_long()) {
                session_.line_too_long();
            }
            return;
        }
        session_.line_received(*line, agenda_.now());
        if (session_.phase() != link::Session::Phase::greeting) {
            lines_.set_limit(link::line_bytes_max);
        }
    }
}

// After whatever happened: hands on what is due.
void Conversation::settle() {
    if (session_.phase() == link::Session::Phase::introduced && !introduced_) {
        introduced_ = true;
        events_.introduced();
    }
    hand_over();
    if (session_.acknowledged() > told_acknowledged_) {
        told_acknowledged_ = session_.acknowledged();
        events_.acknowledged(told_acknowledged_);
    }
    // What came before the end is stored and acknowledged before this side ends, too.
    if (cable_ended_ && !session_.is_storing()) {
        session_.lost("the cable is cut");
    }
    speak();
    set_alarm();
    end_if_over();
}

void Conversation::hand_over() {
    while (session_.has_entries()) {
        journal_.store_received(
            session_.take_entries(), [weak = weak_from_this()](const Result<void>& outcome) {
                if (const auto self = weak.lock(); self && !self->over_) {
                    outcome ? self->session_.stored() : self->session_.not_stored(outcome.error());
                    self->hear_lines();
                    self->settle();
                }
            });
        if (session_.is_storing()) {
            return; // one batch at a time
        }
    }
}

void Conversation::speak() {
    while (machine_.is_up() && session_.has_output()) {
        if (cable_->under_way(side_) > cable_bytes_max && !is_closed()) {
            agenda_.after(20ms, [weak = weak_from_this()] {
                if (const auto self = weak.lock()) {
                    self->guarded([&] { self->settle(); });
                }
            });
            return;
        }
        std::string output = session_.take_output(4'000);
        if (machine_.is_up()) { // reading its journal may have been its end
            events_.said();
            cable_->send(side_, std::move(output));
        }
    }
}

void Conversation::set_alarm() {
    const Ticks due = session_.next_due();
    if (due == Ticks::max() || (alarm_at_ && *alarm_at_ <= due)) {
        return;
    }
    alarm_at_ = due;
    agenda_.at(due, [weak = weak_from_this(), due] {
        const auto self = weak.lock();
        if (self && self->alarm_at_ == due) {
            self->alarm_at_.reset();
            self->guarded([&] {
                self->session_.time_passed(self->agenda_.now());
                self->settle();
            });
        }
    });
}

void Conversation::end_if_over() {
    if (!over_ && is_closed() && !session_.is_storing() && !session_.has_output()) {
        over_ = true;
        cable_->leave(side_, true);
        agenda_.after(Ticks{0}, [self = shared_from_this()] { self->events_.ended(); });
    }
}

void Conversation::admit() {
    session_.admit(agenda_.now());
    hear_lines();
    settle();
}

void Conversation::own_journal_grew() {
    session_.own_journal_grew();
    settle();
}

void Conversation::close(std::string code, std::string text) {
    session_.refuse(std::move(code), std::move(text));
    settle();
}

} // namespace cartwatch::simulation
