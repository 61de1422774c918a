// Lets one coroutine wait until another part of the same loop has something for it. Remembers one
// notification, so none is lost between two waits; several before a wait count as one.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace cartwatch::loop {

// At most one coroutine waits at a time, and the Wakeup outlives it. A wait has no deadline of its
// own: let an Alarm call notify().
class Wakeup {
public:
    explicit Wakeup(const boost::asio::any_io_executor& executor);

    void notify();

    [[nodiscard]] boost::asio::awaitable<void> wait();

private:
    boost::asio::steady_timer never_;
    bool notified_ = false;
};

} // namespace cartwatch::loop
