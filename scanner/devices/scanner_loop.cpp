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
           [this] {
               if (ending_) {
                   loop_.stop();
               }
           }}),
      farewell_(loop) {
    daemon_.start();
    for (const wire::DeviceSettings& device : settings_) {
        states_[device.name] = {device.name, false, "not looked for yet"};
        DeviceEvents events;
        events.scanned = [this, &device](const TypedScan& scan) { take_scan(device, scan); };
        events.state = [this, name = device.name](bool present, const std::string& detail) {
            take_state(name, present, detail);
        };
        devices_.push_back(start_device(loop.get_executor(), device, std::move(events), held_));
    }
}

void ScannerLoop::take_scan(const wire::DeviceSettings& device, const TypedScan& scan) {
    if (scan.too_long) {
        take_state(device.name, true, "a scan was dropped: too long, or a part of it was lost");
        return;
    }
    wire::ScanLine line;
    line.device = device.name;
    line.station = device.station;
    line.text = scan.text;
    line.at = now();
    if (!daemon_.send(std::move(line))) {
        take_state(device.name, true, "a scan was dropped: too many wait for the daemon");
    }
}

void ScannerLoop::take_state(const std::string& device, bool present, const std::string& detail) {
    const wire::DeviceLine state{device, present, detail};
    states_[device] = state;
    daemon_.send(state);
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
