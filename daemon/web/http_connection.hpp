// One HTTP connection, from its first byte to its last or until it becomes a live page. Internal to
// the server.
#pragma once

#include "daemon/web/server_parts.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <memory>

namespace cartwatch::web {

// Serves one connection until it ends or becomes a WebSocket. `number` is its place in drops.
[[nodiscard]] boost::asio::awaitable<void> serve_http(
    std::shared_ptr<ServerParts> parts, std::uint64_t number, boost::asio::ip::tcp::socket socket);

} // namespace cartwatch::web
