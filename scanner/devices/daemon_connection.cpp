#include "scanner/devices/daemon_connection.hpp"

#include <algorithm>

namespace cartwatch::devices {

using boost::system::error_code;

DaemonConnection::DaemonConnection(
    const boost::asio::any_io_executor& executor,
    std::string socket_path,
    std::string session,
    Events events)
    : socket_path_(std::move(socket_path)),
      session_(std::move(session)),
      events_(std::move(events)),
      retry_(executor),
      socket_(executor) {}

void DaemonConnection::start() {
    connect();
}

void DaemonConnection::connect() {
    socket_ = channel::LineChannel::Socket(retry_.get_executor());
    const std::weak_ptr<bool> alive = alive_;
    socket_.async_connect(socket_path_, [this, alive](error_code error) {
        if (alive.expired()) {
            return;
        }
        if (error) {
            connect_later(error.message());
        } else {
            greet(std::move(socket_));
        }
    });
}

void DaemonConnection::connect_later(const std::string& reason) {
    channel_.reset();
    if (!told_) {
        told_ = true;
        events_.log("the daemon at " + socket_path_ + " is away (" + reason + "); scans are kept");
    }
    retry_.expires_after(delay_);
    delay_ = std::min(2 * delay_, reconnect_max);
    const std::weak_ptr<bool> alive = alive_;
    retry_.async_wait([this, alive](error_code error) {
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
    channel_ = std::make_unique<channel::LineChannel>(
        std::move(socket), wire::scanner_line_max, std::move(events));
    channel_->start();
    channel_->send(wire::to_line(wire::HelloLine{session_}));
    for (const wire::DeviceLine& state : events_.states()) {
        channel_->send(wire::to_line(state));
    }
    for (const wire::ScanLine& scan : outbox_.waiting()) {
        channel_->send(wire::to_line(scan));
    }
}

void DaemonConnection::take_answer(const std::string& line) {
    const auto said = wire::parse_daemon_line(line);
    if (!said) {
        events_.log(said.error().text);
        connect_later("it refused a line");
        return;
    }
    told_ = false;
    delay_ = reconnect_min; // only a daemon that answers is a daemon that is back
    if (const auto* ack = std::get_if<wire::AckLine>(&*said)) {
        if (const auto device = outbox_.acknowledge(ack->number)) {
            events_.acknowledged(*device);
        }
    } else if (const auto* signal = std::get_if<wire::SignalLine>(&*said)) {
        events_.signal(*signal);
    } else {
        events_.layout(std::get<wire::LayoutLine>(*said));
    }
}

bool DaemonConnection::send(wire::ScanLine scan) {
    const wire::ScanLine* kept = outbox_.add(std::move(scan));
    if (kept != nullptr && channel_) {
        channel_->send(wire::to_line(*kept));
    }
    return kept != nullptr;
}

void DaemonConnection::send(const wire::DeviceLine& state) {
    if (channel_) {
        channel_->send(wire::to_line(state));
    }
}

} // namespace cartwatch::devices
