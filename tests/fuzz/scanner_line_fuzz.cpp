// Any line: refused, or printed and read again to the same value. Any bytes as a scan's text come
// back as they went.
#include "scanner/wire/scan_line.hpp"

#include <cstdlib>

using namespace cartwatch::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(data, data + size);
    if (const auto line = parse_scanner_line(bytes)) {
        const auto printed = std::visit([](const auto& value) { return to_line(value); }, *line);
        if (parse_scanner_line(printed) != line) {
            std::abort();
        }
    }
    if (const auto said = parse_daemon_line(bytes)) {
        const auto printed = std::visit([](const auto& value) { return to_line(value); }, *said);
        if (parse_daemon_line(printed) != said) {
            std::abort();
        }
    }
    ScanLine scan;
    scan.number = 1;
    scan.text = bytes.substr(0, scan_bytes_max);
    const auto back = parse_scanner_line(to_line(scan));
    if (!bytes.empty() && (!back || std::get<ScanLine>(*back) != scan)) {
        std::abort();
    }
    return 0;
}
