#include "daemon/node/daemon_life.hpp"

#include <chrono>
#include <csignal>

namespace cartwatch::node {

namespace {

constexpr std::chrono::seconds patience_at_end{3};

}

LoopLife::LoopLife(boost::asio::io_context& loop) : loop_(loop), signals_(loop, SIGINT, SIGTERM) {}

void LoopLife::on_signal(std::function<void()> stop) {
    signals_.async_wait(
        [this, stop = std::move(stop)](const boost::system::error_code& error, int) {
            if (error) {
                return;
            }
            log::info("stopping");
            ending_ = true;
            stop();
            loop_.stop();
        });
}

void LoopLife::run() {
    loop_.run();
    if (ending_) {
        loop_.restart();
        loop_.run_for(patience_at_end);
    }
}

} // namespace cartwatch::node
