// Lines over a connected Unix socket, both ways, on one event loop: bounded, never blocking. Knows
// nothing of what the lines say, and does not reconnect.
#pragma once

#include <boost/asio/local/stream_protocol.hpp>

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace cartwatch::channel {

// 64 MiB that wait to be sent: all that a scanner process keeps for a daemon that is away is 48
// MiB, escaped as unfavourably as JSON can. A peer that stops reading is given up beyond it.
inline constexpr std::size_t unsent_bytes_max = std::size_t{64} << 20;

class LineChannel {
public:
    using Socket = boost::asio::local::stream_protocol::socket;

    // Called from the loop only. A callback may destroy the channel.
    struct Events {
        std::function<void(std::string)> line;   // without its line end
        std::function<void()> overlong;          // a line beyond line_max: nothing more is read
        std::function<void(std::string)> closed; // once, with the reason; not after close()
    };

    LineChannel(Socket socket, std::size_t line_max, Events events);
    LineChannel(const LineChannel&) = delete;
    LineChannel& operator=(const LineChannel&) = delete;
    ~LineChannel() = default;

    // Begins to read. Before it, nothing is called.
    void start();

    // Queues the line and its line end. A peer that leaves more than unsent_bytes_max unread is
    // reported closed.
    void send(std::string line);

    // Sends what is queued, then closes without a callback.
    void close_when_sent();

    // Closes at once without a callback.
    void close();

private:
    void read_more();
    void take_bytes(std::size_t count);
    void write_more();
    void report_closed(const std::string& reason);

    Socket socket_;
    std::size_t line_max_;
    Events events_;
    std::array<char, 16384> chunk_{};
    std::string partial_;
    std::deque<std::string> unsent_;
    std::size_t unsent_bytes_ = 0;
    std::size_t sent_of_front_ = 0;
    bool writing_ = false;
    bool closing_ = false;
    bool reading_ = true;
    // Handlers hold a weak copy: one that is called after close() or destruction does nothing.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::channel
