#include "scanner/devices/network_device.hpp"

#include <algorithm>
#include <utility>

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
      socket_(executor),
      deadline_(executor) {}

std::string CallingDevice::place() const {
    return settings().address + ":" + std::to_string(settings().port);
}

void CallingDevice::look() {
    error_code error;
    const tcp::endpoint endpoint = endpoint_of(settings(), error);
    if (error) {
        absent(wire::Absence::failed, place() + ": not an IP address");
        return;
    }
    socket_ = tcp::socket(executor());
    deadline_.expires_after(connect_time_max);
    deadline_.async_wait([this, alive = alive()](error_code outcome) {
        if (!outcome && !alive.expired()) {
            error_code ignored; // closing ends the attempt, whose handler tells the outcome
            socket_.close(ignored);
        }
    });
    socket_.async_connect(endpoint, [this, alive = alive()](error_code outcome) {
        if (alive.expired()) {
            return;
        }
        deadline_.cancel();
        if (outcome || !socket_.is_open()) {
            absent(
                wire::Absence::not_plugged_in,
                place() + ": " + (outcome ? outcome.message() : "no answer"));
            return;
        }
        connected();
    });
}

void CallingDevice::connected() {
    probe_when_silent(socket_);
    reader_ = std::make_unique<ByteReader<tcp::socket>>(
        std::move(socket_),
        settings().pause,
        StreamEnd::may_end_scan,
        ReaderEvents{
            [this] { return has_room(); },
            [this](const TypedScan& scan) { report(scan); },
            [this](const std::string& reason) {
                reader_.reset();
                absent(wire::Absence::gone, place() + ": " + reason);
            }});
    present(place(), "network:" + place());
}

void CallingDevice::resume() {
    if (reader_) {
        reader_->resume();
    }
}

ListeningDevice::ListeningDevice(
    const asio::any_io_executor& executor, wire::DeviceSettings settings, DeviceEvents events)
    : ReturningDevice(executor, std::move(settings), std::move(events)), acceptor_(executor) {}

void ListeningDevice::look() {
    if (acceptor_.is_open()) {
        return; // listening already: it is the scanner's turn
    }
    error_code error;
    const tcp::endpoint endpoint = endpoint_of(settings(), error);
    if (!error) {
        acceptor_.open(endpoint.protocol(), error);
    }
    if (!error) {
        acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(static_cast<int>(connections_max), error);
    }
    if (error) {
        error_code ignored; // it was not open, or is of no use
        acceptor_.close(ignored);
        absent(
            error == boost::asio::error::address_in_use ? wire::Absence::held_by_other
                                                        : wire::Absence::failed,
            "cannot listen on " + settings().address + ":" + std::to_string(settings().port) + ": "
                + error.message());
        return;
    }
    place_ = acceptor_.local_endpoint();
    tell_presence();
    accept_next();
}

void ListeningDevice::accept_next() {
    acceptor_.async_accept([this, alive = alive()](error_code error, tcp::socket socket) {
        if (alive.expired()) {
            return;
        }
        if (error) {
            error_code ignored; // out of descriptors, most likely: begin again after a while
            acceptor_.close(ignored);
            absent(
                wire::Absence::failed,
                "cannot accept on " + to_text(place_) + ": " + error.message());
            return;
        }
        if (connections_.size() >= connections_max) {
            close_one();
        }
        add(std::move(socket));
        accept_next();
    });
}

void ListeningDevice::add(tcp::socket socket) {
    probe_when_silent(socket);
    const auto place = connections_.emplace(connections_.end());
    *place = std::make_unique<ByteReader<tcp::socket>>(
        std::move(socket),
        settings().pause,
        StreamEnd::may_end_scan,
        ReaderEvents{
            [this] { return has_room(); },
            [this](const TypedScan& scan) { report(scan); },
            [this, place](const std::string&) {
                connections_.erase(place);
                tell_presence();
            }});
    tell_presence();
}

// One that never said anything is likelier no scanner; among equals it is the one that has been
// silent longest.
void ListeningDevice::close_one() {
    const auto rank = [](const Connection& connection) {
        return std::pair(
            connection->has_spoken(), connection->silent_since().value_or(ticks_now()));
    };
    const auto last = std::min_element(
        connections_.begin(), connections_.end(), [&](const auto& one, const auto& other) {
            return rank(one) < rank(other);
        });
    const std::size_t lost = (*last)->in_work();
    connections_.erase(last);
    crowded_ = true;
    for (std::size_t i = 0; i < lost; ++i) {
        report_lost();
    }
}

void ListeningDevice::resume() {
    for (auto next = connections_.begin(); next != connections_.end();) {
        const auto present = next++; // it may end, and be gone then
        (*present)->resume();
    }
    if (!connections_.empty()) {
        // Another one is the first to have the next room.
        connections_.splice(connections_.end(), connections_, connections_.begin());
    }
}

void ListeningDevice::tell_presence() {
    if (connections_.empty()) {
        crowded_ = false;
        absent(
            wire::Absence::not_plugged_in,
            "waiting for the scanner to connect to " + to_text(place_));
    } else {
        // The same words as long as any is connected: a crowd is told once.
        present(
            "connected to " + to_text(place_)
                + (crowded_ ? "; more than " + std::to_string(connections_max)
                                  + " connections at once: a silent one was closed for a new one. "
                                    "Let scanners alone reach this port"
                            : ""),
            "network:" + to_text(place_));
    }
}

} // namespace cartwatch::devices
