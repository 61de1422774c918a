#include "scanner/codes/settle.hpp"

#include <algorithm>

namespace cartwatch::codes {

namespace {

bool warns_of(const ScannedCode& code, std::string_view warning) {
    return std::find(code.warnings.begin(), code.warnings.end(), warning) != code.warnings.end();
}

// A candidate's named parts take their places as members of a code.
ScannedCode reading_of(const ScannedCode& code, const Candidate& candidate) {
    ScannedCode reading;
    reading.raw = code.raw;
    reading.symbology = code.symbology;
    reading.family = candidate.family;
    reading.gtin = candidate.gtin;
    reading.text = code.text;
    reading.warnings = code.warnings;
    for (const Field& field : candidate.fields) {
        if (field.name == "lot") {
            reading.lot = field.value;
        } else if (field.name == "serial") {
            reading.serial = field.value;
        } else if (field.name == "expiry") {
            reading.expiry = parse_day(field.value);
        } else if (field.name == "production") {
            reading.production = parse_day(field.value);
        } else {
            reading.fields.push_back(field);
        }
    }
    return reading;
}

} // namespace

Candidate as_candidate(const ScannedCode& reading) {
    Candidate candidate;
    candidate.family = reading.family;
    candidate.gtin = reading.gtin;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            candidate.fields.push_back({name, value});
        }
    };
    add("lot", reading.lot);
    add("expiry", reading.expiry ? cartwatch::to_text(*reading.expiry) : "");
    add("serial", reading.serial);
    add("production", reading.production ? cartwatch::to_text(*reading.production) : "");
    candidate.fields.insert(candidate.fields.end(), reading.fields.begin(), reading.fields.end());
    return candidate;
}

std::vector<ScannedCode> readings_of(const ScannedCode& code) {
    std::vector<ScannedCode> readings;
    // "ambiguous" says that the code itself claims nothing: its candidates do.
    if (code.candidates.empty() || !warns_of(code, "ambiguous")) {
        readings.push_back(code);
        readings.back().candidates.clear();
    }
    for (const Candidate& candidate : code.candidates) {
        readings.push_back(reading_of(code, candidate));
    }
    return readings;
}

std::optional<ScannedCode> settled(const ScannedCode& code, const IsHeld& is_held) {
    std::vector<ScannedCode> readings = readings_of(code);
    if (readings.size() == 1) {
        return readings.front();
    }
    std::vector<ScannedCode> held;
    std::copy_if(readings.begin(), readings.end(), std::back_inserter(held), is_held);
    return held.size() == 1 ? std::optional(held.front()) : std::nullopt;
}

} // namespace cartwatch::codes
