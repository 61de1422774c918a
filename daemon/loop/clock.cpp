#include "daemon/loop/clock.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <utility>

namespace cartwatch::loop {

Alarm::Alarm(std::function<void()> take_back) : take_back_(std::move(take_back)) {}

Alarm::Alarm(Alarm&& other) noexcept : take_back_(std::exchange(other.take_back_, nullptr)) {}

Alarm& Alarm::operator=(Alarm&& other) noexcept {
    if (this != &other) {
        cancel();
        take_back_ = std::exchange(other.take_back_, nullptr);
    }
    return *this;
}

Alarm::~Alarm() {
    cancel();
}

void Alarm::cancel() {
    if (const auto take_back = std::exchange(take_back_, nullptr)) {
        take_back();
    }
}

namespace {

// A timer may have expired, with its handler waiting in the loop, at the moment when it is
// cancelled: the emptied `act` is what then keeps the call from being made.
struct PendingCall {
    PendingCall(const boost::asio::any_io_executor& executor, std::function<void()> call)
        : timer(executor), act(std::move(call)) {}

    boost::asio::steady_timer timer;
    std::function<void()> act;
};

} // namespace

SystemClock::SystemClock(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Ticks SystemClock::ticks() const {
    return std::chrono::floor<Ticks>(std::chrono::steady_clock::now().time_since_epoch());
}

Alarm SystemClock::after(std::chrono::milliseconds delay, std::function<void()> act) {
    const auto call = std::make_shared<PendingCall>(executor_, std::move(act));
    call->timer.expires_after(delay);
    call->timer.async_wait([call](const boost::system::error_code& error) {
        if (const auto due = std::exchange(call->act, nullptr); due && !error) {
            due();
        }
    });
    return Alarm([waiting = std::weak_ptr<PendingCall>(call)] {
        if (const auto found = waiting.lock()) {
            found->act = nullptr;
            found->timer.cancel();
        }
    });
}

} // namespace cartwatch::loop
