// How a daemon begins and ends, the same for the ward and for the pharmacy: what its start may
// refuse, which exit status that is, and what a signal does. What runs in between is the program's.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/config/config.hpp"
#include "daemon/log/log.hpp"
#include "scanner/values/result.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <exception>
#include <functional>
#include <utility>

namespace cartwatch::node {

// Runs a program's loop until SIGINT or SIGTERM ends it in good order.
class LoopLife {
public:
    explicit LoopLife(boost::asio::io_context& loop);

    // `stop` ends what the program runs; called once, by a signal.
    void on_signal(std::function<void()> stop);

    // Returns when something stopped the loop, or after a signal once nothing is left to do. What
    // is still open three seconds later (a page that does not answer) is not waited for.
    void run();

private:
    boost::asio::io_context& loop_;
    boost::asio::signal_set signals_;
    bool ending_ = false;
};

// Lets the process have as many open files as the machine allows it, up to 8,192: a thousand wards
// and the pages of as many people. A shell that nobody told otherwise starts it with 1,024.
void allow_many_files();

// Makes a Program (of a configuration and a calendar), starts it with `on_ready` and runs it to its
// end. 0 ended as asked; 2 the configuration cannot be used; 3 the machine failed (said on the
// log).
template <class Program, class Config, class OnReady>
[[nodiscard]] int run_daemon(const Config& config, const OnReady& on_ready) {
    log::set_level(config.log_level);
    allow_many_files();
    auto calendar = clock::Calendar::of_zone(config.time_zone);
    if (!calendar) {
        log::error(calendar.error().text);
        return 2;
    }
    try {
        Program program(config, std::move(*calendar));
        if (const auto started = program.start(on_ready); !started) {
            log::error(started.error().text);
            return 2;
        }
        return program.run();
    } catch (const std::exception& error) {
        log::error(error.what());
        return 3;
    }
}

} // namespace cartwatch::node
