// The words between cartwatch-scanner and the daemon over the Unix socket: schema/scanner.md,
// section 2. Values and their JSON lines; moves no bytes itself.
#pragma once

#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace cartwatch::wire {

// 64 KiB a line: the longest scan (scan_bytes_max) with every byte escaped takes 49 KiB.
inline constexpr std::size_t scanner_line_max = std::size_t{64} << 10;

// The longest scan in bytes; QR, the most roomy symbol, holds 7,089 digits.
inline constexpr std::size_t scan_bytes_max = 8192;

// First line of each connection. The session names one run of the scanner process; it and a line's
// number together name a scan, so that a repeat after a lost connection is known for one.
struct HelloLine {
    std::string session;

    friend bool operator==(const HelloLine&, const HelloLine&) = default;
};

struct ScanLine {
    std::uint64_t number = 0; // from 1, rising by 1 within a session
    std::string device;       // its configured name
    std::string station;
    std::string text; // the bytes that the scanner sent, without its line end
    Instant at{};     // when the scan was complete, by the scanner machine's clock

    friend bool operator==(const ScanLine&, const ScanLine&) = default;
};

// Sent when it changes and for every device at the start of a connection.
struct DeviceLine {
    std::string device;
    bool present = false;
    std::string detail; // a sentence for the person: why absent, or what was lost

    friend bool operator==(const DeviceLine&, const DeviceLine&) = default;
};

using ScannerLine = std::variant<HelloLine, ScanLine, DeviceLine>;

// JSON on one line, without the line end.
[[nodiscard]] std::string to_line(const HelloLine& line);
[[nodiscard]] std::string to_line(const ScanLine& line);
[[nodiscard]] std::string to_line(const DeviceLine& line);

// Reads what to_line writes; unknown members are ignored, anything else is refused as bad_input.
[[nodiscard]] Result<ScannerLine> parse_scanner_line(std::string_view line);

// The daemon's answers.
[[nodiscard]] std::string to_ack_line(std::uint64_t number);
[[nodiscard]] std::string to_error_line(std::string_view text);

// The number that is acknowledged; an error line's text comes back as a refusal.
[[nodiscard]] Result<std::uint64_t> parse_ack_line(std::string_view line);

} // namespace cartwatch::wire
