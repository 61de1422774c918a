#include "scanner/channel/line_channel.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <vector>

namespace cartwatch::channel {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// Asio gives the system no more buffers in one call.
constexpr std::size_t lines_at_once = 64;

} // namespace

LineChannel::LineChannel(Socket socket, std::size_t line_max, Events events)
    : socket_(std::move(socket)), line_max_(line_max), events_(std::move(events)) {}

void LineChannel::start() {
    read_more();
}

void LineChannel::read_more() {
    const std::weak_ptr<bool> alive = alive_;
    socket_.async_read_some(
        asio::buffer(chunk_), [this, alive](error_code error, std::size_t count) {
            if (alive.expired()) {
                return;
            }
            if (error) {
                report_closed(
                    error == asio::error::eof ? "the other side closed" : error.message());
                return;
            }
            take_bytes(count);
            if (!alive.expired() && reading_) {
                read_more();
            }
        });
}

void LineChannel::take_bytes(std::size_t count) {
    const std::weak_ptr<bool> alive = alive_;
    partial_.append(chunk_.data(), count);
    std::size_t begin = 0;
    for (std::size_t end = partial_.find('\n');
         end != std::string::npos && end - begin <= line_max_;
         end = partial_.find('\n', begin)) {
        std::string line = partial_.substr(begin, end - begin);
        begin = end + 1;
        const auto on_line = events_.line;
        on_line(std::move(line));
        if (alive.expired() || !reading_) {
            return;
        }
    }
    partial_.erase(0, begin);
    if (partial_.size() > line_max_) {
        reading_ = false;
        const auto on_overlong = events_.overlong;
        on_overlong();
    }
}

void LineChannel::send(std::string line) {
    if (closing_) {
        return;
    }
    line += '\n';
    unsent_bytes_ += line.size();
    unsent_.push_back(std::move(line));
    if (unsent_bytes_ > unsent_bytes_max) {
        // Reported from the loop: the caller may stand in the middle of its own work.
        closing_ = true;
        const std::weak_ptr<bool> alive = alive_;
        asio::post(socket_.get_executor(), [this, alive] {
            if (!alive.expired()) {
                report_closed("the other side does not read");
            }
        });
        return;
    }
    if (!writing_) {
        write_more();
    }
}

// One step at a time and not a composed write: that would go on with a socket that is gone where
// the channel is destroyed between two of its steps.
void LineChannel::write_more() {
    writing_ = true;
    std::vector<asio::const_buffer> waiting;
    for (const std::string& line : unsent_) {
        waiting.push_back(asio::buffer(line)); // it stays in its place until it is sent
        if (waiting.size() == lines_at_once) {
            break;
        }
    }
    waiting.front() += sent_of_front_;
    const std::weak_ptr<bool> alive = alive_;
    socket_.async_write_some(waiting, [this, alive](error_code error, std::size_t count) {
        if (alive.expired()) {
            return;
        }
        if (error) {
            report_closed(error.message());
            return;
        }
        sent_of_front_ += count;
        while (!unsent_.empty() && sent_of_front_ >= unsent_.front().size()) {
            unsent_bytes_ -= unsent_.front().size();
            sent_of_front_ -= unsent_.front().size();
            unsent_.pop_front();
        }
        writing_ = false;
        if (!unsent_.empty()) {
            write_more();
        } else if (closing_) {
            close();
        }
    });
}

void LineChannel::close_when_sent() {
    reading_ = false;
    closing_ = true;
    if (!writing_) {
        close();
    }
}

void LineChannel::close() {
    alive_.reset();
    reading_ = false;
    closing_ = true;
    error_code ignored; // closing a socket that is gone already is as good
    socket_.close(ignored);
}

void LineChannel::report_closed(const std::string& reason) {
    const bool told_to_close = closing_ && unsent_bytes_ <= unsent_bytes_max;
    close();
    if (!told_to_close) {
        const auto on_closed = events_.closed;
        on_closed(reason);
    }
}

} // namespace cartwatch::channel
