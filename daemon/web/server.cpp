#include "daemon/web/server.hpp"

#include "daemon/web/http_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>
#include <vector>

namespace cartwatch::web {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Connections that the kernel keeps for us until they are taken.
constexpr int backlog = 128;

// Between two tries to accept where the machine has no descriptors left.
constexpr std::chrono::milliseconds accept_pause{200};

void listen(tcp::acceptor& acceptor, const ServerOptions& options) {
    const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(backlog);
}

// For whom there is no place; what the socket does not take at once is not waited for.
void turn_away(tcp::socket& socket) {
    const Response response =
        problem({503, "Too many connections", "every connection is in use; try again soon", ""});
    const std::string answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
        "Content-Length: "
        + std::to_string(response.body.size()) + "\r\nConnection: close\r\n\r\n" + response.body;
    boost::system::error_code ignored; // the peer may be gone already, which is as good
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(answer), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    socket.close(ignored);
}

void start_connection(const std::shared_ptr<ServerParts>& parts, tcp::socket socket) {
    HttpFigures& figures = parts->routes.http();
    if (parts->drops.size() >= parts->options.limits.connections) {
        ++figures.answers_by_status[503];
        turn_away(socket);
        return;
    }
    const std::uint64_t number = ++parts->next_connection;
    parts->drops.emplace(number, nullptr);
    figures.connections = static_cast<std::int64_t>(parts->drops.size());
    auto ended = [parts, number] {
        parts->drops.erase(number);
        parts->routes.http().connections = static_cast<std::int64_t>(parts->drops.size());
    };
    loop::start_task(
        parts->executor,
        "web connection",
        serve_http(parts, number, std::move(socket)),
        parts->on_failure,
        std::move(ended));
}

asio::awaitable<void> accept_connections(std::shared_ptr<ServerParts> parts) {
    loop::Wakeup pause(parts->executor);
    while (!parts->stopped) {
        auto accepted = co_await parts->acceptor.async_accept(as_result);
        if (parts->stopped) {
            break;
        }
        if (std::get<0>(accepted)) {
            const loop::Alarm alarm =
                parts->clock.after(accept_pause, [&pause] { pause.notify(); });
            co_await pause.wait();
            continue;
        }
        start_connection(parts, std::move(std::get<1>(accepted)));
    }
}

// Every page gets the time; one that has not taken its last message in time is closed.
void tick(const std::weak_ptr<ServerParts>& waiting) {
    const auto parts = waiting.lock();
    if (!parts || parts->stopped) {
        return;
    }
    const ServerLimits& limits = parts->options.limits;
    const loop::Ticks now = parts->clock.ticks();
    parts->views.clear();
    for (LivePage* page : parts->pages) {
        if (page->sending_since && now - *page->sending_since > limits.send_time) {
            page->drop();
            continue;
        }
        page->tick_wanted = true;
        page->wakeup.notify();
    }
    parts->tick = parts->clock.after(limits.tick_time, [waiting] { tick(waiting); });
}

} // namespace

Server::Server(
    asio::any_io_executor executor,
    loop::Clock& clock,
    Service service,
    ServerOptions options,
    loop::OnFailure on_failure)
    : parts_(std::make_shared<ServerParts>(
        std::move(executor),
        clock,
        std::move(service),
        std::move(options),
        std::move(on_failure))) {
    listen(parts_->acceptor, parts_->options);
}

Server::~Server() {
    stop();
}

std::uint16_t Server::port() const {
    return parts_->acceptor.local_endpoint().port();
}

void Server::run() {
    loop::start_task(
        parts_->executor, "web accept", accept_connections(parts_), parts_->on_failure);
    const std::weak_ptr<ServerParts> waiting = parts_;
    parts_->tick =
        parts_->clock.after(parts_->options.limits.tick_time, [waiting] { tick(waiting); });
}

void Server::changed(std::string_view station) {
    if (station.empty()) {
        parts_->views.clear();
    } else {
        parts_->views.erase(std::string(station));
    }
    for (LivePage* page : parts_->pages) {
        if (station.empty() || page->station == station) {
            page->view_wanted = true;
            page->wakeup.notify();
        }
    }
}

void Server::stop() {
    parts_->stopped = true;
    parts_->tick.cancel();
    boost::system::error_code ignored; // closed already, if at all
    parts_->acceptor.close(ignored);
    std::vector<std::function<void()>> drops;
    for (const auto& [number, drop] : parts_->drops) {
        drops.push_back(drop);
    }
    for (const auto& drop : drops) {
        if (drop) {
            drop();
        }
    }
}

} // namespace cartwatch::web
