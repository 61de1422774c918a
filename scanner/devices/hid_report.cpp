#include "scanner/devices/hid_report.hpp"

#include <algorithm>
#include <map>

namespace cartwatch::devices {

namespace {

// A usage with its page in the upper half, as HID writes it.
constexpr std::uint32_t usage_length = 0x0001'003B;     // generic desktop: byte count
constexpr std::uint32_t usage_identifier = 0x008C'00FB; // the first of three
constexpr std::uint32_t usage_data = 0x008C'00FE;
constexpr std::uint32_t usage_continued = 0x008C'00FF;

constexpr std::size_t usages_max = 256; // single ones and ranges of one main item
constexpr std::size_t pushed_max = 16;  // saved global states: real descriptors nest one or two
constexpr std::size_t fields_max = 4096 * 8; // of one report: a bit each

// Kinds of items: type and tag of the prefix byte, its size bits taken off.
enum Item : std::uint8_t {
    main_input = 0x80,
    global_usage_page = 0x04,
    global_report_size = 0x74,
    global_report_number = 0x84,
    global_report_count = 0x94,
    global_push = 0xA4,
    global_pop = 0xB4,
    local_usage = 0x08,
    local_usage_minimum = 0x18,
    local_usage_maximum = 0x28,
};

constexpr std::uint8_t long_item = 0xFE;
constexpr std::uint8_t type_bits = 0x0C;
constexpr std::uint8_t type_main = 0x00;
constexpr std::uint32_t input_constant = 0x01; // padding

struct Globals {
    std::uint32_t page = 0;
    std::uint32_t size = 0; // bits of a field
    std::uint32_t count = 0;
    std::uint8_t number = 0;
};

class DescriptorReader {
public:
    std::optional<HidScanReport> read(std::span<const std::uint8_t> bytes) {
        while (!bytes.empty()) {
            const std::uint8_t prefix = bytes.front();
            const std::size_t header = prefix == long_item ? 3 : 1;
            constexpr std::array<std::size_t, 4> sizes = {0, 1, 2, 4};
            const std::size_t length = prefix != long_item ? sizes.at(prefix & 3U)
                                       : bytes.size() > 1  ? bytes[1]
                                                           : 0;
            if (bytes.size() < header + length) {
                return std::nullopt;
            }
            if (prefix != long_item
                && !take(prefix & 0xFCU, value_of(bytes.subspan(1, length)), length)) {
                return std::nullopt;
            }
            bytes = bytes.subspan(header + length);
        }
        return chosen();
    }

private:
    static std::uint32_t value_of(std::span<const std::uint8_t> bytes) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            value |= static_cast<std::uint32_t>(bytes[i]) << (8 * i);
        }
        return value;
    }

    // False where the descriptor is broken.
    bool take(unsigned item, std::uint32_t value, std::size_t length) {
        if ((item & type_bits) == type_main) {
            const bool sound = item != main_input || take_input(value);
            usages_.clear();
            usage_minimum_.reset();
            return sound;
        }
        switch (item) {
        case global_usage_page:
            globals_.page = value & 0xFFFFU;
            return true;
        case global_report_size:
            globals_.size = value;
            return true;
        case global_report_count:
            globals_.count = value;
            return true;
        case global_report_number:
            globals_.number = static_cast<std::uint8_t>(value);
            return value >= 1 && value <= 255;
        case global_push:
            pushed_.push_back(globals_);
            return pushed_.size() <= pushed_max;
        case global_pop:
            return pop();
        case local_usage:
            return add_usages({with_page(value, length), with_page(value, length)});
        case local_usage_minimum:
            usage_minimum_ = with_page(value, length);
            return true;
        case local_usage_maximum:
            return add_usages_to(with_page(value, length));
        default:
            return true;
        }
    }

    bool pop() {
        if (pushed_.empty()) {
            return false;
        }
        globals_ = pushed_.back();
        pushed_.pop_back();
        return true;
    }

    [[nodiscard]] std::uint32_t with_page(std::uint32_t value, std::size_t length) const {
        return length == 4 ? value : globals_.page << 16U | value;
    }

    // From the first to the last; a keyboard or a consumer page names hundreds in one range.
    struct UsageRange {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    bool add_usages(const UsageRange& range) {
        usages_.push_back(range);
        return usages_.size() <= usages_max;
    }

    bool add_usages_to(std::uint32_t maximum) {
        const UsageRange range{usage_minimum_.value_or(maximum), maximum};
        return range.first > range.last || add_usages(range);
    }

    // The usages of an item's fields in turn; the last one is that of all fields left.
    class UsageWalk {
    public:
        explicit UsageWalk(const std::vector<UsageRange>& ranges)
            : ranges_(ranges), usage_(ranges.front().first) {}

        std::uint32_t next() {
            const std::uint32_t now = usage_;
            if (usage_ < ranges_[at_].last) {
                ++usage_;
            } else if (at_ + 1 < ranges_.size()) {
                usage_ = ranges_[++at_].first;
            }
            return now;
        }

    private:
        const std::vector<UsageRange>& ranges_;
        std::size_t at_ = 0;
        std::uint32_t usage_;
    };

    bool take_input(std::uint32_t flags) {
        auto [place, is_new] = reports_.try_emplace(globals_.number);
        Report& report = place->second;
        if (is_new) {
            report.bits = globals_.number == 0 ? 0 : 8;
        }
        const std::uint64_t bits = std::uint64_t{globals_.size} * globals_.count;
        if (bits > 8 * hid_report_bytes_max || globals_.count > fields_max
            || report.bits + bits > 8 * hid_report_bytes_max) {
            return false;
        }
        const bool padding = (flags & input_constant) != 0;
        if (!padding && !usages_.empty()) {
            UsageWalk usages(usages_);
            for (std::size_t i = 0; i < globals_.count; ++i) {
                take_field(report, usages.next(), report.bits + i * globals_.size);
            }
        }
        report.bits += bits;
        return true;
    }

    struct Report {
        std::size_t bits = 0;
        HidScanReport scan;
        std::size_t data_end = 0;
    };

    void take_field(Report& report, std::uint32_t usage, std::size_t bit) const {
        HidScanReport& scan = report.scan;
        if (usage == usage_continued && globals_.size > 0) {
            scan.continued_bit = scan.continued_bit.value_or(bit);
            return;
        }
        if (globals_.size != 8 || bit % 8 != 0) {
            return; // what we read stands in whole bytes
        }
        const std::size_t at = bit / 8;
        if (usage == usage_length) {
            scan.length_at = scan.length_at.value_or(at);
        } else if (usage == usage_data) {
            const bool follows = scan.data_bytes > 0 && at == report.data_end;
            scan.data_at = scan.data_bytes == 0 ? at : scan.data_at;
            scan.data_bytes += scan.data_bytes == 0 || follows ? 1 : 0;
            report.data_end = scan.data_at + scan.data_bytes;
        } else if (usage >= usage_identifier && usage < usage_identifier + 3) {
            scan.identifier_at.at(usage - usage_identifier) = at;
        }
    }

    [[nodiscard]] std::optional<HidScanReport> chosen() const {
        for (const auto& [number, report] : reports_) {
            if (report.scan.data_bytes > 0) {
                HidScanReport scan = report.scan;
                scan.number = number;
                scan.bytes = (report.bits + 7) / 8;
                return scan;
            }
        }
        return std::nullopt;
    }

    Globals globals_;
    std::vector<Globals> pushed_;
    std::vector<UsageRange> usages_;
    std::optional<std::uint32_t> usage_minimum_;
    std::map<std::uint8_t, Report> reports_;
};

bool is_aim_identifier(const std::string& text) {
    return text.size() == 3 && text[0] == ']' && text[1] > ' ' && text[1] <= '~' && text[2] > ' '
           && text[2] <= '~';
}

TypedScan unusable() {
    TypedScan scan;
    scan.too_long = true;
    return scan;
}

} // namespace

std::optional<HidScanReport> scan_report_of(std::span<const std::uint8_t> report_descriptor) {
    return report_descriptor.size() > hid_descriptor_bytes_max
               ? std::nullopt
               : DescriptorReader().read(report_descriptor);
}

HidText::HidText(const HidScanReport& report, Ticks pause, std::size_t bytes_max)
    : report_(report), buffer_(pause, bytes_max) {}

std::string HidText::identifier_of(std::span<const std::uint8_t> report) const {
    std::string identifier;
    for (const auto& at : report_.identifier_at) {
        if (at) {
            identifier += static_cast<char>(report[*at]);
        }
    }
    return is_aim_identifier(identifier) ? identifier : "";
}

std::vector<TypedScan> HidText::feed(std::span<const std::uint8_t> report, Ticks at) {
    const std::uint8_t number = report.empty() || report_.number == 0 ? 0 : report.front();
    if (report.empty() || number != report_.number) {
        return {};
    }
    std::vector<TypedScan> scans;
    if (const auto half = finish_if_idle(at)) {
        scans.push_back(*half);
    }
    static_cast<void>(buffer_.touch(at)); // only its time: what went silent was taken above
    if (auto whole = take(report)) {
        scans.push_back(std::move(*whole));
    }
    return scans;
}

std::optional<TypedScan> HidText::take(std::span<const std::uint8_t> report) {
    std::size_t length = report_.data_bytes;
    if (report.size() >= report_.bytes && report_.length_at) {
        length = report[*report_.length_at];
    }
    if (report.size() < report_.bytes || length > report_.data_bytes) {
        buffer_.drop();
        return unusable();
    }
    const auto data = report.subspan(report_.data_at, length);
    std::string text(data.begin(), data.end());
    if (!report_.length_at) {
        text.resize(text.find_last_not_of('\0') + 1);
    }
    if (buffer_.empty()) {
        buffer_.add(identifier_of(report));
    }
    buffer_.add(text);
    if (report_.continued_bit
        && (report[*report_.continued_bit / 8] >> (*report_.continued_bit % 8) & 1) != 0) {
        return std::nullopt;
    }
    auto scan = buffer_.end();
    if (scan) {
        scan->text.resize(scan->text.find_last_not_of("\r\n") + 1);
    }
    return scan && (scan->too_long || !scan->text.empty()) ? scan : std::nullopt;
}

std::optional<TypedScan> HidText::finish_if_idle(Ticks now) {
    return buffer_.end_if_idle(now) ? std::optional(unusable()) : std::nullopt;
}

std::optional<Ticks> HidText::idle_at() const {
    return buffer_.idle_at();
}

} // namespace cartwatch::devices
