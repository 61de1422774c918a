#include "daemon/link/client.hpp"

#include "daemon/trust/identity.hpp"
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

Client::Client(asio::any_io_executor executor, ClientOptions options, Services services)
    : executor_(std::move(executor)),
      options_(std::move(options)),
      services_(std::move(services)),
      wire_(asio::ip::tcp::socket(executor_)),
      resolver_(executor_),
      wakeup_(executor_) {
    ensure(!options_.addresses.empty(), "a ward that calls has an address to call");
    ensure(is_node_name(options_.peer), "a ward that calls knows whom");
    ensure(services_.random != nullptr, "waits have a source of chance");
    status_.peer = options_.peer;
    shown_ = status_;
}

asio::awaitable<void> Client::run() {
    while (!stopping_) {
        show(Status::State::connecting);
        co_await converse();
        if (!stopping_) {
            show(Status::State::connecting);
            co_await pause();
        }
    }
    show(Status::State::off);
}

// One round over the addresses, up to the end of the first conversation.
asio::awaitable<void> Client::converse() {
    if (!has_credentials()) {
        failures_ = failures_to_ceiling;
        co_return;
    }
    for (const Address& address : options_.addresses) {
        const bool connected = co_await connect_to(address);
        if (stopping_) {
            co_return;
        }
        if (connected) {
            co_await talk();
            co_return;
        }
    }
    ++failures_;
}

// False where the files of a ward that has joined cannot be read: without them it must not call.
bool Client::has_credentials() {
    credentials_.reset();
    if (options_.trust.empty()) {
        return true;
    }
    Result<std::optional<crypto::Credentials>> found = trust::load_identity(options_.trust);
    if (!found) {
        failed(found.error().text, "not_trusted");
        return false;
    }
    credentials_ = std::move(*found);
    return true;
}

asio::awaitable<bool> Client::connect_to(Address address) {
    const std::string called = to_text(address);
    const std::vector<asio::ip::tcp::endpoint> endpoints = co_await endpoints_of(address);
    for (const asio::ip::tcp::endpoint& endpoint : endpoints) {
        if (stopping_) {
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
        services_.clock->after(options_.connect_wait, [this] { resolver_.cancel(); });
    const auto outcome =
        co_await resolver_.async_resolve(address.host, std::to_string(address.port), as_outcome);
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
    const Result<void> plain_allowed = plain_tcp_allowed(endpoint.address());
    if (!credentials_ && !plain_allowed) {
        failed(plain_allowed.error().text, "not_allowed");
        co_return false;
    }
    bool late = false;
    wire_ = Wire(asio::ip::tcp::socket(executor_));
    const loop::Alarm deadline = services_.clock->after(options_.connect_wait, [this, &late] {
        late = true;
        wire_.close();
    });
    const auto [error] = co_await wire_.socket().async_connect(endpoint, as_outcome);
    if (error) {
        failed(called + ": " + (late ? "does not answer" : error.message()));
        co_return false;
    }
    if (!credentials_) {
        co_return true;
    }
    const bool secured = co_await secure(called);
    co_return secured;
}

// Nothing is said before the other end has proved to be the pharmacy that this ward joined.
asio::awaitable<bool> Client::secure(const std::string& called) {
    const Result<TlsContext> context = calling_context(*credentials_);
    if (!context) {
        failed(context.error().text, "not_trusted");
        co_return false;
    }
    const Instant now = services_.clock->now();
    const auto error = co_await wire_.call(*context, crypto::Talk::link, now);
    if (error) {
        failed(
            called + ": " + wire_.text_of(error),
            wire_.is_of_tls(error) ? "not_trusted" : "closed");
        co_return false;
    }
    const auto certificate = crypto::peer_certificate(*wire_.tls());
    if (!certificate || certificate->node != options_.peer) {
        const std::string name = certificate ? certificate->node : "nobody";
        failed(called + ": its certificate is that of " + name, "not_trusted");
        wire_.close();
        co_return false;
    }
    co_return true;
}

asio::awaitable<void> Client::talk() {
    const Ticks began = services_.clock->ticks();
    SessionOptions options;
    options.node = options_.node;
    options.peer = options_.peer;
    options.limits = options_.limits;
    ConnectionEvents events;
    events.introduced = [] {};
    events.changed = [this] { connection_changed(); };
    connection_.emplace(std::move(wire_), std::move(options), services_, std::move(events));
    co_await connection_->run();
    connection_changed();
    count_outcome(*connection_, began);
    connection_.reset();
}

// A conversation that broke is begun again soon; one that was ended for a cause that will be there
// again is not, unless it went well for a while.
void Client::count_outcome(const Connection& connection, Ticks began) {
    const Closing closing =
        connection.session().closing().value_or(Closing{"closed", "the conversation ended", false});
    const bool spoke = status_.state == Status::State::connected;
    const bool broke = closing.code == "closed" || closing.code == "going_away";
    const bool lasted = services_.clock->ticks() - began >= options_.limits.ping_interval;
    if (needs_a_person(closing)) {
        failures_ = failures_to_ceiling;
    } else if (spoke && (broke || lasted)) {
        failures_ = 1;
    } else {
        ++failures_;
    }
    failed(closing.by_peer ? options_.peer + ": " + closing.text : closing.text, closing.code);
    status_.last_error = closing;
}

asio::awaitable<void> Client::pause() {
    const auto wait = retry_delay(options_.backoff, failures_, services_.random());
    const loop::Alarm over = services_.clock->after(wait, [this] { wakeup_.notify(); });
    co_await wakeup_.wait();
}

void Client::failed(std::string text, std::string code) {
    if (services_.note && !stopping_) {
        services_.note("link to " + options_.peer + ": " + text);
    }
    status_.last_error = Closing{std::move(code), std::move(text), false};
}

void Client::connection_changed() {
    const Session& session = connection_->session();
    if (const auto contact = connection_->last_contact()) {
        status_.last_contact = contact;
    }
    status_.received = session.on_disk();
    if (session.phase() == Session::Phase::running) {
        status_.sent = session.sent();
        status_.acknowledged = session.acknowledged();
        status_.wrote = session.peer_wrote();
        status_.owed = session.owed();
        status_.last_error.reset();
        show(Status::State::connected);
    }
}

void Client::show(Status::State state) {
    status_.state = state;
    if (status_ == shown_) {
        return;
    }
    if (services_.note && state == Status::State::connected && shown_.state != state) {
        services_.note("link to " + options_.peer + ": connected");
    }
    shown_ = status_;
    if (services_.on_status) {
        services_.on_status(status_);
    }
}

void Client::stop() {
    stopping_ = true;
    if (connection_) {
        connection_->close("going_away", options_.node + " stops");
    }
    resolver_.cancel();
    wire_.close();
    wakeup_.notify();
}

void Client::certificate_renewed() {
    if (connection_) {
        connection_->close("going_away", options_.node + " calls again with a new certificate");
    }
    wakeup_.notify();
}

void Client::on_committed() {
    if (connection_) {
        connection_->own_journal_grew();
    }
}

void Client::call_now() {
    wakeup_.notify();
}

const Status& Client::status() const {
    return status_;
}

} // namespace cartwatch::link
