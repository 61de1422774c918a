// What the tasks of one server share. Internal to the server; free of Beast, so that only the two
// kinds of conversation are slow to compile.
#pragma once

#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"
#include "daemon/loop/wakeup.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace cartwatch::web {

// One page that is kept up to date. Its queue has two places: the view, of which only the newest
// is worth sending, and the tick.
struct LivePage {
    explicit LivePage(const boost::asio::any_io_executor& executor) : wakeup(executor) {}

    std::string station;
    loop::Wakeup wakeup;
    bool view_wanted = true;
    bool tick_wanted = false;
    bool closed = false;
    std::optional<loop::Ticks> sending_since;
    std::function<void()> drop; // closes its socket
};

// Lives as long as a task of the server does.
struct ServerParts {
    // Reads the pages; opens nothing yet.
    ServerParts(
        boost::asio::any_io_executor on,
        loop::Clock& time,
        Service service,
        ServerOptions wanted,
        loop::OnFailure failed);

    boost::asio::any_io_executor executor;
    loop::Clock& clock;
    ServerOptions options;
    loop::OnFailure on_failure;
    boost::asio::ip::tcp::acceptor acceptor;
    Routes routes;
    bool stopped = false;
    std::size_t uploads = 0;
    std::uint64_t next_connection = 0;
    std::map<std::uint64_t, std::function<void()>> drops; // closes each open connection
    std::set<LivePage*> pages;
    std::map<std::string, std::shared_ptr<const std::string>> views; // made since the last change
    loop::Alarm tick;

    // The message that shows this station now; made once for all its pages. Null while its views
    // rest, and the pages are woken when that is over: making views takes at most a fifth of the
    // loop's time, however much changes, and no station waits for another for ever.
    [[nodiscard]] std::shared_ptr<const std::string> view_for(const std::string& station);

private:
    struct Rest {
        loop::Ticks until{0};
        loop::Alarm over;
    };

    void wake(std::string_view station);

    std::map<std::string, Rest> rests_; // by station
};

} // namespace cartwatch::web
