// Scanners in HID POS mode (USB HID usage page 8Ch, bar code scanner): where a report descriptor
// puts identifier, data and continuation, and reports → scans. Pure; opens nothing. What the
// descriptor does not name is not guessed.
#pragma once

#include "scanner/devices/scan_buffer.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cartwatch::devices {

// The longest report descriptor (HID_MAX_DESCRIPTOR_SIZE of Linux) and report that are read, bytes;
// the kernel hands over no longer ones (HID_MAX_BUFFER_SIZE was 4096 until 2019; scanners send 64).
inline constexpr std::size_t hid_descriptor_bytes_max = 4096;
inline constexpr std::size_t hid_report_bytes_max = 4096;

// Where the input report of a scanned code holds what, in bytes from the start of the report as the
// kernel hands it over: with its number in front where reports are numbered.
struct HidScanReport {
    std::uint8_t number = 0; // 0: reports are not numbered
    std::size_t bytes = 0;   // of the whole report
    std::size_t data_at = 0;
    std::size_t data_bytes = 0;           // at least 1
    std::optional<std::size_t> length_at; // how many data bytes count; none: up to the zeros
    std::array<std::optional<std::size_t>, 3> identifier_at; // each of three characters
    std::optional<std::size_t> continued_bit; // from the start of the report: more is to come

    friend bool operator==(const HidScanReport&, const HidScanReport&) = default;
};

// nullopt where no input report holds the decoded data of a bar code, or the descriptor is broken.
[[nodiscard]] std::optional<HidScanReport>
scan_report_of(std::span<const std::uint8_t> report_descriptor);

class HidText {
public:
    // `pause`: after this long without its continuation, what came is given up.
    HidText(const HidScanReport& report, Ticks pause, std::size_t bytes_max);

    // What this report completes. A scan: its AIM identifier, if the report has one, and its data,
    // without CR and LF at the end. Before it, half a scan whose other half never came, as one that
    // must not be used. Reports of another number give nothing; one that contradicts the descriptor
    // gives a scan that must not be used.
    [[nodiscard]] std::vector<TypedScan> feed(std::span<const std::uint8_t> report, Ticks at);

    // Half a scan that has been silent for long enough at `now`, as one that must not be used; and
    // when that will be.
    [[nodiscard]] std::optional<TypedScan> finish_if_idle(Ticks now);
    [[nodiscard]] std::optional<Ticks> idle_at() const;

private:
    [[nodiscard]] std::optional<TypedScan> take(std::span<const std::uint8_t> report);
    [[nodiscard]] std::string identifier_of(std::span<const std::uint8_t> report) const;

    HidScanReport report_;
    ScanBuffer buffer_;
};

} // namespace cartwatch::devices
