// Reads a stream (serial port or socket) through a ScanFramer until it ends, and sends the device
// what makes it beep. Owned by a device, which decides what happens then.
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

namespace cartwatch::devices {

template <typename Stream>
class ByteReader {
public:
    using OnScan = std::function<void(const TypedScan&)>;
    using OnEnd = std::function<void(const std::string& reason)>;

    // `on_end` is called once and may destroy the reader.
    ByteReader(Stream stream, Ticks pause, OnScan on_scan, OnEnd on_end)
        : stream_(std::move(stream)),
          idle_(stream_.get_executor()),
          framer_(pause, wire::scan_bytes_max),
          on_scan_(std::move(on_scan)),
          on_end_(std::move(on_end)) {
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

private:
    void read_more() {
        const std::weak_ptr<bool> alive = alive_;
        stream_.async_read_some(
            boost::asio::buffer(chunk_),
            [this, alive](boost::system::error_code error, std::size_t count) {
                if (alive.expired()) {
                    return;
                }
                if (error) {
                    const OnEnd on_end = on_end_;
                    on_end(
                        error == boost::asio::error::eof ? "the other end closed"
                                                         : error.message());
                    return;
                }
                const std::string_view bytes(chunk_.data(), count);
                for (const TypedScan& scan : framer_.feed(bytes, ticks_now())) {
                    on_scan_(scan);
                }
                watch_idle();
                read_more();
            });
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
            if (error || alive.expired()) {
                return;
            }
            if (const auto scan = framer_.finish_if_idle(ticks_now())) {
                on_scan_(*scan);
            } else {
                watch_idle();
            }
        });
    }

    Stream stream_;
    boost::asio::steady_timer idle_;
    ScanFramer framer_;
    OnScan on_scan_;
    OnEnd on_end_;
    std::array<char, 4096> chunk_{};
    std::string outgoing_; // not empty: being written
    // Handlers hold a weak copy: one that is called after destruction does nothing.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::devices
