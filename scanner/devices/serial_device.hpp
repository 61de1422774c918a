// A scanner on a serial port (USB CDC-ACM or RS-232): 8 data bits, no parity, 1 stop bit. The port
// may vanish and come back under the same path.
#pragma once

#include "scanner/devices/byte_reader.hpp"
#include "scanner/devices/returning_device.hpp"

#include <boost/asio/serial_port.hpp>

namespace cartwatch::devices {

class SerialDevice final : public ReturningDevice {
public:
    using ReturningDevice::ReturningDevice;

    // Sends the configured bytes, where there are any.
    void signal(bool good) override;
    void resume() override;

private:
    void look() override;
    [[nodiscard]] boost::system::error_code open(boost::asio::serial_port& port) const;

    std::unique_ptr<ByteReader<boost::asio::serial_port>> reader_;
};

} // namespace cartwatch::devices
