// Reads a stream (serial port or socket) through a ScanFramer until it ends. Owned by a device,
// which decides what happens then.
#pragma once

#include "scanner/devices/scan_device.hpp"
#include "scanner/devices/scan_framer.hpp"
#include "scanner/wire/scan_line.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>

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
        : x_stream(std::move(stream)),
          x_idle(x_stream.get_executor()),
          x_framer(pause, wire::scan_bytes_max),
          x_on_scan(std::move(on_scan)),
          x_on_end(std::move(on_end)) {
        read_more();
    }

    ByteReader(const ByteReader&) = delete;
    ByteReader& operator=(const ByteReader&) = delete;
    ~ByteReader() = default;

private:
    void read_more() {
        const std::weak_ptr<bool> alive = x_alive;
        x_stream.async_read_some(
            boost::asio::buffer(x_chunk),
            [this, alive](boost::system::error_code error, std::size_t count) {
                if (alive.expired()) {
                    return;
                }
                if (error) {
                    const OnEnd on_end = x_on_end;
                    on_end(
                        error == boost::asio::error::eof ? "the other end closed"
                                                         : error.message());
                    return;
                }
                const std::string_view bytes(x_chunk.data(), count);
                for (const TypedScan& scan : x_framer.feed(bytes, ticks_now())) {
                    x_on_scan(scan);
                }
                watch_idle();
                read_more();
            });
    }

    // Silence ends a scan without a terminator.
    void watch_idle() {
        const auto idle = x_framer.idle_at();
        if (!idle) {
            x_idle.cancel();
            return;
        }
        const std::weak_ptr<bool> alive = x_alive;
        x_idle.expires_after(std::max(Ticks{0}, *idle - ticks_now()));
        x_idle.async_wait([this, alive](boost::system::error_code error) {
            if (error || alive.expired()) {
                return;
            }
            if (const auto scan = x_framer.finish_if_idle(ticks_now())) {
                x_on_scan(*scan);
            } else {
                watch_idle();
            }
        });
    }

    Stream x_stream;
    boost::asio::steady_timer x_idle;
    ScanFramer x_framer;
    OnScan x_on_scan;
    OnEnd x_on_end;
    std::array<char, 4096> x_chunk{};
    // Handlers hold a weak copy: one that is called after destruction does nothing.
    std::shared_ptr<bool> x_alive = std::make_shared<bool>(true);
};

} // namespace cartwatch::devices
