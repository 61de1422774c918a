// Scanners on the network: one that we connect to, and one that connects to us. What they send is
// taken on trust of the network that they hang on; listen on loopback unless it is a network of
// scanners alone.
#pragma once

#include "scanner/devices/byte_reader.hpp"
#include "scanner/devices/returning_device.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <list>

namespace cartwatch::devices {

// A scanner opens one connection; a second while the first is not yet known to be dead, and room
// for a replacement. A further one takes the place of a silent one: strangers that say nothing do
// not lock the scanner out.
inline constexpr std::size_t connections_max = 4;

// How long a connection to a scanner may take to come about.
inline constexpr Ticks connect_time_max{5000};

class CallingDevice final : public ReturningDevice {
public:
    CallingDevice(
        const boost::asio::any_io_executor& executor,
        wire::DeviceSettings settings,
        DeviceEvents events);

    void resume() override;

private:
    void look() override;
    void connected();
    [[nodiscard]] std::string place() const;

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer deadline_;
    std::unique_ptr<ByteReader<boost::asio::ip::tcp::socket>> reader_;
};

class ListeningDevice final : public ReturningDevice {
public:
    ListeningDevice(
        const boost::asio::any_io_executor& executor,
        wire::DeviceSettings settings,
        DeviceEvents events);

    void resume() override;

private:
    using Connection = std::unique_ptr<ByteReader<boost::asio::ip::tcp::socket>>;

    void look() override;
    void accept_next();
    void add(boost::asio::ip::tcp::socket socket);
    void close_one();
    void tell_presence();

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::endpoint place_;
    std::list<Connection> connections_;
    bool crowded_ = false; // since the first of the present connections, one was closed for another
};

} // namespace cartwatch::devices
