// Reads a stream (serial port or socket) through a ScanFramer until it ends, and sends the device
// what makes it beep. Reads no further while there is no room for its scans: the device, or the
// network, keeps them meanwhile. Owned by a device, which decides what happens at the end.
#pragma once

#include "scanner/devices/scan_device.hpp"
#include "scanner/devices/scan_framer.hpp"
#include "scanner/wire/scan_line.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include <poll.h>

namespace cartwatch::devices {

struct ReaderEvents {
    std::function<bool()> has_room; // for one more scan
    std::function<void(const TypedScan&)> scan;
    // Once, after the last scan; it may destroy the reader.
    std::function<void(const std::string& reason)> end;
};

// What the end of a stream makes of a scan without its line end.
enum class StreamEnd {
    may_end_scan, // the other end closes when it has said all: a pause like any other
    cuts_scan,    // it was unplugged: half a scan
};

// Whether a read would not wait: for bytes, or for the news that the stream has ended.
[[nodiscard]] inline bool is_readable(int descriptor) {
    pollfd state{descriptor, POLLIN, 0};
    return ::poll(&state, 1, 0) > 0;
}

template <typename Stream>
class ByteReader {
public:
    // `pause`: silence that ends a scan.
    ByteReader(Stream stream, Ticks pause, StreamEnd at_end, ReaderEvents events)
        : stream_(std::move(stream)),
          idle_(stream_.get_executor()),
          framer_(pause, wire::scan_bytes_max),
          at_end_(at_end),
          events_(std::move(events)) {
        read_more();
    }

    ByteReader(const ByteReader&) = delete;
    ByteReader& operator=(const ByteReader&) = delete;
    ~ByteReader() = default;

    // Sends bytes to the device; dropped while earlier ones are still on their way, because a late
    // beep would speak of another scan. A line that fails is told by its reading.
    void write(const std::string& bytes) {
        if (!outgoing_.empty()) {
            return;
        }
        outgoing_ = bytes;
        const std::weak_ptr<bool> alive = alive_;
        boost::asio::async_write(
            stream_,
            boost::asio::buffer(outgoing_),
            [this, alive](boost::system::error_code, std::size_t) {
                if (!alive.expired()) {
                    outgoing_.clear();
                }
            });
    }

    // There may be room again. May call `end`.
    void resume() {
        if (held_) {
            go_on();
        }
    }

    // When it said something last, or began; nullopt where it has more to say now.
    [[nodiscard]] std::optional<Ticks> silent_since() const {
        return held_ ? std::nullopt : std::optional(heard_at_);
    }

    [[nodiscard]] bool has_spoken() const {
        return has_spoken_;
    }

    // How many scans are lost when it is destroyed now.
    [[nodiscard]] std::size_t in_work() const {
        return complete_.size() + (framer_.idle_at() ? 1 : 0);
    }

private:
    void read_more() {
        if (reading_) {
            return;
        }
        reading_ = true;
        const std::weak_ptr<bool> alive = alive_;
        stream_.async_read_some(
            boost::asio::buffer(chunk_),
            [this, alive](boost::system::error_code error, std::size_t count) {
                if (alive.expired()) {
                    return;
                }
                reading_ = false;
                if (error) {
                    take_end(error);
                } else {
                    take_bytes({chunk_.data(), count});
                }
                go_on();
            });
    }

    void take_bytes(std::string_view bytes) {
        heard_at_ = ticks_now();
        has_spoken_ = true;
        for (TypedScan& scan : framer_.feed(bytes, heard_at_)) {
            complete_.push_back(std::move(scan));
        }
    }

    void take_end(boost::system::error_code error) {
        const bool orderly = error == boost::asio::error::eof;
        if (auto rest = framer_.finish()) {
            rest->too_long = rest->too_long || !orderly || at_end_ == StreamEnd::cuts_scan;
            complete_.push_back(std::move(*rest));
        }
        ended_ = orderly ? "the other end closed" : error.message();
    }

    // Hands over what is complete as far as there is room, then reads on or tells the end.
    void go_on() {
        held_ = false;
        while (!complete_.empty()) {
            if (!complete_.front().too_long && !events_.has_room()) {
                held_ = true;
                idle_.cancel(); // what follows is not read: its silence says nothing
                return;
            }
            const TypedScan scan = std::move(complete_.front());
            complete_.pop_front();
            events_.scan(scan);
        }
        if (ended_) {
            const auto on_end = events_.end;
            const std::string reason = *ended_;
            on_end(reason);
            return;
        }
        watch_idle();
        read_more();
    }

    // Silence ends a scan without a terminator.
    void watch_idle() {
        const auto idle = framer_.idle_at();
        if (!idle) {
            idle_.cancel();
            return;
        }
        const std::weak_ptr<bool> alive = alive_;
        idle_.expires_after(std::max(Ticks{0}, *idle - ticks_now()));
        idle_.async_wait([this, alive](boost::system::error_code error) {
            // What came in time may wait to be read where this process was held up: its reading
            // watches again.
            if (error || alive.expired() || held_ || is_readable(stream_.native_handle())) {
                return;
            }
            if (auto scan = framer_.finish_if_idle(ticks_now())) {
                complete_.push_back(std::move(*scan));
            }
            go_on();
        });
    }

    Stream stream_;
    boost::asio::steady_timer idle_;
    ScanFramer framer_;
    StreamEnd at_end_;
    ReaderEvents events_;
    std::array<char, 4096> chunk_{};
    std::deque<TypedScan> complete_; // not handed over yet; of one chunk, or two
    std::optional<std::string> ended_;
    bool reading_ = false;
    bool held_ = false; // there was no room
    bool has_spoken_ = false;
    Ticks heard_at_ = ticks_now();
    std::string outgoing_; // not empty: being written
    // Handlers hold a weak copy: one that is called after destruction does nothing.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::devices
