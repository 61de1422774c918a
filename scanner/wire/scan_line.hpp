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
    std::string text;      // the bytes that the scanner sent, without its line end
    Instant at{};          // when the scan was complete, by the scanner machine's clock
    bool by_pause = false; // silence ended it, no line end

    friend bool operator==(const ScanLine&, const ScanLine&) = default;
};

// Why a device cannot be had, as pages say it; the detail beside it is for the log.
enum class Absence {
    none,           // it is present
    not_plugged_in, // nothing fits its settings
    no_permission,  // it is there, and this user may not open it
    held_by_other,  // another program holds it
    not_a_scanner,  // it is there, and is something else
    gone,           // it was here, and went
    failed,         // anything else that the machine said
};

[[nodiscard]] std::string_view to_text(Absence absence);

// Sent when it changes and for every device at the start of a connection.
struct DeviceLine {
    std::string device;
    bool present = false;
    std::string detail;   // a sentence for the person: why absent, or what was lost
    std::string identity; // of the thing itself, whatever its name: "usb:05e0:1200:S123"
    Absence absence = Absence::none;
    std::uint64_t lost = 0; // its scans that were lost since the scanner process began

    friend bool operator==(const DeviceLine&, const DeviceLine&) = default;
};

using ScannerLine = std::variant<HelloLine, ScanLine, DeviceLine>;

// JSON on one line, without the line end.
[[nodiscard]] std::string to_line(const HelloLine& line);
[[nodiscard]] std::string to_line(const ScanLine& line);
[[nodiscard]] std::string to_line(const DeviceLine& line);

// Reads what to_line writes; unknown members are ignored, anything else is refused as bad_input.
[[nodiscard]] Result<ScannerLine> parse_scanner_line(std::string_view line);

// From the daemon.
struct AckLine {
    std::uint64_t number = 0; // of a scan that is on disk

    friend bool operator==(const AckLine&, const AckLine&) = default;
};

// What a device's last scan came to, for its own beeper or lamp.
struct SignalLine {
    std::string device;
    bool good = false;

    friend bool operator==(const SignalLine&, const SignalLine&) = default;
};

// The layout that a keyboard types on, as its check showed; until the next one.
struct LayoutLine {
    std::string device;
    std::string layout; // us, uk, de, fr

    friend bool operator==(const LayoutLine&, const LayoutLine&) = default;
};

using DaemonLine = std::variant<AckLine, SignalLine, LayoutLine>;

[[nodiscard]] std::string to_line(const AckLine& line);
[[nodiscard]] std::string to_line(const SignalLine& line);
[[nodiscard]] std::string to_line(const LayoutLine& line);
[[nodiscard]] std::string to_error_line(std::string_view text);

// An error line's text comes back as a refusal.
[[nodiscard]] Result<DaemonLine> parse_daemon_line(std::string_view line);

} // namespace cartwatch::wire
