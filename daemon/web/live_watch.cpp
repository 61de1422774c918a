#include "daemon/web/live_watch.hpp"

#include "daemon/web/routes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <memory>
#include <utility>

namespace cartwatch::web {

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using tcp = asio::ip::tcp;
using Stream = websocket::stream<tcp::socket, false>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// A daemon that restarts is back within a second or two.
constexpr std::chrono::seconds retry_after{1};

// A board of ten thousand open alerts, of which nothing is looked at.
constexpr std::size_t view_bytes_max = 64 * 1024 * 1024;

void configure(Stream& stream) {
    auto timeout = websocket::stream_base::timeout::suggested(boost::beast::role_type::client);
    timeout.keep_alive_pings = true; // a daemon that hangs is noticed
    stream.set_option(timeout);
    stream.read_message_max(view_bytes_max);
}

// Why it did not last.
std::string reason_of(const boost::system::error_code& error) {
    return error == websocket::error::closed ? "it closed the connection" : error.message();
}

} // namespace

LiveWatch::LiveWatch(
    const boost::asio::any_io_executor& executor,
    loop::Clock& clock,
    tcp::endpoint address,
    LiveWatchHandler handler)
    : executor_(executor),
      clock_(clock),
      address_(std::move(address)),
      handler_(std::move(handler)),
      wakeup_(executor) {}

void LiveWatch::stop() {
    stopped_ = true;
    if (drop_) {
        drop_();
    }
    wakeup_.notify();
}

asio::awaitable<void> LiveWatch::run() {
    bool told = false;
    while (!stopped_) {
        const std::string why = co_await watch_once();
        if (stopped_) {
            break;
        }
        if (std::exchange(connected_, false) || !told) {
            told = true;
            handler_.lost(why);
        }
        retry_ = clock_.after(retry_after, [this] { wakeup_.notify(); });
        co_await wakeup_.wait();
    }
}

asio::awaitable<std::string> LiveWatch::watch_once() {
    const auto stream = std::make_shared<Stream>(executor_);
    drop_ = [stream] {
        boost::system::error_code ignored; // closed already, if at all
        stream->next_layer().close(ignored);
    };
    const auto [refused] = co_await stream->next_layer().async_connect(address_, as_result);
    if (refused) {
        co_return refused.message();
    }
    configure(*stream);
    const std::string host = "localhost:" + std::to_string(address_.port());
    const std::string path(live_path);
    const auto [unwelcome] = co_await stream->async_handshake(host, path, as_result);
    if (unwelcome) {
        co_return reason_of(unwelcome);
    }
    boost::beast::flat_buffer view;
    while (!stopped_) {
        const auto [error, size] = co_await stream->async_read(view, as_result);
        if (error) {
            co_return reason_of(error);
        }
        view.clear();
        connected_ = true;
        handler_.changed();
    }
    co_return std::string();
}

} // namespace cartwatch::web
