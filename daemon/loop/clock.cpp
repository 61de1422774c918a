#include "daemon/loop/clock.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
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
    std::chrono::milliseconds left{0};
    std::chrono::milliseconds stretch{0};
};

void wait(const std::shared_ptr<PendingCall>& call) {
    const auto now = std::min(call->left, call->stretch);
    call->left -= now;
    call->timer.expires_after(now);
    call->timer.async_wait([call](const boost::system::error_code& error) {
        if (!error && call->act && call->left > std::chrono::milliseconds{0}) {
            wait(call);
        } else if (const auto due = std::exchange(call->act, nullptr); due && !error) {
            due();
        }
    });
}

} // namespace

SystemClock::SystemClock(boost::asio::any_io_executor executor, std::chrono::milliseconds stretch)
    : executor_(std::move(executor)), stretch_(stretch) {}

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Ticks SystemClock::ticks() const {
    return std::chrono::floor<Ticks>(std::chrono::steady_clock::now().time_since_epoch());
}

Alarm SystemClock::after(std::chrono::milliseconds delay, std::function<void()> act) {
    const auto call = std::make_shared<PendingCall>(executor_, std::move(act));
    call->left = delay;
    call->stretch = stretch_;
    wait(call);
    return Alarm([waiting = std::weak_ptr<PendingCall>(call)] {
        if (const auto found = waiting.lock()) {
            found->act = nullptr;
            found->timer.cancel();
        }
    });
}

} // namespace cartwatch::loop
