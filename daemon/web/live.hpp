// A live page: a WebSocket on which views go out. Internal to the server.
#pragma once

#include "daemon/web/server_parts.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <string>

namespace cartwatch::web {

// A page sends nothing; what it sends all the same is read and forgotten up to this, then closed.
inline constexpr std::size_t live_message_bytes_max = 4 * 1024;

using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

// Takes the connection over and serves it until it closes.
[[nodiscard]] boost::asio::awaitable<void> serve_live(
    std::shared_ptr<ServerParts> parts,
    std::uint64_t number,
    boost::asio::ip::tcp::socket socket,
    UpgradeRequest request,
    std::string station);

} // namespace cartwatch::web
