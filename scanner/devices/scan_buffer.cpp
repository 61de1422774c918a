#include "scanner/devices/scan_buffer.hpp"

#include <utility>

namespace cartwatch::devices {

ScanBuffer::ScanBuffer(Ticks pause, std::size_t bytes_max) : pause_(pause), bytes_max_(bytes_max) {}

std::optional<TypedScan> ScanBuffer::touch(Ticks at) {
    auto ended = end_if_idle(at);
    last_ = at;
    return ended;
}

void ScanBuffer::add(std::string_view bytes) {
    if (scan_.text.size() + bytes.size() > bytes_max_) {
        scan_.too_long = true;
    }
    if (!scan_.too_long) {
        scan_.text += bytes;
    }
}

std::optional<TypedScan> ScanBuffer::end() {
    if (scan_ == TypedScan{}) {
        return std::nullopt;
    }
    return std::exchange(scan_, TypedScan{});
}

std::optional<TypedScan> ScanBuffer::end_if_idle(Ticks now) {
    const auto idle = idle_at();
    if (!idle || *idle > now) {
        return std::nullopt;
    }
    auto scan = end();
    scan->by_pause = true;
    return scan;
}

std::optional<Ticks> ScanBuffer::idle_at() const {
    return scan_ == TypedScan{} ? std::nullopt : std::optional(last_ + pause_);
}

void ScanBuffer::drop() {
    scan_ = {};
}

} // namespace cartwatch::devices
