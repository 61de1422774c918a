#include "daemon/web/deadline.hpp"

namespace cartwatch::web {

namespace {

// A composed operation that was between two reads takes no notice of a cancel: it comes again.
constexpr std::chrono::milliseconds again{100};

} // namespace

Deadline::Deadline(
    loop::Clock& clock, boost::asio::ip::tcp::socket& socket, std::chrono::milliseconds time)
    : x_clock(clock), x_socket(socket) {
    arm(time);
}

void Deadline::arm(std::chrono::milliseconds time) {
    x_alarm = x_clock.after(time, [this] {
        x_passed = true;
        boost::system::error_code ignored; // a closed socket has nothing to cancel
        x_socket.cancel(ignored);
        arm(again);
    });
}

} // namespace cartwatch::web
