#include "daemon/commands/reading_json.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::commands {

namespace {

using Json = nlohmann::ordered_json;

// Counts and levels are numbers in JSON; everything else, however many digits, is a text, since
// leading zeros matter.
bool is_number_field(std::string_view name) {
    constexpr std::array<std::string_view, 7> names = {
        "count", "var_count", "level", "number", "package", "quantity", "uom"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

Json fields_json(const std::vector<codes::Field>& fields) {
    Json json = Json::object();
    for (const codes::Field& field : fields) {
        const auto number = is_number_field(field.name) ? parse_digits(field.value) : std::nullopt;
        if (number) {
            json[field.name] = *number;
        } else {
            json[field.name] = field.value;
        }
    }
    return json;
}

void add_text(Json& json, const char* name, const std::string& value) {
    if (!value.empty()) {
        json[name] = value;
    }
}

void add_day(Json& json, const char* name, const std::optional<Day>& day) {
    if (day) {
        json[name] = cartwatch::to_text(*day);
    }
}

Json candidates_json(const std::vector<codes::Candidate>& candidates) {
    Json list = Json::array();
    for (const codes::Candidate& candidate : candidates) {
        Json json = Json::object();
        json["family"] = codes::to_text(candidate.family);
        add_text(json, "gtin", candidate.gtin);
        if (!candidate.fields.empty()) {
            json["fields"] = fields_json(candidate.fields);
        }
        list.push_back(std::move(json));
    }
    return list;
}

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte / 16U];
        text += digits[byte % 16U];
    }
    return text;
}

// JSON holds Unicode only: what arrived otherwise stands beside it byte by byte, so that nothing of
// it is lost.
void add_raw(Json& json, const std::string& raw) {
    json["raw"] = raw;
    if (!is_utf8(raw)) {
        json["raw_bytes"] = hexadecimal(raw);
    }
}

Json code_json(const codes::ScannedCode& code) {
    Json json = Json::object();
    add_raw(json, code.raw);
    json["symbology"] = code.symbology.empty() ? Json() : Json(code.symbology);
    json["family"] = codes::to_text(code.family);
    if (!code.candidates.empty()) {
        json["candidates"] = candidates_json(code.candidates);
    }
    add_text(json, "gtin", code.gtin);
    add_text(json, "lot", code.lot);
    add_day(json, "expiry", code.expiry);
    add_text(json, "serial", code.serial);
    add_day(json, "production", code.production);
    if (!code.fields.empty()) {
        json["fields"] = fields_json(code.fields);
    }
    add_text(json, "text", code.text);
    if (!code.warnings.empty()) {
        json["warnings"] = code.warnings;
    }
    return json;
}

Json refusal_json(const codes::ScanRefusal& refusal) {
    Json json = Json::object();
    add_raw(json, refusal.raw);
    json["family"] = refusal.family ? Json(codes::to_text(*refusal.family)) : Json();
    json["error"] = {{"rule", refusal.rule}, {"at", refusal.at}, {"text", refusal.text}};
    return json;
}

} // namespace

nlohmann::ordered_json to_json(const codes::Reading& reading) {
    return reading ? code_json(*reading) : refusal_json(reading.error());
}

std::string json_line(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cartwatch::commands
