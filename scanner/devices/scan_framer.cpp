#include "scanner/devices/scan_framer.hpp"

namespace cartwatch::devices {

namespace {

constexpr char start_of_text = '\x02';
constexpr char end_of_text = '\x03';

bool ends_scan(char c) {
    return c == '\r' || c == '\n' || c == end_of_text;
}

} // namespace

ScanFramer::ScanFramer(Ticks pause, std::size_t bytes_max) : buffer_(pause, bytes_max) {}

std::vector<TypedScan> ScanFramer::feed(std::string_view bytes, Ticks at) {
    std::vector<TypedScan> scans;
    const auto take = [&scans](std::optional<TypedScan> scan) {
        if (scan) {
            scans.push_back(std::move(*scan));
        }
    };
    if (!bytes.empty()) {
        buffer_.mark(at);
    }
    for (const char& c : bytes) {
        if (ends_scan(c)) {
            take(buffer_.end());
        } else if (c != start_of_text || !buffer_.empty()) {
            buffer_.add({&c, 1});
        }
    }
    return scans;
}

std::optional<TypedScan> ScanFramer::finish() {
    auto rest = buffer_.end();
    if (rest) {
        rest->by_pause = true;
    }
    return rest;
}

std::optional<TypedScan> ScanFramer::finish_if_idle(Ticks now) {
    return buffer_.end_if_idle(now);
}

std::optional<Ticks> ScanFramer::idle_at() const {
    return buffer_.idle_at();
}

} // namespace cartwatch::devices
