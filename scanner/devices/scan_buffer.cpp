#include "scanner/devices/scan_buffer.hpp"

#include <utility>

namespace cartwatch::devices {

ScanBuffer::ScanBuffer(Ticks pause, std::size_t bytes_max)
    : x_pause(pause), x_bytes_max(bytes_max) {}

std::optional<TypedScan> ScanBuffer::touch(Ticks at) {
    const auto idle = idle_at();
    x_last = at;
    return idle && *idle <= at ? end() : std::nullopt;
}

void ScanBuffer::add(std::string_view bytes) {
    if (x_scan.text.size() + bytes.size() > x_bytes_max) {
        x_scan.too_long = true;
    }
    if (!x_scan.too_long) {
        x_scan.text += bytes;
    }
}

std::optional<TypedScan> ScanBuffer::end() {
    if (x_scan == TypedScan{}) {
        return std::nullopt;
    }
    return std::exchange(x_scan, TypedScan{});
}

std::optional<Ticks> ScanBuffer::idle_at() const {
    return x_scan == TypedScan{} ? std::nullopt : std::optional(x_last + x_pause);
}

void ScanBuffer::drop() {
    x_scan = {};
}

} // namespace cartwatch::devices
