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
           [this](const std::string& device) { take_room(device); }}),
      farewell_(loop) {
    daemon_.start();
    for (const wire::DeviceSettings& device : settings_) {
        states_[device.name] = {
            device.name, false, "not looked for yet", "", wire::Absence::not_plugged_in};
        losses_.try_emplace(device.name, loop);
        DeviceEvents events;
        events.scanned = [this, &device](const TypedScan& scan) { take_scan(device, scan); };
        events.has_room = [this, &device] { return daemon_.has_room(device.name); };
        events.state = [this, name = device.name](const DeviceState& state) {
            take_state(
                {name,
                 state.present,
                 state.detail,
                 state.identity,
                 state.absence,
                 states_[name].lost});
        };
        devices_[device.name] = start_device(loop.get_executor(), device, std::move(events), held_);
    }
}

void ScannerLoop::take_scan(const wire::DeviceSettings& device, const TypedScan& scan) {
    if (scan.too_long) {
        take_loss(device.name, "a scan was dropped: too long, or a part of it was lost");
        return;
    }
    wire::ScanLine line;
    line.device = device.name;
    line.station = device.station;
    line.text = scan.text;
    line.at = now();
    line.by_pause = scan.by_pause;
    if (!daemon_.send(std::move(line))) {
        take_loss(device.name, "a scan was dropped: too many wait for the daemon");
    }
}

void ScannerLoop::take_state(const wire::DeviceLine& state) {
    states_[state.device] = state;
    daemon_.send(state);
}

void ScannerLoop::take_loss(const std::string& device, const std::string& detail) {
    Losses& losses = losses_.at(device);
    ++losses.count;
    losses.detail = detail;
    if (!losses.told_lately) {
        tell_losses(device);
    }
}

void ScannerLoop::tell_losses(const std::string& device) {
    Losses& losses = losses_.at(device);
    wire::DeviceLine state = states_[device];
    state.detail = losses.detail;
    state.lost = losses.count;
    take_state(state);
    losses.told_lately = true;
    losses.next.expires_after(loss_pause);
    losses.next.async_wait([this, device](boost::system::error_code error) {
        if (error) {
            return;
        }
        losses_.at(device).told_lately = false;
        if (losses_.at(device).count > states_[device].lost) {
            tell_losses(device);
        }
    });
}

void ScannerLoop::take_room(const std::string& name) {
    if (ending_ && daemon_.all_is_acknowledged()) {
        loop_.stop();
        return;
    }
    if (const auto device = devices_.find(name); device != devices_.end()) {
        device->second->resume();
    }
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
