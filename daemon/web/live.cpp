#include "daemon/web/live.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <utility>

namespace cartwatch::web {

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using tcp = asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// A page that has not finished its handshake in this time is gone: in the hospital's network it
// takes milliseconds.
constexpr std::chrono::seconds handshake_time{10};

// One that has not been heard of in this time, a ping after half of it included, is gone: a slow
// tablet that a person unlocks again is not, and a dead one does not stay listed for long.
constexpr std::chrono::seconds silence_max{60};

// The reader and the writer of one page hold it; it is listed while the reader lives.
struct LiveTalk {
    LiveTalk(tcp::socket socket, std::string station)
        : page(socket.get_executor()), ws(std::move(socket)) {
        page.station = std::move(station);
        page.drop = [this] {
            boost::system::error_code ignored; // closed already, if at all
            ws.next_layer().close(ignored);
        };
    }

    LivePage page;
    websocket::stream<tcp::socket, false> ws; // no compression: loopback and LAN
};

// Lists the page for as long as it stands.
class Listed {
public:
    Listed(ServerParts& parts, std::uint64_t number, LivePage& page)
        : parts_(parts), number_(number), page_(page) {
        parts_.pages.insert(&page);
        parts_.drops[number] = page.drop;
        count();
    }

    ~Listed() {
        parts_.pages.erase(&page_);
        parts_.drops[number_] = nullptr;
        count();
        page_.closed = true;
        page_.wakeup.notify();
    }

    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;

private:
    void count() {
        parts_.routes.http().live_pages = static_cast<std::int64_t>(parts_.pages.size());
    }

    ServerParts& parts_;
    std::uint64_t number_;
    LivePage& page_;
};

// What goes out next, the view before the tick; null: nothing. Empty: the view cannot be made.
std::shared_ptr<const std::string> next_message(ServerParts& parts, LivePage& page) {
    if (page.view_wanted) {
        if (auto view = parts.view_for(page.station)) {
            page.view_wanted = false;
            return view;
        }
    }
    if (std::exchange(page.tick_wanted, false)) {
        return std::make_shared<const std::string>(parts.routes.live_tick());
    }
    return nullptr;
}

asio::awaitable<void>
write_pages(std::shared_ptr<ServerParts> parts, std::shared_ptr<LiveTalk> talk) {
    LivePage& page = talk->page;
    while (!page.closed) {
        const std::shared_ptr<const std::string> message = next_message(*parts, page);
        if (!message) {
            co_await page.wakeup.wait();
            continue;
        }
        if (message->empty()) {
            break;
        }
        page.sending_since = parts->clock.ticks();
        const auto bytes = asio::buffer(*message);
        const auto [error, size] = co_await talk->ws.async_write(bytes, as_result);
        page.sending_since.reset();
        if (error) {
            break;
        }
    }
    page.drop(); // ends the reader, too
}

void configure(websocket::stream<tcp::socket, false>& ws) {
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = handshake_time;
    timeout.idle_timeout = silence_max;
    timeout.keep_alive_pings = true;
    ws.set_option(timeout);
    ws.read_message_max(live_message_bytes_max);
    ws.text(true);
    ws.auto_fragment(false); // a view is one write, not one for each 4 KiB
}

// Reads and forgets, until the page closes or breaks a rule.
asio::awaitable<void> read_until_closed(LiveTalk& talk) {
    boost::beast::flat_buffer buffer;
    bool open = true;
    while (open) {
        const auto [error, size] = co_await talk.ws.async_read(buffer, as_result);
        buffer.clear();
        open = !error;
    }
}

} // namespace

asio::awaitable<void> serve_live(
    std::shared_ptr<ServerParts> parts,
    std::uint64_t number,
    tcp::socket socket,
    UpgradeRequest request,
    std::string station) {
    const auto talk = std::make_shared<LiveTalk>(std::move(socket), std::move(station));
    const Listed listed(*parts, number, talk->page);
    configure(talk->ws);
    const auto [error] = co_await talk->ws.async_accept(request, as_result);
    if (error) {
        co_return;
    }
    ++parts->routes.http().answers_by_status[101];
    loop::start_task(parts->executor, "web live page", write_pages(parts, talk), parts->on_failure);
    co_await read_until_closed(*talk);
}

} // namespace cartwatch::web
