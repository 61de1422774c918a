#include "scanner/devices/daemon_connection.hpp"

#include <algorithm>

namespace cartwatch::devices {

using boost::system::error_code;

DaemonConnection::DaemonConnection(
    const boost::asio::any_io_executor& executor,
    std::string socket_path,
    std::string session,
    Events events)
    : x_socket_path(std::move(socket_path)),
      x_session(std::move(session)),
      x_events(std::move(events)),
      x_retry(executor),
      x_socket(executor) {}

void DaemonConnection::start() {
    connect();
}

void DaemonConnection::connect() {
    x_socket = channel::LineChannel::Socket(x_retry.get_executor());
    const std::weak_ptr<bool> alive = x_alive;
    x_socket.async_connect(x_socket_path, [this, alive](error_code error) {
        if (alive.expired()) {
            return;
        }
        if (error) {
            connect_later(error.message());
        } else {
            greet(std::move(x_socket));
        }
    });
}

void DaemonConnection::connect_later(const std::string& reason) {
    x_channel.reset();
    if (!x_told) {
        x_told = true;
        x_events.log(
            "the daemon at " + x_socket_path + " is away (" + reason + "); scans are kept");
    }
    x_retry.expires_after(x_delay);
    x_delay = std::min(2 * x_delay, reconnect_max);
    const std::weak_ptr<bool> alive = x_alive;
    x_retry.async_wait([this, alive](error_code error) {
        if (!error && !alive.expired()) {
            connect();
        }
    });
}

void DaemonConnection::greet(channel::LineChannel::Socket socket) {
    channel::LineChannel::Events events;
    events.line = [this](const std::string& line) { take_answer(line); };
    events.overlong = [this] { connect_later("it sent a line that is too long"); };
    events.closed = [this](const std::string& reason) { connect_later(reason); };
    x_channel = std::make_unique<channel::LineChannel>(
        std::move(socket), wire::scanner_line_max, std::move(events));
    x_channel->start();
    x_channel->send(wire::to_line(wire::HelloLine{x_session}));
    for (const wire::DeviceLine& state : x_events.states()) {
        x_channel->send(wire::to_line(state));
    }
    for (const wire::ScanLine& scan : x_outbox.waiting()) {
        x_channel->send(wire::to_line(scan));
    }
}

void DaemonConnection::take_answer(const std::string& line) {
    const auto number = wire::parse_ack_line(line);
    if (!number) {
        x_events.log(number.error().text);
        connect_later("it refused a line");
        return;
    }
    x_told = false;
    x_delay = reconnect_min; // only a daemon that answers is a daemon that is back
    x_outbox.acknowledge(*number);
    if (all_is_acknowledged()) {
        x_events.all_acknowledged();
    }
}

bool DaemonConnection::send(wire::ScanLine scan) {
    const wire::ScanLine* kept = x_outbox.add(std::move(scan));
    if (kept != nullptr && x_channel) {
        x_channel->send(wire::to_line(*kept));
    }
    return kept != nullptr;
}

void DaemonConnection::send(const wire::DeviceLine& state) {
    if (x_channel) {
        x_channel->send(wire::to_line(state));
    }
}

} // namespace cartwatch::devices
