#include "daemon/link/server.hpp"

#include "scanner/values/ensure.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

constexpr auto as_accepted = asio::as_tuple(asio::use_awaitable);

// Calls that the kernel keeps while the loop is busy: every ward at once after a power cut.
constexpr int backlog = 1'024;

// After a failed accept (no file descriptors left): others may end meanwhile.
constexpr std::chrono::milliseconds accept_pause{200};

// Nodes whose state is remembered: four times the connections; 300 bytes each.
constexpr std::size_t statuses_max = 4'096;

// A node that calls again while it is connected so many times within a minute is two machines: each
// waits up to 10 s before it calls, and a pulled cable does it once.
constexpr std::size_t replacements_of_two = 5;
constexpr Ticks replacements_within{60'000};

// How often standing connections are held against the clock: a certificate lives 800 days.
constexpr std::chrono::hours expiry_look{1};

Result<asio::ip::tcp::endpoint> endpoint_of(const Address& address) {
    const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
    boost::system::error_code error;
    const auto number = asio::ip::make_address(host, error);
    if (error) {
        return refused(
            ErrorCode::bad_input,
            "address \"" + to_text(address) + "\" to listen on: expected a number or localhost");
    }
    return asio::ip::tcp::endpoint(number, address.port);
}

} // namespace

Server::Server(asio::any_io_executor executor, ServerOptions options, Services services)
    : executor_(std::move(executor)),
      options_(std::move(options)),
      services_(std::move(services)),
      acceptor_(executor_),
      wakeup_(executor_) {
    ensure(services_.on_failure != nullptr, "a connection's failure is told to somebody");
    for (const std::string& node : options_.nodes) {
        statuses_[node].peer = node;
    }
    arrivals_.clock = services_.clock;
    arrivals_.node = options_.node;
    arrivals_.wait = options_.limits.hello_wait;
    arrivals_.note = [this](const std::string& text) { note_refusal(text); };
    if (options_.authority != nullptr) {
        tls_.emplace(*options_.authority);
        arrivals_.authority = options_.authority;
        arrivals_.tls = &*tls_;
    }
}

Result<void> Server::open() {
    const Result<asio::ip::tcp::endpoint> endpoint = endpoint_of(options_.listen);
    if (!endpoint) {
        return Unexpected(endpoint.error());
    }
    if (const Result<void> protectable = may_listen(endpoint->address()); !protectable) {
        return protectable;
    }
    boost::system::error_code error;
    acceptor_.open(endpoint->protocol(), error);
    if (!error) {
        acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
        acceptor_.bind(*endpoint, error);
    }
    if (!error) {
        acceptor_.listen(backlog, error);
    }
    if (error) {
        return refused(
            ErrorCode::unavailable,
            "cannot listen on " + to_text(options_.listen) + ": " + error.message());
    }
    port_ = acceptor_.local_endpoint().port();
    return {};
}

// Whatever leaves the machine needs TLS, and TLS an authority.
Result<void> Server::may_listen(const asio::ip::address& number) const {
    if (number.is_loopback()) {
        return {};
    }
    return options_.authority == nullptr ? plain_tcp_allowed(number)
                                         : options_.authority->make(services_.clock->now());
}

std::uint16_t Server::port() const {
    return port_;
}

asio::awaitable<void> Server::run() {
    ensure(port_ != 0 || stopping_, "a server is opened before it runs");
    co_await accept_all();
    while (!callers_.empty()) {
        co_await wakeup_.wait();
    }
}

asio::awaitable<void> Server::accept_all() {
    while (!stopping_) {
        asio::ip::tcp::socket socket(executor_);
        const auto [error] = co_await acceptor_.async_accept(socket, as_accepted);
        if (stopping_) {
            break;
        }
        if (error) {
            note("link: cannot accept a call: " + error.message());
            const loop::Alarm over =
                services_.clock->after(accept_pause, [this] { wakeup_.notify(); });
            co_await wakeup_.wait();
        } else if (has_room()) {
            receive(std::move(socket));
        } else {
            turn_away(std::move(socket));
        }
    }
}

// Of such callers, those who are so longest make room.
template <typename Such>
void Server::keep_few(Such such, const std::string& why) {
    const auto found = std::find_if(callers_.begin(), callers_.end(), such);
    const auto count = std::count_if(callers_.begin(), callers_.end(), such);
    if (found != callers_.end() && static_cast<std::size_t>(count) >= options_.strangers_max) {
        found->connection ? found->connection->cut(why) : found->arrival->cut(why);
    }
}

bool Server::has_room() {
    const auto is_silent = [](const Caller& caller) {
        return caller.connection ? caller.connection->session().phase() == Session::Phase::greeting
                                 : caller.arrival && !caller.arrival->was_cut();
    };
    const auto lingers = [](const Caller& caller) {
        return caller.connection && caller.connection->lingers();
    };
    keep_few(is_silent, "others wait, and no hello came");
    keep_few(lingers, "others wait");
    // Nobody is in the way of a ward but those who were cut and have not ended yet.
    return callers_.size() < options_.connections_max + 4 * options_.strangers_max;
}

// One try, without waiting: whether the caller learns the reason is not worth a place. Who may
// speak TLS would take it for a fault of TLS.
void Server::turn_away(asio::ip::tcp::socket socket) {
    boost::system::error_code ignored;
    if (options_.authority == nullptr) {
        const Fault busy{"busy", "too many connections: try again later"};
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(to_line(busy) + '\n'), ignored);
    }
    note_refusal("link: a call was turned away: too many connections");
}

void Server::receive(asio::ip::tcp::socket socket) {
    const auto caller = callers_.emplace(callers_.end());
    caller->arrival = std::make_unique<Arrival>(std::move(socket), arrivals_);
    loop::start_task(executor_, "link", converse(caller), services_.on_failure, [this, caller] {
        ended(caller);
    });
}

asio::awaitable<void> Server::converse(Callers::iterator caller) {
    co_await caller->arrival->run();
    std::optional<Arrived> arrived = caller->arrival->take();
    caller->arrival.reset();
    if (!arrived || stopping_) {
        co_return;
    }
    meet(caller, std::move(*arrived));
    co_await caller->connection->run();
    if (!caller->admitted && caller->connection->was_flooded()) {
        note_refusal("link: a call was refused: " + caller->connection->session().closing()->text);
    }
}

void Server::meet(Callers::iterator caller, Arrived arrived) {
    caller->certificate = std::move(arrived.certificate);
    SessionOptions options;
    options.node = options_.node;
    options.limits = options_.limits;
    options.asks_at_once = false;
    ConnectionEvents events;
    events.introduced = [this, caller] { introduced(caller); };
    events.changed = [this, caller] { changed(caller); };
    caller->connection = std::make_unique<Connection>(
        std::move(arrived.wire), std::move(options), services_, std::move(events));
    if (arrived.refusal) {
        caller->connection->close(arrived.refusal->code, arrived.refusal->text);
    }
}

bool Server::is_listed(const std::string& node) const {
    return std::find(options_.nodes.begin(), options_.nodes.end(), node) != options_.nodes.end();
}

bool Server::may_call(const std::string& node) const {
    return options_.nodes.empty() || is_listed(node);
}

Server::Caller* Server::connected(const std::string& node) {
    const auto found = std::find_if(callers_.begin(), callers_.end(), [&](const Caller& caller) {
        return caller.admitted && caller.node == node;
    });
    return found == callers_.end() ? nullptr : &*found;
}

void Server::introduced(Callers::iterator caller) {
    const std::string node = caller->connection->session().peer();
    if (const std::optional<Fault> fault = impersonation(*caller)) {
        note_refusal("link: a call was refused: " + fault->text);
        caller->connection->close(fault->code, fault->text);
        return;
    }
    if (!may_call(node)) {
        note_refusal("link: a call by " + node + " was refused: it is not in the list of nodes");
        caller->connection->close("unknown_node", node + " is not in the pharmacy's list of nodes");
        return;
    }
    for (Caller& other : callers_) {
        if (&other != &*caller && !other.admitted && other.node == node) {
            other.connection->close("replaced", node + " has called again");
        }
    }
    caller->node = node;
    if (Caller* old = connected(node)) {
        note_of(node, "link: " + node + " has called again");
        count_replacement(node);
        old->connection->close("replaced", node + " has called again");
        return; // it is admitted when the old one has ended
    }
    const auto admitted = std::count_if(
        callers_.begin(), callers_.end(), [](const Caller& other) { return other.admitted; });
    if (static_cast<std::size_t>(admitted) >= options_.connections_max) {
        caller->connection->close("busy", "too many nodes are connected");
        return;
    }
    admit(caller);
}

// A name is the certificate's, and one that has a certificate is not taken without it.
std::optional<Fault> Server::impersonation(const Caller& caller) const {
    const std::string& node = caller.connection->session().peer();
    if (caller.certificate && caller.certificate->node != node) {
        return Fault{
            "wrong_node",
            "the certificate of " + caller.certificate->node + " says hello as " + node};
    }
    if (!caller.certificate && options_.authority != nullptr
        && options_.authority->has_joined(node)) {
        return Fault{"tls_required", node + " has a certificate and calls without TLS"};
    }
    return std::nullopt;
}

void Server::certificates_changed() {
    for (Caller& caller : callers_) {
        if (!caller.certificate || !caller.connection) {
            continue;
        }
        const auto good = options_.authority->admit(*caller.certificate, services_.clock->now());
        if (!good) {
            const Fault fault = fault_of(good.error());
            note_refusal("link: a connection is ended: " + fault.text);
            caller.connection->close(fault.code, fault.text);
        }
    }
}

// A certificate that ends while its connection stands is seen by nobody else.
void Server::watch_expiry() {
    if (watches_expiry_ || stopping_) {
        return;
    }
    watches_expiry_ = true;
    expiry_alarm_ = services_.clock->after(expiry_look, [this] {
        watches_expiry_ = false;
        certificates_changed();
        watch_expiry();
    });
}

void Server::admit(Callers::iterator caller) {
    if (caller->certificate) {
        watch_expiry();
    }
    caller->admitted = true;
    note_of(caller->node, "link: " + caller->node + " connected");
    caller->connection->admit();
}

// What one ward gives the others need not: a thousand of them hold the same.
void Server::let_one_ask() {
    Connection* next = nullptr;
    for (Caller& caller : callers_) {
        if (!caller.admitted || !caller.connection) {
            continue;
        }
        const Session& session = caller.connection->session();
        if (session.is_asking()) {
            return;
        }
        if (next == nullptr && session.owed() > 0) {
            next = caller.connection.get();
        }
    }
    if (next != nullptr) {
        note(
            "link: entries of " + options_.node + " are asked back from " + next->session().peer());
        next->ask_back();
    }
}

void Server::count_replacement(const std::string& node) {
    std::deque<Ticks>& when = replaced_[node];
    when.push_back(services_.clock->ticks());
    if (when.size() > replacements_of_two) {
        when.pop_front();
    }
}

bool Server::alternates(const std::string& node) const {
    const auto found = replaced_.find(node);
    return found != replaced_.end() && found->second.size() == replacements_of_two
           && services_.clock->ticks() - found->second.front() <= replacements_within;
}

void Server::changed(Callers::iterator caller) {
    const Session& session = caller->connection->session();
    if (!caller->admitted) {
        return;
    }
    Status status;
    if (const auto known = statuses_.find(caller->node); known != statuses_.end()) {
        status = known->second;
    }
    status.peer = caller->node;
    status.last_contact = caller->connection->last_contact();
    status.received = session.on_disk();
    status.two_callers = alternates(caller->node);
    if (session.phase() == Session::Phase::running) {
        status.state = Status::State::connected;
        status.sent = session.sent();
        status.acknowledged = session.acknowledged();
        status.wrote = session.peer_wrote();
        status.owed = session.owed();
        status.last_error.reset();
    } else {
        status.state = Status::State::off;
        status.last_error = session.closing();
    }
    show(std::move(status));
}

// Names that only ever said hello are forgotten first: strangers must not fill the memory.
void Server::make_room_for(const std::string& node) {
    if (statuses_.size() < statuses_max || statuses_.contains(node)) {
        return;
    }
    const auto idle = std::find_if(statuses_.begin(), statuses_.end(), [&](const auto& known) {
        return known.second.state == Status::State::off && !is_listed(known.first);
    });
    if (idle != statuses_.end()) {
        replaced_.erase(idle->first);
        statuses_.erase(idle);
    }
}

void Server::show(Status status) {
    make_room_for(status.peer);
    Status& shown = statuses_[status.peer];
    if (status == shown) {
        return;
    }
    if (shown.state == Status::State::connected && status.last_error) {
        note_of(status.peer, "link: " + status.peer + " is gone: " + status.last_error->text);
    } else if (status.last_error && status.last_error->code == "unproven") {
        note_refusal("link: a call was refused: " + status.last_error->text);
    }
    if (status.two_callers && !shown.two_callers) {
        note("link: two machines call as " + status.peer + ", in turns: was its disk copied?");
    }
    const bool owes = status.owed > 0 || shown.owed > 0;
    shown = std::move(status);
    if (services_.on_status) {
        services_.on_status(shown);
    }
    if (owes) {
        let_one_ask();
    }
}

void Server::ended(Callers::iterator caller) {
    const std::string node = caller->admitted ? caller->node : std::string();
    callers_.erase(caller);
    const auto next = std::find_if(callers_.begin(), callers_.end(), [&](const Caller& other) {
        return !other.admitted && other.node == node && other.connection
               && other.connection->session().phase() == Session::Phase::introduced;
    });
    if (!node.empty() && next != callers_.end()) {
        admit(next);
    }
    if (!stopping_) {
        let_one_ask();
    }
    wakeup_.notify();
}

void Server::stop() {
    stopping_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    expiry_alarm_.cancel();
    wakeup_.notify();
    for (Caller& caller : callers_) {
        if (caller.connection) {
            caller.connection->close("going_away", options_.node + " stops");
        } else if (caller.arrival) {
            caller.arrival->cut(options_.node + " stops");
        }
    }
}

void Server::on_committed() {
    for (Caller& caller : callers_) {
        if (caller.connection) {
            caller.connection->own_journal_grew();
        }
    }
}

std::vector<Status> Server::statuses() const {
    std::vector<Status> all;
    all.reserve(statuses_.size());
    for (const auto& [node, status] : statuses_) {
        all.push_back(status);
        all.back().two_callers = alternates(node); // it ends by itself
    }
    return all;
}

void Server::note(const std::string& text) const {
    if (services_.note) {
        services_.note(text);
    }
}

void Server::note_of(const std::string& node, const std::string& text) {
    if (notes_of_.size() >= statuses_max && !notes_of_.contains(node)) {
        notes_of_.clear();
    }
    const Ticks now = services_.clock->ticks();
    const auto own = notes_of_[node].pass(text, now);
    const auto passed = own ? all_notes_.pass(*own, now) : std::nullopt;
    if (passed) {
        note(*passed);
    }
}

void Server::note_refusal(const std::string& text) {
    if (const auto passed = refusals_.pass(text, services_.clock->ticks())) {
        note(*passed);
    }
}

} // namespace cartwatch::link
