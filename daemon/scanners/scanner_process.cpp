#include "daemon/scanners/scanner_process.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>

namespace cartwatch::scanners {

namespace asio = boost::asio;
using boost::system::error_code;

ScannerProcess::ScannerProcess(
    asio::any_io_executor executor, ScannerSettings settings, ScanDesk::Events events)
    : x_executor(std::move(executor)),
      x_settings(std::move(settings)),
      x_events(std::move(events)),
      x_desk(x_executor, x_events),
      x_restart(x_executor),
      x_delay(x_settings.restart_min),
      x_life(x_executor),
      x_devices_line(wire::to_json_text(x_settings.devices) + "\n") {}

Result<void> ScannerProcess::start() {
    auto opened = x_desk.open(x_settings.socket);
    if (opened && !x_settings.devices.empty()) {
        start_child();
    }
    return opened;
}

void ScannerProcess::start_child() {
    auto child = ChildProcess::start(x_settings.program, {"--socket", x_settings.socket.string()});
    x_started_at = std::chrono::steady_clock::now();
    if (!child) {
        child_is_gone(child.error().text);
        return;
    }
    x_child.emplace(std::move(*child));
    x_life = asio::local::stream_protocol::socket(x_executor);
    x_life.assign(asio::local::stream_protocol(), x_child->release_socket());
    x_sent = 0;
    send_devices();
    watch_child();
}

void ScannerProcess::send_devices() {
    const std::weak_ptr<bool> alive = x_alive;
    x_life.async_write_some(
        asio::buffer(x_devices_line) + x_sent, [this, alive](error_code error, std::size_t count) {
            // A write that fails is a process that died: the read tells it.
            if (!error && !alive.expired() && (x_sent += count) < x_devices_line.size()) {
                send_devices();
            }
        });
}

void ScannerProcess::watch_child() {
    const std::weak_ptr<bool> alive = x_alive;
    x_life.async_read_some(asio::buffer(x_ignored), [this, alive](error_code error, std::size_t) {
        if (alive.expired()) {
            return;
        }
        if (!error) {
            watch_child(); // it has nothing to say on standard output
            return;
        }
        const std::string ending = x_child->end();
        x_child.reset();
        child_is_gone("cartwatch-scanner " + ending);
    });
}

void ScannerProcess::child_is_gone(const std::string& reason) {
    if (std::chrono::steady_clock::now() - x_started_at >= x_settings.restart_max) {
        x_delay = x_settings.restart_min;
    }
    x_events.log(reason + "; it is started again in " + std::to_string(x_delay.count()) + " ms");
    for (const wire::DeviceSettings& device : x_settings.devices) {
        x_events.device({device.name, false, reason});
    }
    x_restart.expires_after(x_delay);
    x_delay = std::min(2 * x_delay, x_settings.restart_max);
    const std::weak_ptr<bool> alive = x_alive;
    x_restart.async_wait([this, alive](error_code error) {
        if (!error && !alive.expired()) {
            start_child();
        }
    });
}

} // namespace cartwatch::scanners
