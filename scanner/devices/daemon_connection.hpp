// The scanner process's side of the Unix socket to the daemon: connects, connects again, and sends
// what the daemon has not acknowledged. Keeps scans in a ScanOutbox, states in the callback.
#pragma once

#include "scanner/channel/line_channel.hpp"
#include "scanner/devices/scan_outbox.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <vector>

namespace cartwatch::devices {

// Between two attempts to reach the daemon; doubled up to the second one while it is away.
inline constexpr std::chrono::milliseconds reconnect_min{50};
inline constexpr std::chrono::milliseconds reconnect_max{2000};

class DaemonConnection {
public:
    struct Events {
        // The present state of every device, for the start of a connection.
        std::function<std::vector<wire::DeviceLine>()> states;
        std::function<void(const std::string&)> log; // a sentence for the journal of the machine
        std::function<void(const wire::SignalLine&)> signal;
        std::function<void(const wire::LayoutLine&)> layout;
        // The daemon has a scan of this device: there is room for one more.
        std::function<void(const std::string& device)> acknowledged;
    };

    DaemonConnection(
        const boost::asio::any_io_executor& executor,
        std::string socket_path,
        std::string session,
        Events events);
    DaemonConnection(const DaemonConnection&) = delete;
    DaemonConnection& operator=(const DaemonConnection&) = delete;
    ~DaemonConnection() = default;

    void start();

    // Keeps the scan until it is acknowledged, and sends it now or when the daemon is back. False
    // where too many of its device wait: the scan is not kept.
    [[nodiscard]] bool send(wire::ScanLine scan);

    // Whether a scan of this device would be kept.
    [[nodiscard]] bool has_room(const std::string& device) const {
        return outbox_.has_room(device);
    }

    // Sent where there is a connection; a later one begins with the states anyway.
    void send(const wire::DeviceLine& state);

    [[nodiscard]] bool all_is_acknowledged() const {
        return outbox_.waiting().empty();
    }

private:
    void connect();
    void connect_later(const std::string& reason);
    void greet(channel::LineChannel::Socket socket);
    void take_answer(const std::string& line);

    std::string socket_path_;
    std::string session_;
    Events events_;
    boost::asio::steady_timer retry_;
    channel::LineChannel::Socket socket_;
    std::chrono::milliseconds delay_ = reconnect_min;
    bool told_ = false; // of the present absence of the daemon
    ScanOutbox outbox_;
    std::unique_ptr<channel::LineChannel> channel_; // null while not connected
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::devices
