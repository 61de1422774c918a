// What the tasks of one server share, and the two kinds of conversation that a connection can be.
// Internal to the server; free of Beast, so that only the two conversations are slow to compile.
#pragma once

#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"
#include "daemon/loop/wakeup.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

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
    ServerParts(
        boost::asio::any_io_executor on,
        loop::Clock& time,
        Service service,
        ServerOptions wanted,
        loop::OnFailure failed)
        : executor(std::move(on)),
          clock(time),
          options(std::move(wanted)),
          on_failure(std::move(failed)),
          acceptor(executor),
          routes(
              std::move(service),
              options.pages.empty() ? StaticFiles() : StaticFiles(options.pages)) {}

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

    // The message that shows this station now; made once for all its pages.
    [[nodiscard]] std::shared_ptr<const std::string> view_for(const std::string& station);
};

// Serves one connection until it ends or becomes a WebSocket. `number` is its place in drops.
[[nodiscard]] boost::asio::awaitable<void> serve_http(
    std::shared_ptr<ServerParts> parts, std::uint64_t number, boost::asio::ip::tcp::socket socket);

} // namespace cartwatch::web
