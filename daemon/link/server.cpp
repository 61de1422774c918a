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
constexpr int backlog = 512;

// After a failed accept (no file descriptors left): others may end meanwhile.
constexpr std::chrono::milliseconds accept_pause{200};

// Nodes whose state is remembered: four times the connections; 300 bytes each.
constexpr std::size_t statuses_max = 1'024;

Result<asio::ip::tcp::endpoint> endpoint_of(const Address& address) {
    const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
    boost::system::error_code error;
    const auto number = asio::ip::make_address(host, error);
    if (error) {
        return refused(
            ErrorCode::bad_input,
            "address \"" + to_text(address) + "\" to listen on: expected a number or localhost");
    }
    if (const Result<void> allowed = plain_tcp_allowed(number); !allowed) {
        return Unexpected(allowed.error());
    }
    return asio::ip::tcp::endpoint(number, address.port);
}

} // namespace

Server::Server(asio::any_io_executor executor, ServerOptions options, const Services& services)
    : x_executor(std::move(executor)),
      x_options(std::move(options)),
      x_services(services),
      x_acceptor(x_executor),
      x_wakeup(x_executor) {
    ensure(x_services.on_failure != nullptr, "a connection's failure is told to somebody");
    for (const std::string& node : x_options.nodes) {
        x_statuses[node].peer = node;
    }
}

Result<void> Server::open() {
    const Result<asio::ip::tcp::endpoint> endpoint = endpoint_of(x_options.listen);
    if (!endpoint) {
        return Unexpected(endpoint.error());
    }
    boost::system::error_code error;
    x_acceptor.open(endpoint->protocol(), error);
    if (!error) {
        x_acceptor.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
        x_acceptor.bind(*endpoint, error);
    }
    if (!error) {
        x_acceptor.listen(backlog, error);
    }
    if (error) {
        return refused(
            ErrorCode::unavailable,
            "cannot listen on " + to_text(x_options.listen) + ": " + error.message());
    }
    x_port = x_acceptor.local_endpoint().port();
    return {};
}

std::uint16_t Server::port() const {
    return x_port;
}

asio::awaitable<void> Server::run() {
    ensure(x_port != 0 || x_stopping, "a server is opened before it runs");
    co_await accept_all();
    while (!x_callers.empty()) {
        co_await x_wakeup.wait();
    }
}

asio::awaitable<void> Server::accept_all() {
    while (!x_stopping) {
        asio::ip::tcp::socket socket(x_executor);
        const auto [error] = co_await x_acceptor.async_accept(socket, as_accepted);
        if (x_stopping) {
            break;
        }
        if (error) {
            note("link: cannot accept a call: " + error.message());
            const loop::Alarm over =
                x_services.clock->after(accept_pause, [this] { x_wakeup.notify(); });
            co_await x_wakeup.wait();
        } else if (has_room()) {
            receive(std::move(socket));
        } else {
            turn_away(std::move(socket));
        }
    }
}

bool Server::has_room() {
    const auto is_silent = [](const Caller& caller) {
        return caller.connection->session().phase() == Session::Phase::greeting;
    };
    const auto silent = std::count_if(x_callers.begin(), x_callers.end(), is_silent);
    if (static_cast<std::size_t>(silent) >= x_options.strangers_max) {
        const auto longest = std::find_if(x_callers.begin(), x_callers.end(), is_silent);
        longest->connection->cut("others wait, and no hello came");
    }
    // Those that were refused linger for a moment: they count as well.
    return x_callers.size() < x_options.connections_max + 2 * x_options.strangers_max;
}

// One try, without waiting: whether the caller learns the reason is not worth a place.
void Server::turn_away(asio::ip::tcp::socket socket) {
    const std::string line = to_line(Fault{"busy", "too many connections: try again later"}) + '\n';
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(line), ignored);
    note("link: a call was turned away: too many connections");
}

void Server::receive(asio::ip::tcp::socket socket) {
    const auto caller = x_callers.emplace(x_callers.end());
    SessionOptions options;
    options.node = x_options.node;
    options.limits = x_options.limits;
    ConnectionEvents events;
    events.introduced = [this, caller] { introduced(caller); };
    events.changed = [this, caller] { changed(caller); };
    caller->connection = std::make_unique<Connection>(
        std::move(socket), std::move(options), x_services, std::move(events));
    loop::start_task(
        x_executor, "link", caller->connection->run(), x_services.on_failure, [this, caller] {
            ended(caller);
        });
}

bool Server::is_listed(const std::string& node) const {
    return std::find(x_options.nodes.begin(), x_options.nodes.end(), node) != x_options.nodes.end();
}

bool Server::may_call(const std::string& node) const {
    return x_options.nodes.empty() || is_listed(node);
}

Server::Caller* Server::connected(const std::string& node) {
    const auto found = std::find_if(x_callers.begin(), x_callers.end(), [&](const Caller& caller) {
        return caller.admitted && caller.node == node;
    });
    return found == x_callers.end() ? nullptr : &*found;
}

void Server::introduced(Callers::iterator caller) {
    const std::string node = caller->connection->session().peer();
    if (!may_call(node)) {
        note("link: a call by " + node + " was refused: it is not in the list of nodes");
        caller->connection->close("unknown_node", node + " is not in the pharmacy's list of nodes");
        return;
    }
    for (Caller& other : x_callers) {
        if (&other != &*caller && !other.admitted && other.node == node) {
            other.connection->close("replaced", node + " has called again");
        }
    }
    caller->node = node;
    if (Caller* old = connected(node)) {
        note("link: " + node + " has called again");
        old->connection->close("replaced", node + " has called again");
        return; // it is admitted when the old one has ended
    }
    const auto admitted = std::count_if(
        x_callers.begin(), x_callers.end(), [](const Caller& other) { return other.admitted; });
    if (static_cast<std::size_t>(admitted) >= x_options.connections_max) {
        caller->connection->close("busy", "too many nodes are connected");
        return;
    }
    admit(caller);
}

void Server::admit(Callers::iterator caller) {
    caller->admitted = true;
    note("link: " + caller->node + " connected");
    caller->connection->admit();
}

void Server::changed(Callers::iterator caller) {
    const Session& session = caller->connection->session();
    if (!caller->admitted) {
        return;
    }
    Status status;
    if (const auto known = x_statuses.find(caller->node); known != x_statuses.end()) {
        status = known->second;
    }
    status.peer = caller->node;
    status.last_contact = caller->connection->last_contact();
    status.received = session.on_disk();
    if (session.phase() == Session::Phase::running) {
        status.state = Status::State::connected;
        status.sent = session.sent();
        status.acknowledged = session.acknowledged();
        status.last_error.reset();
    } else {
        status.state = Status::State::off;
        status.last_error = session.closing();
    }
    show(std::move(status));
}

// Names that only ever said hello are forgotten first: strangers must not fill the memory.
void Server::make_room_for(const std::string& node) {
    if (x_statuses.size() < statuses_max || x_statuses.contains(node)) {
        return;
    }
    const auto idle = std::find_if(x_statuses.begin(), x_statuses.end(), [&](const auto& known) {
        return known.second.state == Status::State::off && !is_listed(known.first);
    });
    if (idle != x_statuses.end()) {
        x_statuses.erase(idle);
    }
}

void Server::show(Status status) {
    make_room_for(status.peer);
    Status& shown = x_statuses[status.peer];
    if (status == shown) {
        return;
    }
    if (shown.state == Status::State::connected && status.last_error) {
        note("link: " + status.peer + " is gone: " + status.last_error->text);
    }
    shown = std::move(status);
    if (x_services.on_status) {
        x_services.on_status(shown);
    }
}

void Server::ended(Callers::iterator caller) {
    const std::string node = caller->admitted ? caller->node : std::string();
    x_callers.erase(caller);
    const auto next = std::find_if(x_callers.begin(), x_callers.end(), [&](const Caller& other) {
        return !other.admitted && other.node == node
               && other.connection->session().phase() == Session::Phase::introduced;
    });
    if (!node.empty() && next != x_callers.end()) {
        admit(next);
    }
    x_wakeup.notify();
}

void Server::stop() {
    x_stopping = true;
    boost::system::error_code ignored;
    x_acceptor.close(ignored);
    x_wakeup.notify();
    for (Caller& caller : x_callers) {
        caller.connection->close("going_away", x_options.node + " stops");
    }
}

void Server::on_committed() {
    for (Caller& caller : x_callers) {
        caller.connection->own_journal_grew();
    }
}

std::vector<Status> Server::statuses() const {
    std::vector<Status> all;
    all.reserve(x_statuses.size());
    for (const auto& [node, status] : x_statuses) {
        all.push_back(status);
    }
    return all;
}

void Server::note(const std::string& text) const {
    if (x_services.note) {
        x_services.note(text);
    }
}

} // namespace cartwatch::link
