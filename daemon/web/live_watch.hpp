// A program's own live page: told each time that a daemon's state has changed, by the push that
// keeps the pages up to date. What has changed it asks elsewhere.
#pragma once

#include "daemon/loop/clock.hpp"
#include "daemon/loop/wakeup.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <string>

namespace cartwatch::web {

struct LiveWatchHandler {
    // The daemon answers (again), or its state has changed since the last call. Something may have
    // changed more than once, and nothing at all.
    std::function<void()> changed;

    // The daemon does not answer, or answers no more; it is called again each second. Told once for
    // each time that it is lost.
    std::function<void(const std::string& why)> lost;
};

class LiveWatch {
public:
    // The address: an IP address on which the daemon of this machine listens.
    LiveWatch(
        const boost::asio::any_io_executor& executor,
        loop::Clock& clock,
        boost::asio::ip::tcp::endpoint address,
        LiveWatchHandler handler);

    // Watches until stop(). To be started once, with loop::start_task. What the handler throws ends
    // it.
    [[nodiscard]] boost::asio::awaitable<void> run();

    void stop();

private:
    [[nodiscard]] boost::asio::awaitable<std::string> watch_once();

    boost::asio::any_io_executor executor_;
    loop::Clock& clock_;
    boost::asio::ip::tcp::endpoint address_;
    LiveWatchHandler handler_;
    loop::Wakeup wakeup_;
    loop::Alarm retry_;
    std::function<void()> drop_; // closes the connection that stands
    bool connected_ = false;
    bool stopped_ = false;
};

} // namespace cartwatch::web
