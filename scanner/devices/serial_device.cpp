#include "scanner/devices/serial_device.hpp"

#include <sys/ioctl.h>

namespace cartwatch::devices {

namespace asio = boost::asio;
using boost::system::error_code;

void SerialDevice::look() {
    asio::serial_port port(executor());
    if (const error_code error = open(port)) {
        refused_by_machine(settings().path, error.value());
        return;
    }
    reader_ = std::make_unique<ByteReader<asio::serial_port>>(
        std::move(port),
        settings().pause,
        StreamEnd::cuts_scan,
        ReaderEvents{
            [this] { return has_room(); },
            [this](const TypedScan& scan) { report(scan); },
            [this](const std::string& reason) {
                reader_.reset();
                absent(wire::Absence::gone, settings().path + ": " + reason);
            }});
    present(settings().path, "serial:" + settings().path);
}

void SerialDevice::signal(bool good) {
    const auto bytes = wire::bytes_of_hex(good ? settings().good_bytes : settings().bad_bytes);
    if (reader_ && bytes && !bytes->empty()) {
        reader_->write(*bytes);
    }
}

void SerialDevice::resume() {
    if (reader_) {
        reader_->resume();
    }
}

error_code SerialDevice::open(asio::serial_port& port) const {
    using Port = asio::serial_port_base;
    error_code error;
    port.open(settings().path, error);
    if (!error && ::ioctl(port.native_handle(), TIOCEXCL) != 0) {
        error = error_code(errno, boost::system::system_category());
    }
    if (!error) {
        port.set_option(Port::baud_rate(settings().baud), error);
    }
    if (!error) {
        port.set_option(Port::character_size(8), error);
    }
    if (!error) {
        port.set_option(Port::parity(Port::parity::none), error);
    }
    if (!error) {
        port.set_option(Port::stop_bits(Port::stop_bits::one), error);
    }
    if (!error) {
        port.set_option(Port::flow_control(Port::flow_control::none), error);
    }
    return error;
}

} // namespace cartwatch::devices
