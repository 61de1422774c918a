#include "daemon/link/client.hpp"

#include "scanner/values/ensure.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

constexpr auto as_outcome = asio::as_tuple(asio::use_awaitable);

// As many doublings as take any first wait to its ceiling.
constexpr int failures_to_ceiling = 30;

} // namespace

Client::Client(asio::any_io_executor executor, ClientOptions options, const Services& services)
    : x_executor(std::move(executor)),
      x_options(std::move(options)),
      x_services(services),
      x_socket(x_executor),
      x_resolver(x_executor),
      x_wakeup(x_executor) {
    ensure(!x_options.addresses.empty(), "a ward that calls has an address to call");
    ensure(is_node_name(x_options.peer), "a ward that calls knows whom");
    ensure(x_services.random != nullptr, "waits have a source of chance");
    x_status.peer = x_options.peer;
    x_shown = x_status;
}

asio::awaitable<void> Client::run() {
    while (!x_stopping) {
        show(Status::State::connecting);
        co_await converse();
        if (!x_stopping) {
            show(Status::State::connecting);
            co_await pause();
        }
    }
    show(Status::State::off);
}

// One round over the addresses, up to the end of the first conversation.
asio::awaitable<void> Client::converse() {
    for (const Address& address : x_options.addresses) {
        const bool connected = co_await connect_to(address);
        if (x_stopping) {
            co_return;
        }
        if (connected) {
            co_await talk();
            co_return;
        }
    }
    ++x_failures;
}

asio::awaitable<bool> Client::connect_to(Address address) {
    const std::string called = to_text(address);
    const std::vector<asio::ip::tcp::endpoint> endpoints = co_await endpoints_of(address);
    for (const asio::ip::tcp::endpoint& endpoint : endpoints) {
        if (x_stopping) {
            break;
        }
        const bool connected = co_await connect_to(endpoint, called);
        if (connected) {
            co_return true;
        }
    }
    co_return false;
}

asio::awaitable<std::vector<asio::ip::tcp::endpoint>> Client::endpoints_of(Address address) {
    std::vector<asio::ip::tcp::endpoint> endpoints;
    boost::system::error_code error;
    const auto number = asio::ip::make_address(address.host, error);
    if (!error) {
        endpoints.emplace_back(number, address.port);
        co_return endpoints;
    }
    const loop::Alarm deadline =
        x_services.clock->after(x_options.connect_wait, [this] { x_resolver.cancel(); });
    const auto outcome =
        co_await x_resolver.async_resolve(address.host, std::to_string(address.port), as_outcome);
    if (std::get<0>(outcome)) {
        failed(to_text(address) + ": " + std::get<0>(outcome).message());
        co_return endpoints;
    }
    for (const auto& found : std::get<1>(outcome)) {
        endpoints.push_back(found.endpoint());
    }
    co_return endpoints;
}

asio::awaitable<bool>
Client::connect_to(asio::ip::tcp::endpoint endpoint, const std::string& called) {
    if (const Result<void> allowed = plain_tcp_allowed(endpoint.address()); !allowed) {
        failed(allowed.error().text, "not_allowed");
        co_return false;
    }
    bool late = false;
    x_socket = asio::ip::tcp::socket(x_executor);
    const loop::Alarm deadline = x_services.clock->after(x_options.connect_wait, [this, &late] {
        late = true;
        boost::system::error_code ignored;
        x_socket.close(ignored);
    });
    const auto [error] = co_await x_socket.async_connect(endpoint, as_outcome);
    if (error) {
        failed(called + ": " + (late ? "does not answer" : error.message()));
        co_return false;
    }
    co_return true;
}

asio::awaitable<void> Client::talk() {
    const Ticks began = x_services.clock->ticks();
    SessionOptions options;
    options.node = x_options.node;
    options.peer = x_options.peer;
    options.limits = x_options.limits;
    ConnectionEvents events;
    events.introduced = [] {};
    events.changed = [this] { connection_changed(); };
    x_connection.emplace(std::move(x_socket), std::move(options), x_services, std::move(events));
    co_await x_connection->run();
    connection_changed();
    count_outcome(*x_connection, began);
    x_connection.reset();
}

// A conversation that broke is begun again soon; one that was ended for a cause that will be there
// again is not, unless it went well for a while.
void Client::count_outcome(const Connection& connection, Ticks began) {
    const Closing closing =
        connection.session().closing().value_or(Closing{"closed", "the conversation ended", false});
    const bool spoke = x_status.state == Status::State::connected;
    const bool broke = closing.code == "closed" || closing.code == "going_away";
    const bool lasted = x_services.clock->ticks() - began >= x_options.limits.ping_interval;
    if (needs_a_person(closing)) {
        x_failures = failures_to_ceiling;
    } else if (spoke && (broke || lasted)) {
        x_failures = 1;
    } else {
        ++x_failures;
    }
    failed(closing.by_peer ? x_options.peer + ": " + closing.text : closing.text, closing.code);
    x_status.last_error = closing;
}

asio::awaitable<void> Client::pause() {
    const auto wait = retry_delay(x_options.backoff, x_failures, x_services.random());
    const loop::Alarm over = x_services.clock->after(wait, [this] { x_wakeup.notify(); });
    co_await x_wakeup.wait();
}

void Client::failed(std::string text, std::string code) {
    if (x_services.note && !x_stopping) {
        x_services.note("link to " + x_options.peer + ": " + text);
    }
    x_status.last_error = Closing{std::move(code), std::move(text), false};
}

void Client::connection_changed() {
    const Session& session = x_connection->session();
    if (const auto contact = x_connection->last_contact()) {
        x_status.last_contact = contact;
    }
    x_status.received = session.on_disk();
    if (session.phase() == Session::Phase::running) {
        x_status.sent = session.sent();
        x_status.acknowledged = session.acknowledged();
        x_status.last_error.reset();
        show(Status::State::connected);
    }
}

void Client::show(Status::State state) {
    x_status.state = state;
    if (x_status == x_shown) {
        return;
    }
    if (x_services.note && state == Status::State::connected && x_shown.state != state) {
        x_services.note("link to " + x_options.peer + ": connected");
    }
    x_shown = x_status;
    if (x_services.on_status) {
        x_services.on_status(x_status);
    }
}

void Client::stop() {
    x_stopping = true;
    if (x_connection) {
        x_connection->close("going_away", x_options.node + " stops");
    }
    x_resolver.cancel();
    boost::system::error_code ignored;
    x_socket.close(ignored);
    x_wakeup.notify();
}

void Client::on_committed() {
    if (x_connection) {
        x_connection->own_journal_grew();
    }
}

void Client::call_now() {
    x_wakeup.notify();
}

const Status& Client::status() const {
    return x_status;
}

} // namespace cartwatch::link
