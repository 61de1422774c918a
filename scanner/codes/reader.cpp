#include "scanner/codes/reader.hpp"

#include "scanner/codes/ahm.hpp"
#include "scanner/codes/ascii_forms.hpp"
#include "scanner/codes/digital_link.hpp"
#include "scanner/codes/drug_trace.hpp"
#include "scanner/codes/ean_upc.hpp"
#include "scanner/codes/envelope.hpp"
#include "scanner/codes/gs1.hpp"
#include "scanner/codes/hibc.hpp"
#include "scanner/codes/ifa.hpp"
#include "scanner/codes/isbt128.hpp"
#include "scanner/codes/ma.hpp"
#include "scanner/codes/merged_scan.hpp"
#include "scanner/codes/repairs.hpp"
#include "scanner/codes/scan.hpp"
#include "scanner/codes/settle.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes {

namespace {

FamilyReading read_own_tag(const Scan& scan) {
    const std::string& digits = scan.data;
    if (scan.carrier != Carrier::unknown || digits.size() != 10 || digits[0] != '9'
        || !is_all_digits(digits)) {
        return std::nullopt;
    }
    const auto tag = parse_own_tag(digits);
    if (!tag) {
        return refused_scan(
            scan,
            Family::own_tag,
            {"bad_check_digit", "10", "the check digit is wrong: \"" + digits + "\""});
    }
    ScannedCode code = begun(scan, Family::own_tag);
    code.text = digits;
    code.fields.push_back({"type", std::string(to_text(tag->type))});
    code.fields.push_back({"number", std::to_string(tag->number)});
    return code;
}

FamilyReading read_other(const Scan& scan) {
    ScannedCode code = begun(scan, Family::other);
    code.text = scan.data;
    if (scan.data.starts_with("http://") || scan.data.starts_with("https://")) {
        code.fields.push_back({"url", scan.data});
    }
    return code;
}

FamilyReading read_merged_digits(const Scan& scan) {
    if (!is_merged_digits(scan.data)) {
        return std::nullopt;
    }
    return refused_scan(
        scan,
        std::nullopt,
        {"merged_scan", "", "two scans arrived as one: \"" + shortened(scan.data) + "\""});
}

// In the order in which they are asked; the first answer counts. Each knows its own by carrier or
// shape; what none knows is `other`, never a refusal.
constexpr std::array families = {
    read_own_tag,
    envelope::read,
    gs1::read,
    read_merged_digits,
    drug_code::read,
    drug_trace::read,
    ma::read, // before other addresses: it may stand in one
    digital_link::read,
    hibc::read,
    isbt128::read,
    ifa::read,
    ahm::read,
    ean_upc::read,
    read_other,
};

Reading read_alone(const Scan& scan) {
    for (const auto& family : families) {
        if (FamilyReading reading = family(scan)) {
            return std::move(*reading);
        }
    }
    return *read_other(scan);
}

// Behind a code that names a product, a text without a carrier may be its lot and expiry. A date
// proves that much; without one, plain text may look the same ("10D9T"), and a code that reads on
// its own is rather that.
Reading read_families(const Scan& scan) {
    Reading alone = read_alone(scan);
    const bool is_known = alone && alone->family != Family::other;
    gs1::Part part = is_known && alone->family == Family::gs1 ? gs1::Part{} : gs1::read_part(scan);
    if (part.shape == gs1::PartShape::none || (is_known && part.shape == gs1::PartShape::weak)) {
        return alone;
    }
    if (part.shape == gs1::PartShape::strong && !is_known) {
        part.code->warnings.emplace_back("recognised_by_shape");
        return std::move(*part.code);
    }
    if (!alone) {
        return alone;
    }
    ScannedCode code = begun(scan, alone->family);
    code.text = alone->text;
    code.candidates = {as_candidate(*part.code), as_candidate(*alone)};
    code.warnings.emplace_back("ambiguous");
    return code;
}

Reading read_identified(Scan& scan, std::string_view text) {
    if (scan.scanner->code_id == ScannerSettings::CodeId::symbol) {
        auto identified = identified_by_letter(text);
        if (!identified) {
            return refused_scan(
                scan,
                std::nullopt,
                {"no_code_id", "", "the code letter is missing that this scanner should send"});
        }
        if (identified->caps_lock_inverted) {
            scan.warnings.emplace_back("caps_lock_inverted");
        }
        scan.carrier = identified->carrier;
        scan.data = std::move(identified->data);
        scan.identifier = std::move(identified->equivalent);
        scan.cleaned = scan.identifier + scan.data;
        return read_families(scan);
    }
    Identified whole = identified(text);
    scan.symbology = std::move(whole.symbology);
    scan.identifier = scan.symbology;
    scan.carrier = whole.carrier;
    scan.data = std::move(whole.data);
    if (whole.caps_lock_inverted) {
        scan.warnings.emplace_back("caps_lock_inverted");
    }
    return read_families(scan);
}

bool is_known_family(const Reading& reading) {
    return reading ? reading->family != Family::other : reading.error().family.has_value();
}

Reading read_plain(Scan scan, std::string_view text) {
    return read_identified(scan, text);
}

Reading with_case_judged(Reading reading) {
    const bool may_differ_in_case =
        reading && (reading->family == Family::gs1 || reading->family == Family::gs1_digital_link);
    if (may_differ_in_case) {
        tell_suspected_case(*reading);
    }
    return reading;
}

// What nothing but its looks can tell of: a text without an identifier in front.
Reading with_looks_judged(Reading reading, const Scan& scan, std::string_view text) {
    reading = with_case_judged(std::move(reading));
    return with_merged_scans_told(std::move(reading), scan, text, read_plain);
}

bool is_ascii(std::string_view text) {
    return std::none_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// A code that breaks a rule of its family is no other text typed on another layout, unless it holds
// characters that it cannot have.
bool may_be_retyped(const Reading& reading, std::string_view text) {
    if (reading) {
        return reading->family == Family::other;
    }
    return !reading.error().family || reading.error().rule == "bad_charset" || !is_ascii(text);
}

// What the text is with the damage undone; nullopt where it is as it should be, or beyond help.
std::optional<Reading>
read_repaired(const Scan& scan, std::string_view text, const Reading& reading) {
    // Element strings pass over separators around them and tell; to others they are no data.
    const bool is_element_string = reading && reading->family == Family::gs1;
    if (!is_element_string) {
        if (auto bare = read_without_idle_separators(scan, text, read_plain)) {
            return bare;
        }
    }
    return may_be_retyped(reading, text) ? read_retyped(scan, text, read_plain) : std::nullopt;
}

Reading read_text(const Scan& scan, std::string_view text) {
    const std::size_t second = second_scan_at(text);
    if (second != std::string_view::npos
        && is_known_family(read_plain(scan, without_frame(text.substr(0, second))))) {
        return refused_scan(
            scan,
            std::nullopt,
            {"merged_scan",
             std::to_string(second),
             "two scans arrived as one: \"" + shortened(text) + "\""});
    }
    if (scan.scanner->code_id != ScannerSettings::CodeId::none) {
        return with_merged_scans_told(read_plain(scan, text), scan, text, read_plain);
    }
    std::optional<Reading> reading = read_betrayed_layout(scan, text, read_plain);
    if (!reading) {
        reading = read_plain(scan, text);
        if (auto repaired = read_repaired(scan, text, *reading)) {
            reading = std::move(repaired);
        }
    }
    const bool is_identified = *reading ? !(*reading)->symbology.empty() : text.starts_with(']');
    if (is_identified) {
        if (*reading && !is_common_identifier((*reading)->symbology[1])) {
            reading = with_case_judged(std::move(*reading));
        }
        const bool is_element_string = *reading && (*reading)->family == Family::gs1;
        return is_element_string
                   ? with_merged_scans_told(std::move(*reading), scan, text, read_plain)
                   : std::move(*reading);
    }
    return with_looks_judged(std::move(*reading), scan, text);
}

// What scanners send where they found nothing.
bool is_no_read(std::string_view text) {
    return text == "NR" || text == "NoRead" || text == "NOREAD" || text == "NO READ";
}

Reading read_framed(std::string_view text, const ReadOptions& options) {
    Scan scan;
    scan.raw = text;
    scan.as_of = options.as_of;
    scan.scanner = &options.scanner;
    scan.after = options.after;
    const std::string_view framed = without_frame(text);
    if (framed.find_first_not_of(' ') == std::string_view::npos) {
        return refused_scan(scan, std::nullopt, {"empty", "", "the scan holds nothing"});
    }
    if (framed.size() > scan_length_max) {
        return refused_scan(
            scan,
            std::nullopt,
            {"too_long",
             "",
             "a scan has at most " + std::to_string(scan_length_max) + " bytes, this has "
                 + std::to_string(framed.size())});
    }
    if (options.scanner.ends_scans && !options.ended) {
        return refused_scan(
            scan,
            std::nullopt,
            {"cut_short",
             "",
             "no line end came behind it, as this scanner sends one: the end is missing: \""
                 + shortened(framed) + "\""});
    }
    if (is_no_read(framed)) {
        return refused_scan(
            scan, std::nullopt, {"empty", "", "the scanner says that it read nothing"});
    }
    if (is_ascii(framed)) {
        return read_text(scan, framed);
    }
    const std::string folded = with_ascii_forms(framed);
    Reading reading = read_text(scan, folded);
    if (reading && reading->family == Family::other && folded != framed) {
        reading->text = framed; // for people: as it was
    } else if (reading && folded != framed && reading->family != Family::drug_trace) {
        reading->warnings.emplace_back("full_width_folded");
    }
    return reading;
}

} // namespace

Reading read(std::string_view text, const ReadOptions& options) {
    Reading reading = read_framed(text, options);
    if (reading && reading->expiry && reading->production
        && *reading->expiry <= *reading->production) {
        reading->warnings.emplace_back("expiry_before_production");
    }
    return reading;
}

} // namespace cartwatch::codes
