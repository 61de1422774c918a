#include "scanner/devices/hid_pos_device.hpp"

#include "scanner/wire/scan_line.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <linux/hidraw.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cartwatch::devices {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

static_assert(HID_MAX_DESCRIPTOR_SIZE <= hid_descriptor_bytes_max);

// No errno has this value.
constexpr int no_bar_code_reports = -1;

// 0, or errno.
int read_descriptor(int file, std::vector<std::uint8_t>& bytes) {
    int size = 0;
    hidraw_report_descriptor descriptor{};
    if (::ioctl(file, HIDIOCGRDESCSIZE, &size) < 0) {
        return errno;
    }
    descriptor.size = static_cast<std::uint32_t>(std::clamp(size, 0, HID_MAX_DESCRIPTOR_SIZE));
    if (::ioctl(file, HIDIOCGRDESC, &descriptor) < 0) {
        return errno;
    }
    const auto length = std::min<std::size_t>(descriptor.size, HID_MAX_DESCRIPTOR_SIZE);
    bytes.assign(descriptor.value, descriptor.value + length);
    return 0;
}

} // namespace

HidPosDevice::HidPosDevice(
    const asio::any_io_executor& executor,
    const wire::DeviceSettings& settings,
    DeviceEvents events,
    HeldNodes& held)
    : ReturningDevice(executor, settings, std::move(events)), held_(held), descriptor_(executor) {}

HidPosDevice::~HidPosDevice() {
    held_.erase(node_);
}

void HidPosDevice::look() {
    bool others = false; // something fits, and sends no bar codes
    int error = 0;
    std::string place;
    for (const InputNode& found : hid_nodes()) {
        if (!selects(settings(), found) || held_.contains(found.node)) {
            continue;
        }
        const int outcome = try_open(found);
        if (outcome == 0) {
            present(node_, identity_of(found));
            wait_for_reports();
            return;
        }
        others = others || outcome == no_bar_code_reports;
        if (outcome != no_bar_code_reports) {
            error = outcome;
        }
        place = found.node;
    }
    if (error != 0) {
        refused_by_machine(place, error);
    } else if (others) {
        absent(
            wire::Absence::not_a_scanner,
            place + ": sends no bar code reports; the scanner must be set to HID POS mode");
    } else {
        absent(wire::Absence::not_plugged_in, "not plugged in");
    }
}

int HidPosDevice::try_open(const InputNode& found) {
    const int file = ::open(found.node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        return errno;
    }
    std::vector<std::uint8_t> descriptor;
    const int error = read_descriptor(file, descriptor);
    const auto report = error == 0 ? scan_report_of(descriptor) : std::nullopt;
    if (!report) {
        ::close(file);
        return error != 0 ? error : no_bar_code_reports;
    }
    descriptor_.assign(file);
    node_ = found.node;
    held_.insert(node_);
    text_.emplace(*report, settings().pause, wire::scan_bytes_max);
    report_.assign(report->bytes, 0);
    return 0;
}

void HidPosDevice::wait_for_reports() {
    descriptor_.async_wait(
        asio::posix::stream_descriptor::wait_read, [this, alive = alive()](error_code error) {
            if (alive.expired() || node_.empty()) {
                return;
            }
            if (error) {
                let_go(error.message());
            } else if (read_reports()) {
                wait_for_reports();
            }
        });
}

bool HidPosDevice::read_reports() {
    while (true) {
        const ssize_t count = ::read(descriptor_.native_handle(), report_.data(), report_.size());
        if (count < 0 && errno == EAGAIN) {
            return true;
        }
        if (count <= 0) {
            // A device that went reads as an error of input, or as its end.
            let_go(
                count == 0 || errno == EIO || errno == ENODEV ? "unplugged" : std::strerror(errno));
            return false;
        }
        const std::span bytes(report_.data(), static_cast<std::size_t>(count));
        if (const auto scan = text_->feed(bytes, ticks_now())) {
            report(*scan);
        }
    }
}

void HidPosDevice::let_go(const std::string& reason) {
    const std::string node = node_;
    held_.erase(node);
    node_.clear();
    text_.reset();
    error_code ignored; // the device is gone
    descriptor_.close(ignored);
    absent(wire::Absence::gone, node + ": " + reason);
}

} // namespace cartwatch::devices
