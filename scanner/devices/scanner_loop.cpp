#include "scanner/devices/scanner_loop.hpp"

#include <iostream>
#include <random>

namespace cartwatch::devices {

namespace asio = boost::asio;

namespace {

// 64 random bits: two runs of the process are never taken for one.
std::string new_session() {
    std::random_device random;
    std::string name;
    for (int i = 0; i < 16; ++i) {
        name += "0123456789abcdef"[random() % 16];
    }
    return name;
}

Instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void log(const std::string& text) {
    std::cerr << "cartwatch-scanner: " << text << '\n';
}

} // namespace

ScannerLoop::ScannerLoop(
    asio::io_context& loop,
    const std::string& socket_path,
    const std::vector<wire::DeviceSettings>& devices)
    : loop_(loop),
      settings_(devices),
      daemon_(
          loop.get_executor(),
          socket_path,
          new_session(),
          {[this] {
               std::vector<wire::DeviceLine> states;
               for (const auto& [name, state] : states_) {
                   states.push_back(state);
               }
               return states;
           },
           log,
           [this](const wire::SignalLine& line) { obey(line); },
           [this](const wire::LayoutLine& line) { obey(line); },
           [this] {
               if (ending_) {
                   loop_.stop();
               }
           }}),
      farewell_(loop) {
    daemon_.start();
    for (const wire::DeviceSettings& device : settings_) {
        states_[device.name] = {
            device.name, false, "not looked for yet", "", wire::Absence::not_plugged_in};
        DeviceEvents events;
        events.scanned = [this, &device](const TypedScan& scan) { take_scan(device, scan); };
        events.state = [this, name = device.name](const DeviceState& state) {
            take_state({name, state.present, state.detail, state.identity, state.absence});
        };
        devices_[device.name] = start_device(loop.get_executor(), device, std::move(events), held_);
    }
}

void ScannerLoop::take_scan(const wire::DeviceSettings& device, const TypedScan& scan) {
    if (scan.too_long) {
        tell_loss(device.name, "a scan was dropped: too long, or a part of it was lost");
        return;
    }
    wire::ScanLine line;
    line.device = device.name;
    line.station = device.station;
    line.text = scan.text;
    line.at = now();
    line.by_pause = scan.by_pause;
    if (!daemon_.send(std::move(line))) {
        tell_loss(device.name, "a scan was dropped: too many wait for the daemon");
    }
}

void ScannerLoop::take_state(const wire::DeviceLine& state) {
    states_[state.device] = state;
    daemon_.send(state);
}

void ScannerLoop::tell_loss(const std::string& device, const std::string& detail) {
    wire::DeviceLine state = states_[device];
    state.detail = detail;
    take_state(state);
}

void ScannerLoop::obey(const wire::SignalLine& line) {
    if (const auto device = devices_.find(line.device); device != devices_.end()) {
        device->second->signal(line.good);
    }
}

void ScannerLoop::obey(const wire::LayoutLine& line) {
    const auto layout = parse_layout(line.layout);
    const auto device = devices_.find(line.device);
    if (layout && device != devices_.end()) {
        device->second->set_layout(*layout);
    } else {
        log("no layout \"" + line.layout + "\" for a device \"" + line.device + "\"");
    }
}

void ScannerLoop::end_with(int descriptor) {
    life_.emplace(loop_, descriptor);
    watch_descriptor();
}

void ScannerLoop::watch_descriptor() {
    life_->async_read_some(
        asio::buffer(ignored_), [this](boost::system::error_code error, std::size_t) {
            if (error) {
                say_farewell();
            } else {
                watch_descriptor(); // nothing more is expected; what comes is passed over
            }
        });
}

void ScannerLoop::say_farewell() {
    devices_.clear();
    if (daemon_.all_is_acknowledged()) {
        loop_.stop();
        return;
    }
    ending_ = true;
    farewell_.expires_after(farewell);
    farewell_.async_wait([this](boost::system::error_code) {
        log("scans that nobody took are lost with this process");
        loop_.stop();
    });
}

} // namespace cartwatch::devices
