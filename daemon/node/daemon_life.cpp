#include "daemon/node/daemon_life.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>

#include <sys/resource.h>

namespace cartwatch::node {

namespace {

constexpr std::chrono::seconds patience_at_end{3};

constexpr rlim_t files_wanted = 8'192;

} // namespace

void allow_many_files() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= files_wanted) {
        return;
    }
    limit.rlim_cur = std::min(files_wanted, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        log::warn("the limit of open files stays as it is: connections beyond it are refused");
    }
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
