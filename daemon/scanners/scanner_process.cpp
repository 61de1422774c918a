#include "daemon/scanners/scanner_process.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>

namespace cartwatch::scanners {

namespace asio = boost::asio;
using boost::system::error_code;

ScannerProcess::ScannerProcess(
    asio::any_io_executor executor, ScannerSettings settings, ScanDesk::Events events)
    : executor_(std::move(executor)),
      settings_(std::move(settings)),
      events_(std::move(events)),
      desk_(executor_, events_),
      restart_(executor_),
      delay_(settings_.restart_min),
      life_(executor_),
      devices_line_(wire::to_json_text(settings_.devices) + "\n") {}

Result<void> ScannerProcess::start() {
    auto opened = desk_.open(settings_.socket);
    if (opened && !settings_.devices.empty()) {
        start_child();
    }
    return opened;
}

void ScannerProcess::start_child() {
    auto child = ChildProcess::start(settings_.program, {"--socket", settings_.socket.string()});
    started_at_ = std::chrono::steady_clock::now();
    if (!child) {
        child_is_gone(child.error().text);
        return;
    }
    child_.emplace(std::move(*child));
    life_ = asio::local::stream_protocol::socket(executor_);
    life_.assign(asio::local::stream_protocol(), child_->release_socket());
    sent_ = 0;
    send_devices();
    watch_child();
}

void ScannerProcess::send_devices() {
    const std::weak_ptr<bool> alive = alive_;
    life_.async_write_some(
        asio::buffer(devices_line_) + sent_, [this, alive](error_code error, std::size_t count) {
            // A write that fails is a process that died: the read tells it.
            if (!error && !alive.expired() && (sent_ += count) < devices_line_.size()) {
                send_devices();
            }
        });
}

void ScannerProcess::watch_child() {
    const std::weak_ptr<bool> alive = alive_;
    life_.async_read_some(asio::buffer(ignored_), [this, alive](error_code error, std::size_t) {
        if (alive.expired()) {
            return;
        }
        if (!error) {
            watch_child(); // it has nothing to say on standard output
            return;
        }
        const std::string ending = child_->end();
        child_.reset();
        child_is_gone("cartwatch-scanner " + ending);
    });
}

void ScannerProcess::child_is_gone(const std::string& reason) {
    if (std::chrono::steady_clock::now() - started_at_ >= settings_.restart_max) {
        delay_ = settings_.restart_min;
    }
    events_.log(reason + "; it is started again in " + std::to_string(delay_.count()) + " ms");
    for (const wire::DeviceSettings& device : settings_.devices) {
        wire::DeviceLine line;
        line.device = device.name;
        line.detail = reason;
        line.absence = wire::Absence::failed;
        events_.device(line);
    }
    restart_.expires_after(delay_);
    delay_ = std::min(2 * delay_, settings_.restart_max);
    const std::weak_ptr<bool> alive = alive_;
    restart_.async_wait([this, alive](error_code error) {
        if (!error && !alive.expired()) {
            start_child();
        }
    });
}

} // namespace cartwatch::scanners
