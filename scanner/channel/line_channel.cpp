#include "scanner/channel/line_channel.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

namespace cartwatch::channel {

namespace asio = boost::asio;
using boost::system::error_code;

LineChannel::LineChannel(Socket socket, std::size_t line_max, Events events)
    : x_socket(std::move(socket)), x_line_max(line_max), x_events(std::move(events)) {}

void LineChannel::start() {
    read_more();
}

void LineChannel::read_more() {
    const std::weak_ptr<bool> alive = x_alive;
    x_socket.async_read_some(
        asio::buffer(x_chunk), [this, alive](error_code error, std::size_t count) {
            if (alive.expired()) {
                return;
            }
            if (error) {
                report_closed(
                    error == asio::error::eof ? "the other side closed" : error.message());
                return;
            }
            take_bytes(count);
            if (!alive.expired() && x_reading) {
                read_more();
            }
        });
}

void LineChannel::take_bytes(std::size_t count) {
    const std::weak_ptr<bool> alive = x_alive;
    x_partial.append(x_chunk.data(), count);
    std::size_t begin = 0;
    for (std::size_t end = x_partial.find('\n');
         end != std::string::npos && end - begin <= x_line_max;
         end = x_partial.find('\n', begin)) {
        std::string line = x_partial.substr(begin, end - begin);
        begin = end + 1;
        const auto on_line = x_events.line;
        on_line(std::move(line));
        if (alive.expired() || !x_reading) {
            return;
        }
    }
    x_partial.erase(0, begin);
    if (x_partial.size() > x_line_max) {
        x_reading = false;
        const auto on_overlong = x_events.overlong;
        on_overlong();
    }
}

void LineChannel::send(std::string line) {
    if (x_closing) {
        return;
    }
    line += '\n';
    x_unsent_bytes += line.size();
    x_unsent.push_back(std::move(line));
    if (x_unsent_bytes > unsent_bytes_max) {
        // Reported from the loop: the caller may stand in the middle of its own work.
        x_closing = true;
        const std::weak_ptr<bool> alive = x_alive;
        asio::post(x_socket.get_executor(), [this, alive] {
            if (!alive.expired()) {
                report_closed("the other side does not read");
            }
        });
        return;
    }
    if (!x_writing) {
        write_more();
    }
}

// One step at a time and not a composed write: that would go on with a socket that is gone where
// the channel is destroyed between two of its steps.
void LineChannel::write_more() {
    x_writing = true;
    const std::weak_ptr<bool> alive = x_alive;
    x_socket.async_write_some(
        asio::buffer(x_unsent.front()) + x_sent_of_front,
        [this, alive](error_code error, std::size_t count) {
            if (alive.expired()) {
                return;
            }
            if (error) {
                report_closed(error.message());
                return;
            }
            x_sent_of_front += count;
            if (x_sent_of_front == x_unsent.front().size()) {
                x_unsent_bytes -= x_sent_of_front;
                x_sent_of_front = 0;
                x_unsent.pop_front();
            }
            x_writing = false;
            if (!x_unsent.empty()) {
                write_more();
            } else if (x_closing) {
                close();
            }
        });
}

void LineChannel::close_when_sent() {
    x_reading = false;
    x_closing = true;
    if (!x_writing) {
        close();
    }
}

void LineChannel::close() {
    x_alive.reset();
    x_reading = false;
    x_closing = true;
    error_code ignored; // closing a socket that is gone already is as good
    x_socket.close(ignored);
}

void LineChannel::report_closed(const std::string& reason) {
    const bool told_to_close = x_closing && x_unsent_bytes <= unsent_bytes_max;
    close();
    if (!told_to_close) {
        const auto on_closed = x_events.closed;
        on_closed(reason);
    }
}

} // namespace cartwatch::channel
