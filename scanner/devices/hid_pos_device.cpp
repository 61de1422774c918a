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
    const auto open = [this](const InputNode& found) { return try_open(found); };
    if (open_one_of(
            hid_nodes(),
            held_,
            open,
            "sends no bar code reports; the scanner must be set to HID POS mode")) {
        present(node_, identity_);
        wait_for_reports();
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
        return error != 0 ? error : something_else;
    }
    descriptor_.assign(file);
    node_ = found.node;
    identity_ = identity_of(found);
    held_.insert(node_);
    text_.emplace(*report, settings().pause, wire::scan_bytes_max);
    report_.assign(report->bytes, 0);
    return 0;
}

void HidPosDevice::wait_for_reports() {
    when_readable(descriptor_, [this](error_code error) {
        if (node_.empty()) {
            return;
        }
        if (error) {
            let_go(error.message());
        } else if (read_reports()) {
            watch_idle();
            wait_for_reports();
        }
    });
}

void HidPosDevice::watch_idle() {
    call_at(text_->idle_at(), [this] {
        // What was sent in time may wait to be read where this process was held up.
        if (node_.empty() || !read_reports()) {
            return;
        }
        if (const auto half = text_->finish_if_idle(ticks_now())) {
            report(*half);
        }
        watch_idle();
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
        for (const TypedScan& scan : text_->feed(bytes, ticks_now())) {
            report(scan);
        }
    }
}

void HidPosDevice::let_go(const std::string& reason) {
    const std::string node = node_;
    held_.erase(node);
    node_.clear();
    const bool half = text_->idle_at().has_value();
    text_.reset();
    error_code ignored; // the device is gone
    descriptor_.close(ignored);
    if (half) {
        report_lost();
    }
    absent(wire::Absence::gone, node + ": " + reason);
}

} // namespace cartwatch::devices
