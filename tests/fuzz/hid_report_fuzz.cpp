// Any descriptor and any reports: what is read lies within the report, and a scan holds no more
// than the reports did.
#include "scanner/devices/hid_report.hpp"

#include <cstdlib>

using namespace cartwatch::devices;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::size_t length = size < 2 ? 0 : data[0] + 256U * data[1];
    std::span<const std::uint8_t> bytes(data, size);
    const auto descriptor = bytes.subspan(std::min<std::size_t>(2, size));
    const auto report = scan_report_of(descriptor.first(std::min(length, descriptor.size())));
    if (!report) {
        return 0;
    }
    if (report->bytes > hid_report_bytes_max || report->data_bytes == 0
        || report->data_at + report->data_bytes > report->bytes
        || report->continued_bit.value_or(0) >= 8 * report->bytes) {
        std::abort();
    }
    bytes = descriptor.subspan(std::min(length, descriptor.size()));
    HidText text(*report, Ticks{150}, 8192);
    std::size_t fed = 3;
    for (Ticks at{0}; !bytes.empty(); at += Ticks{40}) {
        const auto one = bytes.first(std::min(report->bytes, bytes.size()));
        bytes = bytes.subspan(one.size());
        fed += one.size() + 3;
        for (const TypedScan& scan : text.feed(one, at)) {
            if (scan.text.size() > 8192 || scan.text.size() > fed) {
                std::abort();
            }
        }
    }
    return 0;
}
