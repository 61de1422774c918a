// Bytes of a serial or network scanner → scans. CR, LF and ETX end a scan, an STX in front of one
// is framing; every other control character (GS above all) belongs to the scan. Pure.
#pragma once

#include "scanner/devices/scan_buffer.hpp"

#include <vector>

namespace cartwatch::devices {

class ScanFramer {
public:
    ScanFramer(Ticks pause, std::size_t bytes_max);

    // The scans that these bytes complete, in order; they were there at `at`. Scans do not depend
    // on how the bytes were cut into pieces, nor on when they were read: silence is judged by
    // finish_if_idle alone.
    [[nodiscard]] std::vector<TypedScan> feed(std::string_view bytes, Ticks at);

    // The scan in work where nothing more will come, if any.
    [[nodiscard]] std::optional<TypedScan> finish();

    // The scan that has been silent for long enough at `now`, if any; and when that will be. To be
    // asked only when no bytes wait to be read: they may have come in time.
    [[nodiscard]] std::optional<TypedScan> finish_if_idle(Ticks now);
    [[nodiscard]] std::optional<Ticks> idle_at() const;

private:
    ScanBuffer buffer_;
};

} // namespace cartwatch::devices
