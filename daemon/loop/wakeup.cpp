#include "daemon/loop/wakeup.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cartwatch::loop {

Wakeup::Wakeup(const boost::asio::any_io_executor& executor)
    : x_never(executor, boost::asio::steady_timer::time_point::max()) {}

void Wakeup::notify() {
    x_notified = true;
    x_never.cancel();
}

boost::asio::awaitable<void> Wakeup::wait() {
    constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);
    while (!x_notified) {
        // Ends by notify's cancel only; the outcome says nothing more.
        const auto outcome = co_await x_never.async_wait(as_result);
        static_cast<void>(outcome);
    }
    x_notified = false;
}

} // namespace cartwatch::loop
