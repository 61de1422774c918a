#include "daemon/loop/wakeup.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cartwatch::loop {

Wakeup::Wakeup(const boost::asio::any_io_executor& executor)
    : never_(executor, boost::asio::steady_timer::time_point::max()) {}

void Wakeup::notify() {
    notified_ = true;
    never_.cancel();
}

boost::asio::awaitable<void> Wakeup::wait() {
    constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);
    while (!notified_) {
        // Ends by notify's cancel only; the outcome says nothing more.
        const auto outcome = co_await never_.async_wait(as_result);
        static_cast<void>(outcome);
    }
    notified_ = false;
}

} // namespace cartwatch::loop
