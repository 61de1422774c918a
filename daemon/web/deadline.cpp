#include "daemon/web/deadline.hpp"

namespace cartwatch::web {

namespace {

// A composed operation that was between two reads takes no notice of a cancel: it comes again.
constexpr std::chrono::milliseconds again{100};

} // namespace

Deadline::Deadline(
    loop::Clock& clock, boost::asio::ip::tcp::socket& socket, std::chrono::milliseconds time)
    : clock_(clock), socket_(socket) {
    arm(time);
}

void Deadline::arm(std::chrono::milliseconds time) {
    alarm_ = clock_.after(time, [this] {
        passed_ = true;
        boost::system::error_code ignored; // a closed socket has nothing to cancel
        socket_.cancel(ignored);
        arm(again);
    });
}

} // namespace cartwatch::web
