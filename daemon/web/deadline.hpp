// A time by which an operation on a socket has to end; then it is cancelled and the socket can
// still be answered on. Internal to the server.
#pragma once

#include "daemon/loop/clock.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>

namespace cartwatch::web {

// Clock and socket outlive it. One operation at a time.
class Deadline {
public:
    Deadline(
        loop::Clock& clock, boost::asio::ip::tcp::socket& socket, std::chrono::milliseconds time);

    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    [[nodiscard]] bool passed() const {
        return passed_;
    }

private:
    void arm(std::chrono::milliseconds time);

    loop::Clock& clock_;
    boost::asio::ip::tcp::socket& socket_;
    bool passed_ = false;
    loop::Alarm alarm_;
};

} // namespace cartwatch::web
