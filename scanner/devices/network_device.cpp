#include "scanner/devices/network_device.hpp"

#include <netinet/tcp.h>

namespace cartwatch::devices {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// A scanner that lost its power sends no end: probes after 15 s of silence, 3 of them 5 s apart,
// tell within 30 s. A probe that cannot be set leaves the connection usable, so errors are passed
// over.
void probe_when_silent(tcp::socket& socket) {
    error_code ignored;
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    const auto set = [&](int option, int value) {
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, 15);
    set(TCP_KEEPINTVL, 5);
    set(TCP_KEEPCNT, 3);
}

tcp::endpoint endpoint_of(const wire::DeviceSettings& settings, error_code& error) {
    return {asio::ip::make_address(settings.address, error), settings.port};
}

std::string to_text(const tcp::endpoint& place) {
    const std::string address = place.address().to_string();
    return (place.address().is_v6() ? "[" + address + "]" : address) + ":"
           + std::to_string(place.port());
}

} // namespace

CallingDevice::CallingDevice(
    const asio::any_io_executor& executor, wire::DeviceSettings settings, DeviceEvents events)
    : ReturningDevice(executor, std::move(settings), std::move(events)),
      x_socket(executor),
      x_deadline(executor) {}

std::string CallingDevice::place() const {
    return settings().address + ":" + std::to_string(settings().port);
}

void CallingDevice::look() {
    error_code error;
    const tcp::endpoint endpoint = endpoint_of(settings(), error);
    if (error) {
        absent(place() + ": not an IP address");
        return;
    }
    x_socket = tcp::socket(executor());
    x_deadline.expires_after(connect_time_max);
    x_deadline.async_wait([this, alive = alive()](error_code outcome) {
        if (!outcome && !alive.expired()) {
            error_code ignored; // closing ends the attempt, whose handler tells the outcome
            x_socket.close(ignored);
        }
    });
    x_socket.async_connect(endpoint, [this, alive = alive()](error_code outcome) {
        if (alive.expired()) {
            return;
        }
        x_deadline.cancel();
        if (outcome || !x_socket.is_open()) {
            absent(place() + ": " + (outcome ? outcome.message() : "no answer"));
            return;
        }
        connected();
    });
}

void CallingDevice::connected() {
    probe_when_silent(x_socket);
    x_reader = std::make_unique<ByteReader<tcp::socket>>(
        std::move(x_socket),
        settings().pause,
        [this](const TypedScan& scan) { report(scan); },
        [this](const std::string& reason) {
            x_reader.reset();
            absent(place() + ": " + reason);
        });
    present(place());
}

ListeningDevice::ListeningDevice(
    const asio::any_io_executor& executor, wire::DeviceSettings settings, DeviceEvents events)
    : ReturningDevice(executor, std::move(settings), std::move(events)), x_acceptor(executor) {}

void ListeningDevice::look() {
    if (x_acceptor.is_open()) {
        return; // listening already: it is the scanner's turn
    }
    error_code error;
    const tcp::endpoint endpoint = endpoint_of(settings(), error);
    if (!error) {
        x_acceptor.open(endpoint.protocol(), error);
    }
    if (!error) {
        x_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        x_acceptor.bind(endpoint, error);
    }
    if (!error) {
        x_acceptor.listen(static_cast<int>(connections_max), error);
    }
    if (error) {
        error_code ignored; // it was not open, or is of no use
        x_acceptor.close(ignored);
        absent(
            "cannot listen on " + settings().address + ":" + std::to_string(settings().port) + ": "
            + error.message());
        return;
    }
    x_place = x_acceptor.local_endpoint();
    tell_presence();
    accept_next();
}

void ListeningDevice::accept_next() {
    x_acceptor.async_accept([this, alive = alive()](error_code error, tcp::socket socket) {
        if (alive.expired()) {
            return;
        }
        if (error) {
            error_code ignored; // out of descriptors, most likely: begin again after a while
            x_acceptor.close(ignored);
            absent("cannot accept on " + to_text(x_place) + ": " + error.message());
            return;
        }
        if (x_connections.size() < connections_max) {
            add(std::move(socket));
        }
        accept_next();
    });
}

void ListeningDevice::add(tcp::socket socket) {
    probe_when_silent(socket);
    const auto place = x_connections.emplace(x_connections.end());
    *place = std::make_unique<ByteReader<tcp::socket>>(
        std::move(socket),
        settings().pause,
        [this](const TypedScan& scan) { report(scan); },
        [this, place](const std::string&) {
            x_connections.erase(place);
            tell_presence();
        });
    tell_presence();
}

void ListeningDevice::tell_presence() {
    if (x_connections.empty()) {
        absent("waiting for the scanner to connect to " + to_text(x_place));
    } else {
        present("connected to " + to_text(x_place));
    }
}

} // namespace cartwatch::devices
